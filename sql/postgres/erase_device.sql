-- All that the device has in the table.
DELETE FROM :"relation" WHERE tenant = :'tenant' AND device_id = :'device';
