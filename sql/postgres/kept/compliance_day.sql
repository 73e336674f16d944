-- Compliance at the end of the day on which the run began, as far as that is known: a later run of that
-- day takes the place of what an earlier one left. Where there is no ACTIVE device, a row of zeros says
-- that there was a run.
WITH now AS (
    SELECT coalesce(os, 'UNKNOWN') AS os, coalesce(ownership, 'UNKNOWN') AS ownership,
           count(*) AS devices,
           count(*) FILTER (WHERE compliant) AS compliant,
           count(*) FILTER (WHERE NOT compliant) AS not_compliant,
           count(*) FILTER (WHERE compliant IS NULL) AS unknown,
           count(*) FILTER (WHERE compromised) AS compromised,
           count(*) FILTER (WHERE quarantined) AS quarantined,
           count(*) FILTER (WHERE blocked) AS blocked
    FROM device
    WHERE tenant = :'tenant' AND status = 'ACTIVE'
    GROUP BY 1, 2
), wanted AS (
    SELECT * FROM now
    UNION ALL
    SELECT 'UNKNOWN', 'UNKNOWN', 0, 0, 0, 0, 0, 0, 0 WHERE NOT EXISTS (SELECT FROM now)
), gone AS (
    DELETE FROM compliance_kept AS k
    WHERE k.tenant = :'tenant' AND k.day = date_trunc('day', :'started_at'::timestamptz, 'UTC')
      AND NOT EXISTS (SELECT FROM wanted AS w WHERE w.os = k.os AND w.ownership = k.ownership)
)
INSERT INTO compliance_kept AS k (tenant, day, os, ownership, devices, compliant, not_compliant,
                                  unknown, compromised, quarantined, blocked)
SELECT :'tenant', date_trunc('day', :'started_at'::timestamptz, 'UTC'), w.* FROM wanted AS w
ON CONFLICT (tenant, day, os, ownership) DO UPDATE
SET devices = excluded.devices, compliant = excluded.compliant,
    not_compliant = excluded.not_compliant, unknown = excluded.unknown,
    compromised = excluded.compromised, quarantined = excluded.quarantined,
    blocked = excluded.blocked
WHERE (k.devices, k.compliant, k.not_compliant, k.unknown, k.compromised, k.quarantined, k.blocked)
      IS DISTINCT FROM
      (excluded.devices, excluded.compliant, excluded.not_compliant, excluded.unknown,
       excluded.compromised, excluded.quarantined, excluded.blocked);
