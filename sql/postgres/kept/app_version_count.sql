-- Counts devices in the versions of their apps: those whose list of apps, status or operating system is
-- another one than was counted, and nobody else. A device that has a version twice counts once. A
-- version that is nowhere goes. A device whose list came after app_version_add.sql waits, where it has a
-- version that is not known yet.
WITH changed AS MATERIALIZED (
    SELECT n.device_id, n.os, n.items_digest, c.device_id AS counted_id
    FROM (SELECT d.device_id, coalesce(d.os, 'UNKNOWN') AS os,
                 hash_array_extended(l.items, 0) AS items_digest
          FROM device AS d
          JOIN device_app_list AS l ON l.tenant = d.tenant AND l.device_id = d.device_id
          WHERE d.tenant = :'tenant' AND d.status = 'ACTIVE') AS n
    FULL JOIN (SELECT device_id, os, items_digest FROM app_counted WHERE tenant = :'tenant') AS c
           ON c.device_id = n.device_id
    WHERE n.items_digest IS DISTINCT FROM c.items_digest OR n.os IS DISTINCT FROM c.os
), listed AS MATERIALIZED (
    SELECT c.device_id, c.os, c.items_digest, l.items
    FROM changed AS c
    JOIN device_app_list AS l ON l.tenant = :'tenant' AND l.device_id = c.device_id
), map AS MATERIALIZED (
    -- Of an operating system all items in ascending order, and the version that each is of, or 0.
    SELECT i.os, array_agg(i.item_id ORDER BY i.item_id) AS items,
           array_agg(coalesce(v.version_id, 0) ORDER BY i.item_id) AS versions
    FROM (SELECT DISTINCT os, unnest(items) AS item_id FROM listed) AS i
    JOIN device_app_item AS a ON a.tenant = :'tenant' AND a.item_id = i.item_id
    LEFT JOIN app_version AS v
      ON v.tenant = :'tenant'
     AND v.digest = sha256(convert_to(jsonb_build_array(i.os, coalesce(a.identifier, ''),
             coalesce(a.name, ''), coalesce(a.version, ''), coalesce(a.short_version, ''))::text, 'UTF8'))
    GROUP BY i.os
), counted AS MATERIALIZED (
    -- OFFSET keeps the array from being made twice, for the condition too.
    SELECT *
    FROM (SELECT l.device_id, l.os, l.items_digest,
                 ARRAY(SELECT DISTINCT m.versions[width_bucket(item_id, m.items)]
                       FROM unnest(l.items) AS one (item_id)) AS versions
          FROM listed AS l
          JOIN map AS m ON m.os = l.os
          OFFSET 0) AS known
    WHERE 0 <> ALL (versions)
), difference AS MATERIALIZED (
    SELECT version_id, sum(change) AS change
    FROM (SELECT unnest(versions) AS version_id, 1 AS change FROM counted
          UNION ALL
          SELECT version_id, 0 FROM app_version WHERE tenant = :'tenant' AND devices = 0
          UNION ALL
          SELECT unnest(a.versions), -1
          FROM (SELECT device_id FROM counted
                UNION ALL
                SELECT counted_id FROM changed WHERE device_id IS NULL) AS c
          JOIN app_counted AS a ON a.tenant = :'tenant' AND a.device_id = c.device_id) AS change_of_one
    GROUP BY version_id
    HAVING sum(change) <> 0 OR bool_or(change = 0)
), held AS (
    UPDATE app_version AS v SET devices = v.devices + d.change
    FROM difference AS d
    WHERE v.tenant = :'tenant' AND v.version_id = d.version_id AND v.devices + d.change > 0
), dropped AS (
    DELETE FROM app_version AS v
    USING difference AS d
    WHERE v.tenant = :'tenant' AND v.version_id = d.version_id AND v.devices + d.change <= 0
), gone AS (
    DELETE FROM app_counted AS a
    USING changed AS c
    WHERE a.tenant = :'tenant' AND a.device_id = c.counted_id AND c.device_id IS NULL
)
INSERT INTO app_counted (tenant, device_id, os, items_digest, versions)
SELECT :'tenant', device_id, os, items_digest, versions
FROM counted
ON CONFLICT (tenant, device_id) DO UPDATE
SET os = excluded.os, items_digest = excluded.items_digest, versions = excluded.versions;
