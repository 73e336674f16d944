-- What an earlier run of the tenant staged under, and whether anything of it is whole.
SELECT (SELECT r.fingerprint FROM stage_run AS r WHERE r.tenant = :'tenant'),
       EXISTS (SELECT FROM :"stage" AS f WHERE f.tenant = :'tenant');
