-- Rows whose devices are gone.
DELETE FROM :"relation" AS r
USING stage_removal AS removal
WHERE r.tenant = :'tenant'
  AND removal.tenant = :'tenant'
  AND removal.relation = :'relation'
  AND removal.key = ARRAY[:key_texts];
