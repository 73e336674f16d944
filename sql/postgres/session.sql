-- How every session of uemsync talks: UTC and ISO whatever the server's defaults are, no statement
-- ended by a time-out that was meant for people, and names found in the one schema alone. But a lock
-- that another session holds is not waited for without end: the run would be there for ever, and
-- the tenant's next ones refused. A server from version 14 on notices within a second that the
-- program is gone, and gives its lock back.
SELECT set_config('TimeZone', 'UTC', false),
       set_config('DateStyle', 'ISO, YMD', false),
       set_config('IntervalStyle', 'postgres', false),
       set_config('bytea_output', 'hex', false),
       set_config('extra_float_digits', '1', false),
       (SELECT count(set_config(name, '0', false)) FROM pg_catalog.pg_settings
        WHERE name IN ('statement_timeout', 'transaction_timeout', 'idle_session_timeout',
                       'idle_in_transaction_session_timeout')),
       set_config('lock_timeout', :'lock_wait', false),
       (SELECT set_config(name, '1000', false) FROM pg_catalog.pg_settings
        WHERE name = 'client_connection_check_interval'),
       set_config('search_path', quote_ident(:'schema') || ', pg_temp', false);
