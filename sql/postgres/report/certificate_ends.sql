-- Certificates by when they end, each once however many devices have it: how many there are, how many
-- of them are identities, and how many devices have one. Four kinds: ended (0), within 30 days (1), in
-- 30 to 59 (2), in 60 to 89 (3).
SELECT kind, count(*), count(*) FILTER (WHERE identity), sum(devices)
FROM (SELECT CASE WHEN min(days_left) < 0 THEN 0 WHEN min(days_left) < 30 THEN 1
                  WHEN min(days_left) < 60 THEN 2 ELSE 3 END AS kind,
             bool_or(identity) AS identity, count(DISTINCT device_id) AS devices
      FROM report_certificate_end
      WHERE tenant = :'tenant' AND days_left < 90
      GROUP BY thumbprint, issuer_cn, not_after) AS ends
GROUP BY kind
ORDER BY kind;
