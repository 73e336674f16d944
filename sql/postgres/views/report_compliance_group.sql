-- Compliance now by group: a device counts in each group that it is in, and a group without an ACTIVE
-- device has a row of zeros.
CREATE OR REPLACE VIEW :"schema".:"relation" AS
SELECT g.tenant,
       g.group_id,
       g.name AS group_name,
       count(m.item_id) AS devices,
       count(*) FILTER (WHERE m.compliant) AS compliant,
       count(*) FILTER (WHERE NOT m.compliant) AS not_compliant,
       count(m.item_id) FILTER (WHERE m.compliant IS NULL) AS unknown,
       count(*) FILTER (WHERE m.compromised) AS compromised,
       count(*) FILTER (WHERE m.quarantined) AS quarantined,
       count(*) FILTER (WHERE m.blocked) AS blocked
FROM :"schema".device_group AS g
LEFT JOIN :"schema".device_group_member_item AS i ON i.tenant = g.tenant AND i.group_id = g.group_id
LEFT JOIN (SELECT l.tenant, unnest(l.items) AS item_id, d.compliant, d.compromised, d.quarantined, d.blocked
           FROM :"schema".device_group_member_list AS l
           JOIN :"schema".device AS d ON d.tenant = l.tenant AND d.device_id = l.device_id
           WHERE d.status = 'ACTIVE') AS m
       ON m.tenant = g.tenant AND m.item_id = i.item_id
GROUP BY g.tenant, g.group_id;
