-- Is there the role that destination.reader_role names? And how a statement writes it.
SELECT :'role' = 'public' OR EXISTS (SELECT FROM pg_catalog.pg_roles AS r WHERE r.rolname = :'role'),
    quote_ident(:'role');
