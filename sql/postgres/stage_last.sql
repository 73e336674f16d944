-- Of several staged rows of one key the last one counts.
DELETE FROM :"stage" AS earlier
USING :"stage" AS later
WHERE earlier.tenant = :'tenant'
  AND later.tenant = :'tenant'
  AND :earlier_is_later
  AND earlier.stage_order < later.stage_order;
