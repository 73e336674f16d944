-- All that the device has in the table, by a column that names it.
DELETE FROM :"relation" WHERE tenant::text = :'tenant' AND :"column"::text = :'device';
