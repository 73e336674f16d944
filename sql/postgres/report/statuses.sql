-- Devices by their status, those that are not active too.
SELECT left(status, 200), sum(devices)
FROM report_status
WHERE tenant = :'tenant'
GROUP BY status
ORDER BY sum(devices) DESC, status
LIMIT 12;
