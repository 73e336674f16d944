-- By which the states that ended too long ago are found.
CREATE INDEX ON :"relation" (tenant, valid_to) WHERE valid_to IS NOT NULL;
