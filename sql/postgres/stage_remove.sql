-- A removal takes what was staged of its key before it.
DELETE FROM :"stage" AS s
USING stage_removal AS removal
WHERE s.tenant = :'tenant'
  AND removal.tenant = :'tenant'
  AND removal.relation = :'relation'
  AND removal.key = ARRAY[:stage_key_texts]
  AND s.stage_order < removal.stage_order;
