-- How the devices comply, by whose they are.
SELECT left(ownership, 200), sum(devices), sum(compliant), sum(not_compliant), sum(unknown),
       count(*) OVER ()
FROM report_compliance
WHERE tenant = :'tenant'
GROUP BY ownership
ORDER BY sum(devices) DESC, ownership
LIMIT 20;
