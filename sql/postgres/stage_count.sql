-- How many rows the tenant has staged.
SELECT count(*) FROM :"stage" WHERE tenant = :'tenant';
