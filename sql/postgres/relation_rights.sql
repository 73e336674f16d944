-- May this user read and write the table (read, where it is a view)? And who is it?
SELECT has_table_privilege(c.oid, 'SELECT')
       AND (c.relkind = 'v' OR has_table_privilege(c.oid, 'INSERT')
                               AND has_table_privilege(c.oid, 'UPDATE')
                               AND has_table_privilege(c.oid, 'DELETE')),
       current_user
FROM pg_catalog.pg_class AS c
WHERE c.oid = (quote_ident(:'schema') || '.' || quote_ident(:'relation'))::regclass;
