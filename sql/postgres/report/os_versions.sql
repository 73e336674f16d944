-- The eight versions of each operating system that most devices have; the one that all are judged by is
-- always among them, where a device has it. `place` is that of the system in the statement os. The last
-- column says how many devices have what all are judged by: 17.0 is 17, as in report_os_version.
SELECT place - 1, left(os_version, 200), devices, is_behind, at_baseline
FROM (SELECT dense_rank() OVER (ORDER BY os_devices DESC, os) AS place,
             row_number() OVER (PARTITION BY os ORDER BY is_first_at_baseline DESC, devices DESC, os_version)
                 AS version_place,
             os_version, devices, is_behind, at_baseline
      FROM (SELECT os, os_version, devices, is_behind, sum(devices) OVER (PARTITION BY os) AS os_devices,
                   coalesce(sum(devices) FILTER (WHERE is_at_baseline) OVER (PARTITION BY os), 0)
                       AS at_baseline,
                   is_at_baseline AND row_number() OVER (PARTITION BY os, is_at_baseline
                       ORDER BY devices DESC, os_version) = 1 AS is_first_at_baseline
            FROM report_os_version
            CROSS JOIN LATERAL (
                SELECT count(numbers) = 2 AND min(numbers) = max(numbers) AS is_at_baseline
                FROM (SELECT string_to_array(regexp_replace(substring(text FROM
                          '^[ ]*[vV]?([0-9]{1,18}(?:[.][0-9]{1,18})*)(?![0-9])'), '([.]0+)+$', ''), '.')::bigint[]
                          AS numbers
                      FROM (VALUES (os_version), (baseline)) AS both_texts (text)) AS both_numbers) AS compared
            WHERE tenant = :'tenant') AS versions) AS placed
WHERE place <= 8 AND version_place <= 8
ORDER BY place, devices DESC, os_version;
