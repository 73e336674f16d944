-- The schema itself. Asked for only when it is missing: a user who may not create schemas may
-- still be given one.
CREATE SCHEMA IF NOT EXISTS :"schema";
