-- All lists were fetched anew: an owner without a staged list has nothing any more.
INSERT INTO :"stage" (:columns, items, stage_order)
SELECT :relation_columns, '{}', 0
FROM :"relation" AS r
WHERE r.tenant = :'tenant'
  AND NOT EXISTS (SELECT FROM :"stage" AS s WHERE s.tenant = :'tenant' AND s.:"owner" = r.:"owner");
