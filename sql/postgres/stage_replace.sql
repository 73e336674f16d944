-- An owner that is listed anew loses what was staged of it before.
DELETE FROM :"stage" AS s
USING stage_replace AS scope
WHERE s.tenant = :'tenant'
  AND scope.tenant = :'tenant'
  AND scope.relation = :'relation'
  AND scope.owner = s.:"owner"::text
  AND s.stage_order < scope.stage_order;
