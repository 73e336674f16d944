-- Which versions the schema has been through; the program refuses one newer than it knows.
CREATE TABLE IF NOT EXISTS schema_version (
    version integer PRIMARY KEY,
    program text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
