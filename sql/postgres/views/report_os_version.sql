-- Which versions of operating systems ACTIVE devices have, and which of them are behind. Versions are
-- compared number by number, and 17.0 is 17. What is behind is below the baseline: that of
-- os_baseline, the tenant's own before the one for all, else the newest version that at least 1 % of
-- the tenant's devices of that operating system have.
CREATE OR REPLACE VIEW :"schema".:"relation" AS
SELECT v.tenant,
       v.os,
       v.os_version,
       v.devices,
       v.devices::double precision / v.devices_of_os::double precision AS share,
       coalesce(b.os_version, min(v.os_version) FILTER (WHERE v.numbers = v.common)
           OVER (PARTITION BY v.tenant, v.os)) AS baseline,
       v.numbers < coalesce(b.numbers, v.common) AS is_behind
FROM (
    SELECT *, max(numbers) FILTER (WHERE os <> 'UNKNOWN' AND devices_of_version * 100 >= devices_of_os)
                  OVER (PARTITION BY tenant, os) AS common
    FROM (
        SELECT *,
               sum(devices) OVER (PARTITION BY tenant, os) AS devices_of_os,
               sum(devices) OVER (PARTITION BY tenant, os, numbers) AS devices_of_version
        FROM (
            SELECT tenant, coalesce(os, 'UNKNOWN') AS os, os_version, count(*) AS devices,
                   string_to_array(regexp_replace(substring(os_version FROM
                       '^[ ]*[vV]?([0-9]{1,18}(?:[.][0-9]{1,18})*)(?![0-9])'), '([.]0+)+$', ''), '.')::bigint[]
                       AS numbers
            FROM :"schema".device
            WHERE status = 'ACTIVE'
            GROUP BY 1, 2, 3
        ) AS counted
    ) AS compared
) AS v
LEFT JOIN LATERAL (
    SELECT os_version,
           string_to_array(regexp_replace(substring(os_version FROM '[0-9.]+'), '([.]0+)+$', ''), '.')::bigint[]
               AS numbers
    FROM :"schema".os_baseline
    WHERE os = v.os AND tenant IN (v.tenant, '*')
    ORDER BY tenant = '*'
    LIMIT 1
) AS b ON true;
