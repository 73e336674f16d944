-- Rows that changed. A row that did not is not written.
UPDATE :"relation" AS r
SET (:values) = ROW(:stage_values)
FROM :"stage" AS s
WHERE r.tenant = :'tenant'
  AND s.tenant = :'tenant'
  AND :same_key
  AND ROW(:relation_values) IS DISTINCT FROM ROW(:stage_values);
