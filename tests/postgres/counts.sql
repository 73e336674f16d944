-- What the report views have that is kept up by runs, and is not what a count of all devices says: no row,
-- where all is right. :what has the words `apps`, `days`, or both. Of days the last one is looked at, which
-- is to be as devices are now: after a run that listed them, and before anybody is forgotten.
WITH app AS (
    SELECT DISTINCT d.tenant, d.device_id, coalesce(d.os, 'UNKNOWN') AS os, coalesce(a.identifier, '') AS identifier,
           coalesce(a.name, '') AS name, coalesce(a.version, '') AS version,
           coalesce(a.short_version, '') AS short_version
    FROM device AS d
    JOIN device_app AS a USING (tenant, device_id)
    WHERE d.status = 'ACTIVE'
), version AS (
    SELECT tenant, os, nullif(identifier, ''), nullif(name, ''), nullif(version, ''), nullif(short_version, ''),
           count(*) AS devices
    FROM app
    GROUP BY tenant, os, identifier, name, version, short_version
), holder AS (
    -- A device counts in as many versions as it has, by the numbers that app_version has now.
    SELECT tenant, device_id, os, count(*) AS versions FROM app GROUP BY tenant, device_id, os
), counted AS (
    SELECT c.tenant, c.device_id, c.os,
           (SELECT count(*) FROM app_version AS v
            WHERE v.tenant = c.tenant AND v.os = c.os AND v.version_id = ANY (c.versions)) AS versions
    FROM app_counted AS c
), day AS (
    SELECT tenant, os, ownership, devices, compliant, not_compliant, unknown, compromised, quarantined, blocked
    FROM (SELECT *, rank() OVER (PARTITION BY tenant ORDER BY day DESC) AS place
          FROM report_compliance_day WHERE has_run) AS ranked
    WHERE place = 1 AND devices > 0
), wrong (what, part, wrong) AS (
    SELECT 'apps', 'lacks version', v::text FROM (TABLE version EXCEPT TABLE report_app_version) AS v
    UNION ALL
    SELECT 'apps', 'wrong version', v::text FROM (TABLE report_app_version EXCEPT TABLE version) AS v
    UNION ALL
    SELECT 'apps', 'twice', v.digest::text FROM app_version AS v GROUP BY v.tenant, v.digest HAVING count(*) > 1
    UNION ALL
    SELECT 'apps', 'lacks device', h::text FROM (TABLE holder EXCEPT TABLE counted) AS h
    UNION ALL
    SELECT 'apps', 'wrong device', c::text FROM (TABLE counted EXCEPT TABLE holder) AS c
    UNION ALL
    SELECT 'days', 'lacks day', d::text FROM (TABLE report_compliance EXCEPT TABLE day) AS d
    UNION ALL
    SELECT 'days', 'wrong day', d::text FROM (TABLE day EXCEPT TABLE report_compliance) AS d
)
SELECT part, wrong FROM wrong WHERE strpos(:'what', what) > 0 ORDER BY 1, 2 LIMIT 20;
