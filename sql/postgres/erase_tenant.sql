-- All that the tenant has in the table.
DELETE FROM :"relation" WHERE tenant::text = :'tenant';
