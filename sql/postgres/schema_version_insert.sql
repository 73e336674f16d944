-- The schema is at this version from now on.
INSERT INTO schema_version (version, program)
VALUES (:version, :'program')
ON CONFLICT (version) DO NOTHING;
