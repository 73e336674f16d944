-- Rows that have another name from now on take their states with them, but not to a name that has
-- states of its own. Of several that come to one name, or of several names for one, the first pair
-- counts. The arrays let the few rows be found by index.
WITH pair (place, earlier, later) AS MATERIALIZED (
    VALUES :pairs
), named AS MATERIALIZED (
    SELECT DISTINCT h.:"owner" AS name
    FROM :"relation" AS h
    WHERE h.tenant = :'tenant'
      AND h.:"owner" = ANY (ARRAY(SELECT earlier FROM pair UNION SELECT later FROM pair))
), first AS (
    SELECT DISTINCT ON (earlier) place, earlier, later
    FROM pair
    WHERE earlier IN (SELECT name FROM named) AND later NOT IN (SELECT name FROM named)
    ORDER BY earlier, place
), chosen AS MATERIALIZED (
    SELECT DISTINCT ON (later) earlier, later FROM first ORDER BY later, place
)
UPDATE :"relation" AS h
SET :"owner" = chosen.later
FROM chosen
WHERE h.tenant = :'tenant'
  AND h.:"owner" = ANY (ARRAY(SELECT earlier FROM chosen))
  AND h.:"owner" = chosen.earlier;
