-- The days before there was this table, as far as the history knows them: the states that ACTIVE
-- devices were in at the end of each day on which a run published something. Of days before :known_from
-- some states may be gone already.
WITH change AS (
    SELECT tenant, day, os, ownership, sum(device) AS devices,
           sum(device) FILTER (WHERE compliant) AS compliant,
           sum(device) FILTER (WHERE NOT compliant) AS not_compliant,
           sum(device) FILTER (WHERE compliant IS NULL) AS unknown,
           sum(device) FILTER (WHERE compromised) AS compromised,
           sum(device) FILTER (WHERE quarantined) AS quarantined,
           sum(device) FILTER (WHERE blocked) AS blocked
    FROM (
        SELECT h.tenant, date_trunc('day', e.at, 'UTC') AS day, coalesce(h.os, 'UNKNOWN') AS os,
               coalesce(h.ownership, 'UNKNOWN') AS ownership, e.device, h.compliant, h.compromised,
               h.quarantined, h.blocked
        FROM device_history AS h
        CROSS JOIN LATERAL (VALUES (h.valid_from, 1), (h.valid_to, -1)) AS e (at, device)
        WHERE h.status = 'ACTIVE' AND e.at IS NOT NULL
    ) AS event
    GROUP BY tenant, day, os, ownership
), run_day AS (
    SELECT tenant, date_trunc('day', started_at, 'UTC') AS day
    FROM sync_run
    WHERE outcome IN ('complete', 'partial')
    UNION
    SELECT tenant, date_trunc('day', valid_from, 'UTC') FROM device_history
    UNION
    SELECT tenant, date_trunc('day', valid_to, 'UTC') FROM device_history WHERE valid_to IS NOT NULL
)
INSERT INTO :"relation" (:columns)
SELECT r.tenant, r.day, coalesce(c.os, 'UNKNOWN'), coalesce(c.ownership, 'UNKNOWN'),
       coalesce(sum(c.devices), 0), coalesce(sum(c.compliant), 0), coalesce(sum(c.not_compliant), 0),
       coalesce(sum(c.unknown), 0), coalesce(sum(c.compromised), 0), coalesce(sum(c.quarantined), 0),
       coalesce(sum(c.blocked), 0)
FROM run_day AS r
LEFT JOIN change AS c ON c.tenant = r.tenant AND c.day <= r.day
WHERE r.day >= :'known_from'::timestamptz
GROUP BY 1, 2, 3, 4;
