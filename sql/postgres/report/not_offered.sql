-- Entities that the server does not offer, as the latest run has it that asked for them.
SELECT left(entity, 200)
FROM (SELECT DISTINCT ON (asked.entity) asked.entity, asked.completeness
      FROM sync_run_entity AS asked
      JOIN sync_run AS run ON run.run_id = asked.run_id
      WHERE run.tenant = :'tenant' AND run.outcome IN ('complete', 'partial')
      ORDER BY asked.entity, run.started_at DESC) AS latest
WHERE completeness = 'not offered'
ORDER BY entity
LIMIT 64;
