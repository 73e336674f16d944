-- How many devices there are of each status: all of them, not the ACTIVE ones alone.
CREATE OR REPLACE VIEW :"schema".:"relation" AS
SELECT tenant,
       coalesce(os, 'UNKNOWN') AS os,
       coalesce(ownership, 'UNKNOWN') AS ownership,
       coalesce(status, 'UNKNOWN') AS status,
       count(*) AS devices
FROM :"schema".device
GROUP BY 1, 2, 3, 4;
