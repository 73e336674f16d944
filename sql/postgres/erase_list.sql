-- A list that goes is an empty one, see list_publish.sql.
INSERT INTO :"stage" (:columns, items, stage_order)
VALUES (:'tenant', :'device', '{}', 1);
