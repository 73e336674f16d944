-- A tenant of :devices devices with :apps apps each, as runs would have left it: one of ten is not
-- ACTIVE, three of five are IOS with four certificates, each is in five of fifty groups, and was in
-- three states in the last year. Apps are of 8000 versions, the first of them the most common.
INSERT INTO device (tenant, device_id, status, compliant, quarantined, blocked, compromised,
                    compliance_reasons, os, os_version, ownership, model, serial_number, user_id,
                    registered_at, last_check_in_at, details)
SELECT 'acme', gen_random_uuid(), CASE WHEN n % 10 = 0 THEN 'RETIRED' ELSE 'ACTIVE' END, n % 7 <> 0,
       n % 50 = 0, n % 100 = 0, n % 200 = 0,
       CASE WHEN n % 14 = 0 THEN ARRAY['OUT_OF_DATE', 'NO_PASSCODE'] END,
       CASE WHEN n % 5 < 3 THEN 'IOS' ELSE 'ANDROID' END,
       CASE WHEN n % 5 < 3 THEN '17.' || n % 9 || '.' || n % 3 ELSE (10 + n % 5)::text END,
       CASE WHEN n % 3 = 0 THEN 'EMPLOYEE' ELSE 'COMPANY' END, 'model ' || n % 40, 'serial ' || n,
       'user ' || n % 70000, now() - n % 1000 * interval '1 day', now() - n % 90 * interval '9 hours',
       (SELECT jsonb_object_agg('a_name_of_a_detail_' || p, 'value ' || p * n % 1000)
        FROM generate_series(1, 60) AS p)
FROM generate_series(1, :devices) AS n;

INSERT INTO device_history (tenant, device_id, valid_from, valid_to, status, compliant, quarantined,
                            blocked, compromised, os, os_version, ownership, model)
SELECT d.tenant, d.device_id, now() - (3 - s) * interval '100 days',
       CASE WHEN s < 3 THEN now() - (2 - s) * interval '100 days' END, d.status, d.compliant,
       d.quarantined, d.blocked, d.compromised, d.os, d.os_version, d.ownership, d.model
FROM device AS d CROSS JOIN generate_series(1, 3) AS s;

INSERT INTO compliance_kept (tenant, day, os, ownership, devices, compliant, not_compliant, unknown,
                             compromised, quarantined, blocked)
SELECT 'acme', date_trunc('day', now(), 'UTC') - d * interval '24 hours', os, ownership, 25000 - d, 20000,
       5000 - d, 0, 10, 20, 30
FROM generate_series(1, 400) AS d, unnest(ARRAY['IOS', 'ANDROID']) AS os,
     unnest(ARRAY['COMPANY', 'EMPLOYEE']) AS ownership
WHERE d % 7 <> 0;

INSERT INTO device_group (tenant, group_id, name)
SELECT 'acme', 'group ' || g, 'Group ' || g FROM generate_series(1, 50) AS g;

INSERT INTO device_group_member_item (tenant, digest, holders, group_id)
SELECT tenant, gen_random_uuid(), 1, group_id FROM device_group;

INSERT INTO device_group_member_list (tenant, device_id, items)
SELECT tenant, device_id, ARRAY(SELECT i.first + (n * 7 + g * 10) % 50 FROM generate_series(1, 5) AS g)
FROM (SELECT *, row_number() OVER (ORDER BY device_id)::integer AS n FROM device) AS d,
     (SELECT min(item_id) AS first FROM device_group_member_item) AS i;

INSERT INTO device_app_item (tenant, digest, holders, identifier, name, version, short_version)
SELECT 'acme', gen_random_uuid(), 1, 'com.example.app' || n / 8, 'App ' || n / 8, n % 8 || '.0.1', n % 8 || '.0'
FROM generate_series(0, 7999) AS n;

INSERT INTO device_app_list (tenant, device_id, items)
SELECT d.tenant, d.device_id,
       ARRAY(SELECT i.first + floor(power(random(), 3) * 7999)::integer
             FROM generate_series(1, :apps) WHERE d.device_id <> '')
FROM device AS d, (SELECT min(item_id) AS first FROM device_app_item) AS i;

INSERT INTO device_certificate_item (tenant, digest, holders, thumbprint, subject_cn, issuer_cn, identity, not_after)
SELECT 'acme', gen_random_uuid(), 1, md5(n::text), 'subject ' || n, 'issuer ' || n % 5, n > 10,
       now() + (n % 800 - 30) * interval '1 day'
FROM generate_series(1, :devices * 6 / 5) AS n;

INSERT INTO device_certificate_list (tenant, device_id, items)
SELECT tenant, device_id, ARRAY[i.first, i.first + 1, i.first + n * 2 - 1, i.first + n * 2 - 2]
FROM (SELECT *, row_number() OVER (ORDER BY device_id)::integer AS n FROM device WHERE os = 'IOS') AS d,
     (SELECT min(item_id)::integer AS first FROM device_certificate_item) AS i;

INSERT INTO sync_run (run_id, tenant, started_at, finished_at, outcome, version)
SELECT 'run ' || d, 'acme', now() - d * interval '1 day', now() - d * interval '1 day', 'complete', '1'
FROM generate_series(1, 90) AS d;

INSERT INTO sync_run_entity (run_id, entity, calls, retries, bytes, fetched, inserted, updated, deleted,
                             unchanged, rejected, seconds, completeness)
SELECT 'run ' || d, e, 1, 0, 1, 1, 1, 0, 0, 0, 0, 1, 'proven'
FROM generate_series(1, 90) AS d, unnest(ARRAY['device', 'device_app', 'user_account', 'device_group']) AS e;
