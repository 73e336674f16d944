-- Each operating system: what its versions are judged by, and how many devices are behind it.
SELECT left(os, 200), sum(devices), left(max(baseline), 200),
       coalesce(sum(devices) FILTER (WHERE is_behind), 0),
       coalesce(sum(devices) FILTER (WHERE is_behind IS NULL), 0), count(*), count(*) OVER ()
FROM report_os_version
WHERE tenant = :'tenant'
GROUP BY os
ORDER BY sum(devices) DESC, os
LIMIT 8;
