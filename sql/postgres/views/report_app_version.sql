-- On how many ACTIVE devices each version of each app is. Each run keeps the counts up.
CREATE OR REPLACE VIEW :"schema".:"relation" AS
SELECT tenant,
       os,
       nullif(identifier, '') AS identifier,
       nullif(name, '') AS name,
       nullif(version, '') AS version,
       nullif(short_version, '') AS short_version,
       devices
FROM :"schema".app_version;
