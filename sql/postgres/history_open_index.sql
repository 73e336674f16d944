-- One state at a time is a row's present one.
CREATE UNIQUE INDEX ON :"relation" (tenant, :"owner") WHERE valid_to IS NULL;
