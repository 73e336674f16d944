-- Where a run's lists wait for its end, see stage_create.sql. `items` are the numbers (stage_order)
-- that the items have in their own stage.
CREATE UNLOGGED TABLE :"stage" (
    :definitions,
    items integer[] NOT NULL,
    stage_order bigint NOT NULL
);
