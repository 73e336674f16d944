-- When ACTIVE devices were last seen, in whole days before now. One that has never checked in was
-- last seen when it registered.
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
       registered_at,
       floor(date_part('epoch', now() - coalesce(last_check_in_at, registered_at)) / 86400)::bigint
           AS days_unseen
FROM :"schema".device
WHERE status = 'ACTIVE';
