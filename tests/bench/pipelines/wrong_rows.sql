-- Rows that :relation has and the truth lacks, or the other way round, and how many rows it has. A
-- row that comes twice is wrong. Of :columns alone, as nothing but uemsync fills `extra`.
WITH surplus AS (
    SELECT :columns FROM :relation EXCEPT ALL SELECT :columns FROM truth
), missing AS (
    SELECT :columns FROM truth EXCEPT ALL SELECT :columns FROM :relation
)
SELECT (SELECT count(*) FROM :relation),
       (SELECT count(*) FROM surplus),
       (SELECT count(*) FROM missing),
       (SELECT to_json(s) FROM surplus AS s LIMIT 1),
       (SELECT to_json(m) FROM missing AS m LIMIT 1);
