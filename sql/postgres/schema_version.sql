-- Which version of the schema is there.
SELECT max(version) FROM schema_version;
