-- Items that are new, with the number of lists that hold them: only lists of this run can. An item
-- that no list holds is not kept. Staged items are numbered from 1 by stage_order, the lists name
-- them by that, and one that was staged twice has two numbers.
WITH missing AS MATERIALIZED (
    SELECT s.digest, min(s.stage_order) AS first
    FROM :"stage" AS s
    WHERE s.tenant = :'tenant'
      AND NOT EXISTS (SELECT FROM :"relation" AS i WHERE i.tenant = :'tenant' AND i.digest = s.digest)
    GROUP BY s.digest
), held AS (
    -- Counted by number first: a join of every item of every list would cost most of the statement.
    SELECT missing.first, sum(named.lists) AS holders
    FROM (SELECT item, count(*) AS lists
          FROM (SELECT unnest(l.items) AS item
                FROM :"stage_list" AS l
                WHERE l.tenant = :'tenant') AS one
          GROUP BY item) AS named
    JOIN :"stage" AS s ON s.tenant = :'tenant' AND s.stage_order = named.item
    JOIN missing ON missing.digest = s.digest
    GROUP BY missing.first
)
INSERT INTO :"relation" (holders, :columns)
SELECT held.holders, :stage_columns
FROM held
JOIN :"stage" AS s ON s.tenant = :'tenant' AND s.stage_order = held.first
ORDER BY s.stage_order;
