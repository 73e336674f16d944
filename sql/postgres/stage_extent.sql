-- The latest of what the tenant has staged (NULL: nothing), and how much that is.
SELECT max(stage_order), count(*) FROM :"stage" WHERE tenant = :'tenant';
