-- Rows of owners that were listed anew, and of which nothing was staged since.
DELETE FROM :"relation" AS r
WHERE r.tenant = :'tenant'
  AND r.:"owner"::text IN (SELECT scope.owner FROM stage_replace AS scope
                           WHERE scope.tenant = :'tenant' AND scope.relation = :'relation')
  AND NOT EXISTS (SELECT FROM :"stage" AS s WHERE s.tenant = :'tenant' AND :same_key);
