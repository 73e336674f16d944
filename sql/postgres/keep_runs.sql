-- Runs that began too long ago.
DELETE FROM :"relation" WHERE tenant = :'tenant' AND started_at < :'before';
