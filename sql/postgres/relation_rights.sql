-- May this user read and write the table?
SELECT has_table_privilege(quote_ident(:'schema') || '.' || quote_ident(:'relation'), 'SELECT')
   AND has_table_privilege(quote_ident(:'schema') || '.' || quote_ident(:'relation'), 'INSERT')
   AND has_table_privilege(quote_ident(:'schema') || '.' || quote_ident(:'relation'), 'UPDATE')
   AND has_table_privilege(quote_ident(:'schema') || '.' || quote_ident(:'relation'), 'DELETE');
