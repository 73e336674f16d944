-- When the certificates of ACTIVE devices end, in whole days from now: below zero, where one has ended.
CREATE OR REPLACE VIEW :"schema".:"relation" AS
SELECT d.tenant,
       d.device_id,
       coalesce(d.os, 'UNKNOWN') AS os,
       d.model,
       d.user_id,
       c.subject_cn,
       c.issuer_cn,
       c.thumbprint,
       c.identity,
       c.not_after,
       floor(date_part('epoch', c.not_after - now()) / 86400)::bigint AS days_left
FROM (SELECT tenant, device_id, unnest(items) AS item_id FROM :"schema".device_certificate_list) AS l
JOIN :"schema".device_certificate_item AS c USING (item_id)
JOIN :"schema".device AS d ON d.tenant = l.tenant AND d.device_id = l.device_id
WHERE d.status = 'ACTIVE' AND c.not_after IS NOT NULL;
