-- What the relation holds, for whoever looks at it with psql or a BI tool. `kind` is table or view.
COMMENT ON :kind :"relation" IS :'about';
