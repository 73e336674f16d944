-- What the tables below device_app take on disk, and the flat table app beside them; without what
-- the run staged.
SELECT relname, pg_table_size(oid), pg_indexes_size(oid)
FROM pg_class
WHERE relkind = 'r'
  AND (relnamespace = 'uem'::regnamespace AND relname LIKE 'device\_app\_%'
       OR oid = 'app'::regclass)
ORDER BY relname <> 'app', relname;
