-- How the devices complied on each of the last 90 days that are known, the latest of them last. Today
-- is one once it has had a run, as long as one may still come.
SELECT to_char(day, 'YYYY-MM-DD'), has_run, devices, compliant, not_compliant, unknown
FROM (SELECT day, bool_or(has_run) AS has_run, sum(devices) AS devices, sum(compliant) AS compliant,
             sum(not_compliant) AS not_compliant, sum(unknown) AS unknown
      FROM report_compliance_day
      WHERE tenant = :'tenant' AND (has_run OR day < (now() AT TIME ZONE 'UTC')::date)
      GROUP BY day
      ORDER BY day DESC
      LIMIT 90) AS latest
ORDER BY day;
