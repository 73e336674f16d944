-- Why ACTIVE devices are not compliant. A device with two reasons counts in both.
CREATE OR REPLACE VIEW :"schema".:"relation" AS
SELECT d.tenant, d.os, r.reason, count(*) AS devices
FROM :"schema".report_noncompliant_device AS d
CROSS JOIN LATERAL (SELECT DISTINCT reason FROM unnest(d.reasons) AS one (reason)) AS r
GROUP BY d.tenant, d.os, r.reason;
