-- Which ACTIVE devices are counted in app_version, in which versions, and by which list of apps.
CREATE TABLE :"relation" (
    :definitions,
    versions integer[] NOT NULL,
    PRIMARY KEY (:key)
);
