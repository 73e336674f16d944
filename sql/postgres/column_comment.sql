-- What the column holds.
COMMENT ON COLUMN :"relation".:"column" IS :'about';
