-- The rows of a set, each once for a tenant, however many lists it is in; `holders` says how many.
-- Some room is left in each page, so that a change of `holders` touches no index.
CREATE TABLE :"relation" (
    item_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    holders bigint NOT NULL,
    :definitions,
    UNIQUE (:key)
) WITH (fillfactor = 90);
