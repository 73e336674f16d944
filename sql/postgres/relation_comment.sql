-- What the relation holds, for whoever looks at it with psql or a BI tool.
COMMENT ON TABLE :"relation" IS :'about';
