-- The keys that the tenant has published, without the tenant.
SELECT :key_texts FROM :"relation" WHERE tenant = :'tenant';
