-- What an earlier run of the tenant staged under, and the relations of which something is whole.
SELECT DISTINCT r.fingerprint, f.:"fetched_relation"
FROM :"stage" AS f
JOIN stage_run AS r ON r.tenant = :'tenant'
WHERE f.tenant = :'tenant';
