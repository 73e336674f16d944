-- Does the reader lack the right to read the relation?
SELECT NOT (has_schema_privilege(:'role', :'schema', 'USAGE')
            AND has_table_privilege(:'role', quote_ident(:'schema') || '.' || quote_ident(:'relation'), 'SELECT'));
