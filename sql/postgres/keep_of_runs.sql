-- What is told beside them of runs that began too long ago. They are a list, by which rows are
-- found by index: mostly there are none.
DELETE FROM :"relation"
WHERE run_id = ANY (ARRAY(SELECT run_id FROM :"runs"
                          WHERE tenant = :'tenant' AND started_at < :'before'));
