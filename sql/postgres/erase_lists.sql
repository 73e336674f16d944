-- All lists of the tenant, and how many rows they were.
WITH gone AS (
    DELETE FROM :"relation" WHERE tenant = :'tenant' RETURNING cardinality(items) AS items
)
SELECT coalesce(sum(items), 0) FROM gone;
