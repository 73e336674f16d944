-- Each version of each app that an ACTIVE device has, and on how many of an operating system it is.
-- What names it may be too long for an index, and its digest is not. Some room is left in each page,
-- so that a changed count touches no index.
CREATE TABLE :"relation" (
    version_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest bytea NOT NULL,
    :definitions,
    UNIQUE (tenant, digest)
) WITH (fillfactor = 90);
