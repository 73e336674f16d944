-- States that ended too long ago.
DELETE FROM :"relation" WHERE tenant = :'tenant' AND valid_to < :'before';
