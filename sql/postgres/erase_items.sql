-- Items that name the device, whoever's lists they are in; a list that is left empty leaves no row.
-- Returns how many rows they were.
WITH gone AS (
    DELETE FROM :"relation" WHERE tenant = :'tenant' AND :"column"::text = :'device'
    RETURNING item_id, holders
), known AS MATERIALIZED (
    SELECT array_agg(item_id) AS ids, coalesce(sum(holders), 0) AS rows FROM gone
), emptied AS (
    DELETE FROM :"other" AS l
    USING known AS k
    WHERE l.tenant = :'tenant' AND l.items <@ k.ids
), shortened AS (
    UPDATE :"other" AS l
    SET items = ARRAY(SELECT item_id FROM unnest(l.items) WITH ORDINALITY AS one (item_id, place)
                      WHERE item_id <> ALL (k.ids) ORDER BY place)
    FROM known AS k
    WHERE l.tenant = :'tenant' AND l.items && k.ids AND NOT l.items <@ k.ids
)
SELECT rows FROM known;
