-- Of the owners that an earlier run listed anew, those of which no row of what it fetched says that
-- their rows are whole.
DELETE FROM stage_replace AS scope
WHERE scope.tenant = :'tenant'
  AND NOT EXISTS (SELECT FROM :"fetched" AS f
                  WHERE f.tenant = :'tenant'
                    AND f.:"fetched_owner" = scope.owner
                    AND f.:"fetched_relation" = scope.relation
                    AND f.stage_order > scope.stage_order);
