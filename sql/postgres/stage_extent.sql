-- The latest of what the tenant has staged; NULL: nothing.
SELECT max(stage_order) FROM :"stage" WHERE tenant = :'tenant';
