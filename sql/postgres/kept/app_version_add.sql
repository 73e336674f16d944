-- The versions of apps that devices have whose list of apps, or what is counted with it, is another one
-- than was counted. They are counted after this, by app_version_count.sql.
WITH changed AS MATERIALIZED (
    SELECT coalesce(d.os, 'UNKNOWN') AS os, l.items
    FROM device AS d
    JOIN device_app_list AS l ON l.tenant = d.tenant AND l.device_id = d.device_id
    LEFT JOIN app_counted AS c ON c.tenant = d.tenant AND c.device_id = d.device_id
    WHERE d.tenant = :'tenant' AND d.status = 'ACTIVE'
      AND (c.items_digest IS DISTINCT FROM hash_array_extended(l.items, 0)
           OR c.os <> coalesce(d.os, 'UNKNOWN'))
), item AS (
    SELECT DISTINCT os, unnest(items) AS item_id FROM changed
), named AS (
    SELECT DISTINCT i.os, coalesce(a.identifier, '') AS identifier, coalesce(a.name, '') AS name,
           coalesce(a.version, '') AS version, coalesce(a.short_version, '') AS short_version
    FROM item AS i
    JOIN device_app_item AS a ON a.tenant = :'tenant' AND a.item_id = i.item_id
), told AS (
    SELECT *, sha256(convert_to(jsonb_build_array(os, identifier, name, version, short_version)::text,
                                'UTF8')) AS digest
    FROM named
)
INSERT INTO app_version (digest, tenant, os, identifier, name, version, short_version, devices)
SELECT t.digest, :'tenant', t.os, t.identifier, t.name, t.version, t.short_version, 0
FROM told AS t
WHERE NOT EXISTS (SELECT FROM app_version AS v WHERE v.tenant = :'tenant' AND v.digest = t.digest);
