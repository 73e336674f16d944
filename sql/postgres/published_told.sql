-- What the tenant's runs have told of themselves, where no column says whose they are.
SELECT :texts FROM :"relation"
WHERE run_id IN (SELECT run_id FROM :"runs" WHERE tenant = :'tenant');
