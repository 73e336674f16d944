-- One migration at a time for a schema; given back at the end of the transaction. A table that a
-- long query reads is not waited for: the migration says so, and the next run tries again.
SELECT pg_advisory_xact_lock(hashtextextended('uemsync schema ' || :'schema', 0)),
       set_config('lock_timeout', :'lock_wait', true);
