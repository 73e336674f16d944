-- Why devices do not comply. The last column says how many reasons there are.
SELECT left(reason, 200), sum(devices), count(*) OVER ()
FROM report_compliance_reason
WHERE tenant = :'tenant'
GROUP BY reason
ORDER BY sum(devices) DESC, reason
LIMIT 20;
