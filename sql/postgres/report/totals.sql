-- The tenant's active devices, and how they comply.
SELECT coalesce(sum(devices), 0), coalesce(sum(compliant), 0), coalesce(sum(not_compliant), 0),
       coalesce(sum(unknown), 0), coalesce(sum(compromised), 0), coalesce(sum(quarantined), 0),
       coalesce(sum(blocked), 0)
FROM report_compliance
WHERE tenant = :'tenant';
