-- Stage and relation are joined whole, by hash. The planner knows no statistics of a fresh stage,
-- and a nested loop over it would never end.
SELECT set_config('enable_nestloop', 'off', true);
