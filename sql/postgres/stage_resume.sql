-- Of what an earlier run staged, that which no row of what it fetched says to be whole.
DELETE FROM :"stage" AS s
WHERE s.tenant = :'tenant'
  AND NOT EXISTS (SELECT FROM :"fetched" AS f
                  WHERE f.tenant = :'tenant'
                    AND f.:"fetched_owner" = s.:"fetched_owner"
                    AND f.:"fetched_relation" = :'published'
                    AND f.stage_order > s.stage_order);
