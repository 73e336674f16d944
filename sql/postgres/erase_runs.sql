-- What is told of the tenant's runs where no column says whose they are.
DELETE FROM :"relation"
WHERE run_id::text IN (SELECT run_id FROM :"runs" WHERE tenant = :'tenant');
