-- How every session of uemsync talks: UTC and ISO whatever the server's defaults are, no statement
-- ended by a time-out that was meant for people, and names found in the one schema alone.
SELECT set_config('TimeZone', 'UTC', false),
       set_config('DateStyle', 'ISO, YMD', false),
       set_config('IntervalStyle', 'postgres', false),
       set_config('bytea_output', 'hex', false),
       set_config('statement_timeout', '0', false),
       set_config('idle_in_transaction_session_timeout', '0', false),
       set_config('search_path', quote_ident(:'schema') || ', pg_temp', false);
