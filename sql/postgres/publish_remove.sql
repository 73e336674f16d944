-- Rows that are gone. One that is staged still was staged after its removal, and stays.
DELETE FROM :"relation" AS r
USING stage_removal AS removal
WHERE r.tenant = :'tenant'
  AND removal.tenant = :'tenant'
  AND removal.relation = :'relation'
  AND removal.key = ARRAY[:relation_key_texts]
  AND NOT EXISTS (SELECT FROM :"stage" AS s WHERE s.tenant = :'tenant' AND :same_key);
