-- What the device is known by, as far as it is long enough to mean nothing else. A column that the
-- table does not have is none.
SELECT DISTINCT lower(word.value)
FROM :"relation" AS r, jsonb_each_text(to_jsonb(r)) AS word
WHERE r.tenant = :'tenant'
  AND r.device_id = :'device'
  AND word.key IN ('identifier', 'serial_number', 'imei', 'ios_udid', 'device_guid')
  AND length(word.value) >= 6;
