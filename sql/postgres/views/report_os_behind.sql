-- ACTIVE devices whose operating system is behind: see report_os_version.
CREATE OR REPLACE VIEW :"schema".:"relation" AS
SELECT d.tenant,
       d.device_id,
       v.os,
       d.os_version,
       coalesce(d.ownership, 'UNKNOWN') AS ownership,
       d.model,
       d.serial_number,
       d.user_id,
       d.last_check_in_at,
       v.baseline
FROM :"schema".report_os_version AS v
JOIN :"schema".device AS d
  ON d.tenant = v.tenant AND coalesce(d.os, 'UNKNOWN') = v.os AND d.os_version = v.os_version
WHERE v.is_behind AND d.status = 'ACTIVE';
