-- The first view that a report reads and that is not there.
SELECT name
FROM unnest(ARRAY['report_status', 'report_compliance', 'report_compliance_group',
                  'report_compliance_reason', 'report_compliance_day', 'report_last_seen',
                  'report_os_version', 'report_certificate_end', 'report_app_version',
                  'report_freshness', 'sync_run', 'sync_run_entity'])
     WITH ORDINALITY AS wanted (name, place)
WHERE to_regclass(quote_ident(:'schema') || '.' || quote_ident(name)) IS NULL
ORDER BY place
LIMIT 1;
