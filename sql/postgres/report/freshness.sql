-- When each entity was last loaded.
SELECT left(entity, 200), to_char(loaded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
FROM report_freshness
WHERE tenant = :'tenant'
ORDER BY entity
LIMIT 64;
