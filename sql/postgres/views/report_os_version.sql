-- Which versions of operating systems ACTIVE devices have, and which of them are behind. Versions are
-- compared number by number, and 17.0 is 17. What is behind is below the baseline: that of
-- os_baseline, the tenant's own before the one for all, else the newest version that at least 1 % of
-- the tenant's devices of that operating system have.
CREATE OR REPLACE VIEW :"schema".:"relation" AS
WITH counted AS (
    SELECT tenant, coalesce(os, 'UNKNOWN') AS os, os_version, count(*) AS devices
    FROM :"schema".device
    WHERE status = 'ACTIVE'
    GROUP BY 1, 2, 3
), compared AS (
    SELECT *,
           string_to_array(regexp_replace(substring(os_version FROM '^[ ]*[vV]?([0-9]{1,18}(?:[.][0-9]{1,18})*)'),
                                          '([.]0+)+$', ''), '.')::bigint[] AS numbers,
           sum(devices) OVER (PARTITION BY tenant, os) AS devices_of_os
    FROM counted
), common AS (
    SELECT DISTINCT ON (tenant, os) tenant, os, min(os_version) AS version, numbers
    FROM compared
    WHERE os <> 'UNKNOWN' AND numbers IS NOT NULL
    GROUP BY tenant, os, numbers, devices_of_os
    HAVING sum(devices) * 100 >= devices_of_os
    ORDER BY tenant, os, numbers DESC
), baseline AS (
    SELECT DISTINCT ON (c.tenant, c.os) c.tenant, c.os, b.os_version AS version,
           string_to_array(regexp_replace(substring(b.os_version FROM '^[ ]*[vV]?([0-9]{1,18}(?:[.][0-9]{1,18})*)'),
                                          '([.]0+)+$', ''), '.')::bigint[] AS numbers
    FROM (SELECT DISTINCT tenant, os FROM counted) AS c
    JOIN :"schema".os_baseline AS b ON b.os = c.os AND b.tenant IN (c.tenant, '*')
    ORDER BY c.tenant, c.os, b.tenant = '*'
)
SELECT c.tenant,
       c.os,
       c.os_version,
       c.devices,
       c.devices::double precision / c.devices_of_os::double precision AS share,
       CASE WHEN b.os IS NOT NULL THEN b.version ELSE m.version END AS baseline,
       c.numbers < CASE WHEN b.os IS NOT NULL THEN b.numbers ELSE m.numbers END AS is_behind
FROM compared AS c
LEFT JOIN common AS m ON m.tenant = c.tenant AND m.os = c.os
LEFT JOIN baseline AS b ON b.tenant = c.tenant AND b.os = c.os;
