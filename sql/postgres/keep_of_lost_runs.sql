-- Rows of runs that nothing else is known of go by their own time. Runs are looked for from one to
-- the next, by index: a ledger has many rows of few runs.
WITH RECURSIVE logged (run_id) AS (
    SELECT min(run_id) FROM :"relation"
    UNION ALL
    SELECT (SELECT min(l.run_id) FROM :"relation" AS l WHERE l.run_id > logged.run_id)
    FROM logged
    WHERE logged.run_id IS NOT NULL
)
DELETE FROM :"relation"
WHERE tenant = :'tenant'
  AND rejected_at < :'before'
  AND run_id = ANY (ARRAY(SELECT logged.run_id FROM logged
                          WHERE NOT EXISTS (SELECT FROM :"runs" AS r
                                            WHERE r.run_id = logged.run_id)));
