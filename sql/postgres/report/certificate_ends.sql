-- Certificates by when they end, each once however many devices have it: how many there are, how many
-- of them are identities, and how many devices have one, each once too. Four kinds: ended (0), within
-- 30 days (1), in 30 to 59 (2), in 60 to 89 (3). What is the same certificate ends at the same moment,
-- so that each of its rows has its kind.
SELECT kind, count(*) FILTER (WHERE NOT is_device), count(*) FILTER (WHERE NOT is_device AND identity),
       count(*) FILTER (WHERE is_device)
FROM (SELECT kind, grouping(device_id) = 0 AS is_device, bool_or(identity) AS identity
      FROM (SELECT CASE WHEN days_left < 0 THEN 0 WHEN days_left < 30 THEN 1
                        WHEN days_left < 60 THEN 2 ELSE 3 END AS kind,
                   device_id, thumbprint, issuer_cn, not_after, identity
            FROM report_certificate_end
            WHERE tenant = :'tenant' AND days_left < 90) AS ends
      GROUP BY GROUPING SETS ((kind, thumbprint, issuer_cn, not_after), (kind, device_id))) AS counted
GROUP BY kind
ORDER BY kind;
