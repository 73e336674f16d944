-- Lists that differ take the place of the published ones; an empty one leaves no row. Items know how
-- many lists hold them, and go with the last. What the new items of this run are held by they know
-- already: they come after :last. Returns how many rows the staged lists have, and of those that
-- differ how many the new, the old, and both have.
WITH map AS MATERIALIZED (
    -- At place n the item with the number n. No NULL may be in it, for speed; nothing names a 0.
    SELECT array_agg(coalesce(i.item_id, 0) ORDER BY s.stage_order) AS ids
    FROM :"stage_item" AS s
    LEFT JOIN :"item" AS i ON i.tenant = :'tenant' AND i.digest = s.digest
    WHERE s.tenant = :'tenant'
), staged AS MATERIALIZED (
    SELECT :stage_columns, ARRAY(SELECT (SELECT ids FROM map)[unnest(s.items)]) AS items
    FROM :"stage" AS s
    WHERE s.tenant = :'tenant'
), changed AS MATERIALIZED (
    SELECT :stage_columns, coalesce(r.items, '{}') AS old, s.items AS new
    FROM staged AS s
    LEFT JOIN :"relation" AS r ON r.tenant = :'tenant' AND r.:"owner" = s.:"owner"
    WHERE coalesce(r.items, '{}') <> s.items
), difference AS MATERIALIZED (
    SELECT item_id, sum(change) AS change
    FROM (SELECT unnest(new) AS item_id, 1 AS change FROM changed
          UNION ALL
          SELECT unnest(old), -1 FROM changed) AS change_of_one
    WHERE item_id <= :last
    GROUP BY item_id
    HAVING sum(change) <> 0
), held AS (
    UPDATE :"item" AS i SET holders = i.holders + d.change
    FROM difference AS d
    WHERE i.tenant = :'tenant' AND i.item_id = d.item_id AND i.holders + d.change > 0
), dropped AS (
    DELETE FROM :"item" AS i
    USING difference AS d
    WHERE i.tenant = :'tenant' AND i.item_id = d.item_id AND i.holders + d.change <= 0
), emptied AS (
    DELETE FROM :"relation" AS r
    USING changed AS c
    WHERE r.tenant = :'tenant' AND r.:"owner" = c.:"owner" AND c.new = '{}'
), updated AS (
    UPDATE :"relation" AS r SET items = c.new
    FROM changed AS c
    WHERE r.tenant = :'tenant' AND r.:"owner" = c.:"owner" AND c.new <> '{}'
), inserted AS (
    INSERT INTO :"relation" (:columns, items)
    SELECT :columns, c.new FROM changed AS c WHERE c.old = '{}'
)
SELECT (SELECT coalesce(sum(cardinality(items)), 0) FROM staged),
       coalesce(sum(cardinality(new)), 0),
       coalesce(sum(cardinality(old)), 0),
       coalesce(sum(CASE WHEN old <> '{}' AND new <> '{}' THEN
           (SELECT count(*) FROM (SELECT unnest(new) INTERSECT SELECT unnest(old)) AS common)
       END), 0)
FROM changed;
