-- May this user read and write the table? And who is it?
SELECT has_table_privilege(t.name, 'SELECT') AND has_table_privilege(t.name, 'INSERT')
   AND has_table_privilege(t.name, 'UPDATE') AND has_table_privilege(t.name, 'DELETE'),
       current_user
FROM (SELECT quote_ident(:'schema') || '.' || quote_ident(:'relation')) AS t (name);
