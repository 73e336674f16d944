-- What the run has said of itself until now.
DELETE FROM :"relation" WHERE run_id = :'run_id';
