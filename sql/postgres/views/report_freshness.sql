-- How old the data of each entity is: by the last run that loaded it, as `uemsync status` tells it. A
-- run has loaded what it proved, what came of devices, and rows of a listing that it did not prove; of
-- what brought nothing, its message would say so.
CREATE OR REPLACE VIEW :"schema".:"relation" AS
SELECT tenant,
       entity,
       loaded[1]::timestamptz AS loaded_at,
       loaded[2] AS run_id,
       extract(epoch FROM now() - loaded[1]::timestamptz)::double precision / 3600 AS age_hours
FROM (
    SELECT r.tenant,
           e.entity,
           max(ARRAY[to_char(r.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                     r.run_id])
               FILTER (WHERE e.completeness = 'proven'
                          OR e.inserted + e.updated + e.deleted + e.unchanged > 0
                          OR e.fetched > 0 AND e.entity LIKE 'device\_%' AND e.entity <> 'device_group'
                          OR e.fetched = 0 AND strpos('; ' || coalesce(r.message, ''),
                                                      '; ' || e.entity || ':') = 0) AS loaded
    FROM :"schema".sync_run AS r
    JOIN :"schema".sync_run_entity AS e USING (run_id)
    WHERE r.outcome IN ('complete', 'partial') AND e.completeness <> 'not offered'
    GROUP BY r.tenant, e.entity
) AS told;
