-- Rows of a ledger are only ever added.
INSERT INTO :"relation" (:columns)
SELECT :stage_columns
FROM :"stage" AS s
WHERE s.tenant = :'tenant';
