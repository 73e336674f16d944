-- Which items an owner has: one row for each owner that has any. They stand in the order of their
-- digests, so that equal lists are equal arrays. Some room is left in each page, so that a changed
-- list touches no index.
CREATE TABLE :"relation" (
    :definitions,
    items integer[] NOT NULL,
    PRIMARY KEY (:key)
) WITH (fillfactor = 90);
