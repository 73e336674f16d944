-- What the schema of psql's variable `schema` looks like, a line a thing, in whatever order it came
-- to be so: relations, columns, defaults, views, indexes, constraints, rights, comments. Columns of
-- tables have no place, as one that came later is the last.
SELECT line
FROM (
    SELECT 'relation ' || c.relname || ' ' || c.relkind::text || c.relpersistence::text || ' ' ||
           coalesce(array_to_string(c.reloptions, ','), '') || ' ' || coalesce(c.relacl::text, '') ||
           ' -- ' || coalesce(obj_description(c.oid, 'pg_class'), '') AS line
    FROM pg_class AS c
    WHERE c.relnamespace = :'schema'::regnamespace
    UNION ALL
    SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' ||
           CASE WHEN c.relkind = 'v' THEN a.attnum::text ELSE '' END || ' ' || a.attnotnull::text || a.attidentity::text ||
           ' ' || a.attstorage::text || a.attcompression::text || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') ||
           ' ' || coalesce(a.attacl::text, '') || ' -- ' || coalesce(col_description(c.oid, a.attnum), '')
    FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid
    LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = :'schema'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
      AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT 'view ' || viewname || ' ' || regexp_replace(definition, '\s+', ' ', 'g')
    FROM pg_views
    WHERE schemaname = :'schema'
    UNION ALL
    SELECT 'index ' || indexdef
    FROM pg_indexes
    WHERE schemaname = :'schema'
    UNION ALL
    SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE connamespace = :'schema'::regnamespace
    UNION ALL
    SELECT 'function ' || proname || ' ' || prosrc
    FROM pg_proc
    WHERE pronamespace = :'schema'::regnamespace
    UNION ALL
    SELECT 'schema ' || coalesce(nspacl::text, '')
    FROM pg_namespace
    WHERE nspname = :'schema'
) AS shape
ORDER BY line COLLATE "C";
