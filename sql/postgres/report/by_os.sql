-- How the devices comply, by operating system.
SELECT left(os, 200), sum(devices), sum(compliant), sum(not_compliant), sum(unknown),
       count(*) OVER ()
FROM report_compliance
WHERE tenant = :'tenant'
GROUP BY os
ORDER BY sum(devices) DESC, os
LIMIT 20;
