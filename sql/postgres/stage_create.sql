-- Where a run's rows wait for its end. Unlogged: after a crash of the database they may be fetched
-- again, and so they cost no WAL. `stage_order` tells the last of several rows of one key.
CREATE UNLOGGED TABLE :"stage" (
    :definitions,
    stage_order bigint NOT NULL
);
