-- The eight versions of each operating system that most devices have. `place` is that of the system
-- in the statement os.
SELECT place - 1, left(os_version, 200), devices, is_behind
FROM (SELECT dense_rank() OVER (ORDER BY os_devices DESC, os) AS place,
             row_number() OVER (PARTITION BY os ORDER BY devices DESC, os_version) AS version_place,
             os_version, devices, is_behind
      FROM (SELECT os, os_version, devices, is_behind, sum(devices) OVER (PARTITION BY os) AS os_devices
            FROM report_os_version
            WHERE tenant = :'tenant') AS versions) AS placed
WHERE place <= 8 AND version_place <= 8
ORDER BY place, version_place;
