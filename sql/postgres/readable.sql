-- May this user read the table or view?
SELECT has_table_privilege(quote_ident(:'schema') || '.' || quote_ident(:'relation'), 'SELECT');
