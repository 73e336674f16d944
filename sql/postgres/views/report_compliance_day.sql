-- Compliance day by day: what the last run that began on the day left. A day without one has what was
-- there before it, and says so. A day is one of UTC, and so has 24 hours.
CREATE OR REPLACE VIEW :"schema".:"relation" AS
WITH run_day AS (
    SELECT tenant, day,
           lead(day, 1, date_trunc('day', now(), 'UTC') + interval '24 hours')
               OVER (PARTITION BY tenant ORDER BY day) AS next_day
    FROM (SELECT DISTINCT tenant, day FROM :"schema".compliance_kept) AS kept
)
SELECT k.tenant, (d.day AT TIME ZONE 'UTC')::date AS day, k.os, k.ownership, d.day = k.day AS has_run, k.devices, k.compliant,
       k.not_compliant, k.unknown, k.compromised, k.quarantined, k.blocked
FROM run_day AS r
JOIN :"schema".compliance_kept AS k USING (tenant, day)
CROSS JOIN LATERAL generate_series(
    r.day, greatest(r.day, r.next_day - interval '24 hours'), interval '24 hours') AS d (day);
