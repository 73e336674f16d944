-- How the devices comply, by group: those with the most devices that do not, then the largest. The
-- last column says how many groups have devices.
SELECT left(group_name, 200), devices, compliant, not_compliant, unknown, count(*) OVER ()
FROM report_compliance_group
WHERE tenant = :'tenant' AND devices > 0
ORDER BY not_compliant DESC, devices DESC, group_name, group_id
LIMIT 20;
