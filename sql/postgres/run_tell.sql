-- What a run says of itself: all its rows.
INSERT INTO :"relation" (:columns)
VALUES :rows;
