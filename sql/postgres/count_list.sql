-- How many rows of a set the tenant has published: as many as its lists have items.
SELECT coalesce(sum(cardinality(items)), 0) FROM :"list" WHERE tenant = :'tenant';
