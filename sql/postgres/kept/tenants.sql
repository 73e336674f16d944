-- Which tenants there are, by their rows.
SELECT DISTINCT tenant FROM :"relation" ORDER BY tenant;
