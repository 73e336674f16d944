-- What uemsync's relation is looked up by.
CREATE INDEX ON app (tenant, device_id);
