-- Rows that tests/postgres/reports_test knows the answers to. `acme` is as a Cloud tells devices, `core`
-- as a Core does, `big` is for shares of versions.
INSERT INTO device (tenant, device_id, status, os, os_version, ownership, compliant, compromised,
                    quarantined, blocked, compliance_reasons, registered_at, last_check_in_at)
VALUES
    ('acme', 'd1', 'ACTIVE', 'IOS', '17.5', 'COMPANY', true, false, false, false, NULL,
     now() - interval '400 days', now() - interval '29 days 23 hours'),
    ('acme', 'd2', 'ACTIVE', 'IOS', '17.4.1', 'COMPANY', false, true, true, false, NULL,
     now() - interval '400 days', now() - interval '30 days'),
    ('acme', 'd3', 'ACTIVE', 'IOS', '16.7.8', 'EMPLOYEE', false, false, false, false, NULL,
     now() - interval '40 days 1 hour', NULL),
    ('acme', 'd4', 'ACTIVE', 'ANDROID', '14', 'EMPLOYEE', true, false, false, true, NULL, NULL, now()),
    ('acme', 'd5', 'ACTIVE', 'ANDROID', '9', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('acme', 'd6', 'RETIRED', 'IOS', '17.5', 'COMPANY', false, true, false, false, NULL, NULL, now()),
    ('acme', 'd7', 'ACTIVE', 'ANDROID', '10', 'COMPANY', false, false, NULL, true, NULL, NULL, now()),
    ('acme', 'd8', 'ACTIVE', NULL, '3', 'COMPANY', true, false, false, false, NULL, NULL, now()),
    ('acme', 'd9', 'WIPED', 'WINDOWS', '10.0.19045', 'COMPANY', true, false, false, false, NULL, NULL, now()),
    ('core', 'c1', 'ACTIVE', 'IOS', '17.0', 'COMPANY', false, true, true, false,
     ARRAY['POLICY_OUT_OF_DATE', 'PASSCODE'], NULL, now()),
    ('core', 'c2', 'ACTIVE', 'IOS', '17', 'COMPANY', false, false, false, false, ARRAY['PASSCODE'], NULL, now()),
    ('core', 'c3', 'ACTIVE', 'IOS', 'v17.0.0 (21A329)', 'COMPANY', false, false, true, false, '{}', NULL, now()),
    ('core', 'c4', 'ACTIVE', 'IOS', 'unheard of', 'COMPANY', true, false, false, false, '{}', NULL, now());

INSERT INTO device (tenant, device_id, status, os, os_version, compliant)
SELECT 'big', os || n, 'ACTIVE', os,
       CASE WHEN os = 'OSX' AND n <= 100 THEN '14.9' WHEN os = 'OSX' AND n <= 197 THEN '14.10'
            WHEN os = 'OSX' AND n <= 199 THEN '14.10.0' WHEN os = 'OSX' THEN '15.0'
            WHEN os = 'IOS' AND n <= 198 THEN '17.1' WHEN os = 'IOS' THEN '18.0' END,
       true
FROM unnest(ARRAY['OSX', 'IOS']) AS os, generate_series(1, 200) AS n;

INSERT INTO device_group (tenant, group_id, name)
VALUES ('acme', 'g1', 'Sales'), ('acme', 'g2', 'Board'), ('acme', 'g3', 'Nobody'), ('core', 'g1', 'Sales');
INSERT INTO device_group_member_item (tenant, digest, holders, group_id)
VALUES ('acme', gen_random_uuid(), 5, 'g1'), ('acme', gen_random_uuid(), 2, 'g2'), ('core', gen_random_uuid(), 1, 'g1');
INSERT INTO device_group_member_list (tenant, device_id, items)
SELECT m.tenant, m.device_id,
       (SELECT array_agg(i.item_id) FROM device_group_member_item AS i
        WHERE i.tenant = m.tenant AND i.group_id = ANY (m.groups))
FROM (VALUES ('acme', 'd1', ARRAY['g1', 'g2']), ('acme', 'd2', ARRAY['g1']), ('acme', 'd5', ARRAY['g1']),
             ('acme', 'd6', ARRAY['g1', 'g2']), ('acme', 'd7', ARRAY['g1']), ('core', 'c1', ARRAY['g1']))
     AS m (tenant, device_id, groups);

INSERT INTO device_certificate_item (tenant, digest, holders, thumbprint, subject_cn, issuer_cn, identity, not_after)
VALUES ('acme', gen_random_uuid(), 1, 'soon', 's', 'i', true, now() + interval '29 days 23 hours'),
       ('acme', gen_random_uuid(), 1, 'later', 's', 'i', true, now() + interval '30 days 1 minute'),
       ('acme', gen_random_uuid(), 1, 'over', 's', 'i', true, now() - interval '1 hour'),
       ('acme', gen_random_uuid(), 2, 'root', 's', 'i', false, now() + interval '3650 days 1 hour'),
       ('acme', gen_random_uuid(), 1, 'endless', 's', 'i', false, NULL);
INSERT INTO device_certificate_list (tenant, device_id, items)
SELECT 'acme', c.device_id,
       (SELECT array_agg(item_id) FROM device_certificate_item WHERE thumbprint = ANY (c.thumbprints))
FROM (VALUES ('d1', ARRAY['soon', 'root', 'endless']), ('d2', ARRAY['later', 'root']), ('d6', ARRAY['over']))
     AS c (device_id, thumbprints);

-- Apps: `twice` is in two rows that differ in what is managed alone, and is one version.
INSERT INTO device_app_item (tenant, digest, holders, identifier, name, version, short_version, managed)
VALUES ('acme', gen_random_uuid(), 1, 'twice', 'Twice', '1', '1.0', true),
       ('acme', gen_random_uuid(), 1, 'twice', 'Twice', '1', '1.0', false),
       ('acme', gen_random_uuid(), 1, 'app', 'App', '2', NULL, NULL),
       ('acme', gen_random_uuid(), 1, 'app', 'App', '10', NULL, NULL),
       ('acme', gen_random_uuid(), 1, '', NULL, NULL, NULL, NULL);
INSERT INTO device_app_list (tenant, device_id, items)
SELECT 'acme', device_id, (SELECT array_agg(item_id ORDER BY item_id DESC) FROM device_app_item
                           WHERE identifier || coalesce(version, '') = ANY (apps))
FROM (VALUES ('d1', ARRAY['twice1', 'app2']), ('d2', ARRAY['twice1', 'app10']), ('d4', ARRAY['app10', '']),
             ('d6', ARRAY['twice1', 'app2'])) AS a (device_id, apps);

-- States: `e1` is compliant on the first of January and not on the second, and leaves at the very end of
-- the third; `e2` comes late on the second; `e3` retires. On the third there was no run.
INSERT INTO device_history (tenant, device_id, valid_from, valid_to, status, os, ownership, compliant, blocked)
VALUES ('past', 'e1', '2026-01-01T08:00Z', '2026-01-02T09:00Z', 'ACTIVE', 'IOS', 'COMPANY', true, false),
       ('past', 'e1', '2026-01-02T09:00Z', '2026-01-04T00:00Z', 'ACTIVE', 'IOS', 'COMPANY', false, true),
       ('past', 'e2', '2026-01-02T23:59:59.999Z', NULL, 'ACTIVE', 'IOS', 'COMPANY', true, false),
       ('past', 'e3', '2026-01-01T08:00Z', '2026-01-02T09:00Z', 'ACTIVE', 'ANDROID', NULL, NULL, NULL),
       ('past', 'e3', '2026-01-02T09:00Z', NULL, 'RETIRED', 'ANDROID', NULL, NULL, NULL);
INSERT INTO sync_run (run_id, tenant, started_at, outcome, version)
VALUES ('p1', 'past', '2026-01-01T08:00Z', 'complete', '1'), ('p2', 'past', '2026-01-02T09:00Z', 'partial', '1'),
       ('p3', 'past', '2026-01-02T23:59:59.999Z', 'complete', '1'), ('p4', 'past', '2026-01-03T12:00Z', 'failed', '1'),
       ('p5', 'past', '2026-01-04T00:00Z', 'complete', '1'), ('p6', 'past', '2026-01-06T00:00Z', 'complete', '1');

-- Freshness: what each run says of an entity.
INSERT INTO sync_run (run_id, tenant, started_at, outcome, version, message)
VALUES ('r1', 'acme', now() - interval '50 hours', 'complete', '1', NULL),
       ('r2', 'acme', now() - interval '26 hours', 'partial', '1',
        'device_app: 2 devices could not be asked; app_catalog: the server failed'),
       ('r3', 'acme', now() - interval '2 hours', 'failed', '1', 'no');
INSERT INTO sync_run_entity (run_id, entity, fetched, inserted, updated, deleted, unchanged, completeness)
VALUES ('r1', 'device', 9, 9, 0, 0, 0, 'proven'), ('r1', 'device_app', 9, 9, 0, 0, 0, 'proven'),
       ('r1', 'app_catalog', 5, 5, 0, 0, 0, 'proven'), ('r1', 'user_account', 0, 0, 0, 0, 0, 'not offered'),
       ('r1', 'device_group', 1, 0, 0, 0, 0, 'unproven'), ('r1', 'alert', 0, 0, 0, 0, 0, 'unproven'),
       ('r2', 'device', 9, 0, 0, 0, 9, 'unproven'), ('r2', 'device_app', 7, 0, 0, 0, 0, 'unproven'),
       ('r2', 'app_catalog', 0, 0, 0, 0, 0, 'unproven'), ('r3', 'device', 9, 0, 0, 0, 9, 'proven');
