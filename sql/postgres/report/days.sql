-- How the devices complied on each of the last 90 days that are known, the latest of them last.
SELECT to_char(day, 'YYYY-MM-DD'), bool_or(has_run), sum(devices),
       sum(compliant), sum(not_compliant), sum(unknown)
FROM report_compliance_day
WHERE tenant = :'tenant'
  AND day > (SELECT max(day) FROM report_compliance_day WHERE tenant = :'tenant')
            - interval '90 days'
GROUP BY day
ORDER BY day
LIMIT 90;
