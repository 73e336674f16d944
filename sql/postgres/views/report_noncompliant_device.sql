-- ACTIVE devices that are not compliant, and why. Where the server names no reason, as a Cloud never
-- does, what else it says of the device is one.
CREATE OR REPLACE VIEW :"schema".:"relation" AS
SELECT tenant,
       device_id,
       coalesce(os, 'UNKNOWN') AS os,
       os_version,
       coalesce(ownership, 'UNKNOWN') AS ownership,
       model,
       serial_number,
       user_id,
       last_check_in_at,
       CASE
           WHEN cardinality(compliance_reasons) > 0 THEN compliance_reasons
           WHEN compromised OR quarantined OR blocked THEN
               array_remove(ARRAY[CASE WHEN compromised THEN 'COMPROMISED' END,
                                  CASE WHEN quarantined THEN 'QUARANTINED' END,
                                  CASE WHEN blocked THEN 'BLOCKED' END], NULL)
           ELSE ARRAY['NOT_REPORTED']
       END AS reasons
FROM :"schema".device
WHERE status = 'ACTIVE' AND NOT compliant;
