-- A set of rows as the product's page has it: each list with the items that it names.
CREATE OR REPLACE VIEW :"relation" AS
SELECT :view_columns
FROM (SELECT :list_columns, unnest(items) AS item_id FROM :"list") AS l
JOIN :"item" AS i USING (item_id);
