-- What the tenant has published, in the columns that are asked for.
SELECT :texts FROM :"relation" WHERE tenant = :'tenant';
