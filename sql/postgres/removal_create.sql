-- Keys of rows that the run found to be gone; `key` is without the tenant.
CREATE UNLOGGED TABLE IF NOT EXISTS stage_removal (
    tenant text NOT NULL,
    relation text NOT NULL,
    key text[] NOT NULL,
    stage_order bigint NOT NULL
);
