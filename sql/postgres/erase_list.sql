-- The device's list. Items know how many lists hold them, and go with the last; see list_publish.sql.
-- Returns how many rows it was.
WITH gone AS (
    DELETE FROM :"relation" WHERE tenant = :'tenant' AND :"column"::text = :'device' RETURNING items
), named AS MATERIALIZED (
    SELECT item_id, count(*) AS lists
    FROM (SELECT unnest(items) AS item_id FROM gone) AS one
    GROUP BY item_id
), held AS (
    UPDATE :"other" AS i SET holders = i.holders - n.lists
    FROM named AS n
    WHERE i.item_id = n.item_id AND i.holders > n.lists
), dropped AS (
    DELETE FROM :"other" AS i
    USING named AS n
    WHERE i.item_id = n.item_id AND i.holders <= n.lists
)
SELECT coalesce(sum(cardinality(items)), 0) FROM gone;
