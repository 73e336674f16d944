-- What an earlier run of the tenant left staged.
DELETE FROM :"stage" WHERE tenant = :'tenant';
