-- What is staged from here on is staged under this.
INSERT INTO stage_run (tenant, fingerprint, stage_order) VALUES (:'tenant', :'fingerprint', 0);
