-- Readers may look into the schema.
GRANT USAGE ON SCHEMA :"schema" TO :"role";
