-- How many rows the tenant has published.
SELECT count(*) FROM :"relation" WHERE tenant = :'tenant';
