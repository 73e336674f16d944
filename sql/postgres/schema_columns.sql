-- What the schema has: each column of each of its tables and views, with the type's name, and what the
-- comment on the table says.
SELECT c.relname, a.attname, format_type(a.atttypid, NULL), CASE c.relkind WHEN 'v' THEN 'view' ELSE 'table' END,
       obj_description(c.oid, 'pg_class')
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
WHERE n.nspname = :'schema' AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attnum;
