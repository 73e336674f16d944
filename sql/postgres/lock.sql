-- One run at a time for a tenant, across processes and machines. The lock is the session's: it goes
-- with the connection, whatever happens to the program.
SELECT pg_try_advisory_lock(hashtextextended('uemsync ' || :'schema' || ' ' || :'tenant', 0));
