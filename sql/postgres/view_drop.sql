-- A view cannot get a column between those that it has: it is made anew. What others made upon it
-- is not dropped with it, and stands in the way.
DROP VIEW :"relation";
