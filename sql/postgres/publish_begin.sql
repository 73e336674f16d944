-- Stage and relation are joined whole, by hash. The planner knows no statistics of a fresh stage: a
-- nested loop over it would never end, and sorting text costs more than hashing it.
SELECT set_config('enable_nestloop', 'off', true),
       set_config('enable_mergejoin', 'off', true),
       set_config('enable_sort', 'off', true),
       set_config('jit', 'off', true),
       CASE WHEN pg_size_bytes(current_setting('work_mem')) < pg_size_bytes('64MB')
            THEN set_config('work_mem', '64MB', true) END;
