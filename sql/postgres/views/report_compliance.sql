-- Compliance now: what the server says of ACTIVE devices, by operating system and ownership.
CREATE OR REPLACE VIEW :"schema".:"relation" AS
SELECT tenant,
       coalesce(os, 'UNKNOWN') AS os,
       coalesce(ownership, 'UNKNOWN') AS ownership,
       count(*) AS devices,
       count(*) FILTER (WHERE compliant) AS compliant,
       count(*) FILTER (WHERE NOT compliant) AS not_compliant,
       count(*) FILTER (WHERE compliant IS NULL) AS unknown,
       count(*) FILTER (WHERE compromised) AS compromised,
       count(*) FILTER (WHERE quarantined) AS quarantined,
       count(*) FILTER (WHERE blocked) AS blocked
FROM :"schema".device
WHERE status = 'ACTIVE'
GROUP BY 1, 2, 3;
