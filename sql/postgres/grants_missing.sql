-- What the reader may not read.
SELECT c.relname
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = :'schema' AND c.relkind IN ('r', 'p', 'v')
  AND NOT (has_schema_privilege(:'role', n.oid, 'USAGE') AND has_table_privilege(:'role', c.oid, 'SELECT'));
