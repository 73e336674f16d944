-- Rows that are new.
INSERT INTO :"relation" (:columns)
SELECT :stage_columns
FROM :"stage" AS s
WHERE s.tenant = :'tenant'
  AND NOT EXISTS (SELECT FROM :"relation" AS r WHERE r.tenant = :'tenant' AND :same_key);
