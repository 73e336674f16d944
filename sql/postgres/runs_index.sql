-- By which a tenant's runs are found: the latest, and those that are too old.
CREATE INDEX ON :"relation" (tenant, started_at);
