-- The 15 apps with the most installations, each as a row for each of its five commonest versions: the
-- app's place, name, identifier, operating system, installations and number of versions, then the
-- version and its devices. The last column says how many apps there are. A device with two versions of
-- an app is two installations: the counts that runs keep do not say whose they are.
SELECT place - 1, left(name, 200), left(identifier, 200), left(os, 200), installations, versions,
       left(version, 100), devices, apps
FROM (SELECT app.*, row_number() OVER (PARTITION BY place ORDER BY one.devices DESC, one.version)
                 AS version_place, one.version, one.devices
      FROM (SELECT row_number() OVER (ORDER BY sum(devices) DESC, os, coalesce(identifier, name))
                       AS place, count(*) OVER () AS apps, os, identifier, coalesce(identifier, name) AS app,
                   max(name) AS name, sum(devices) AS installations,
                   count(DISTINCT coalesce(version, short_version))
                       + count(DISTINCT 1) FILTER (WHERE coalesce(version, short_version) IS NULL) AS versions
            FROM report_app_version
            WHERE tenant = :'tenant'
            GROUP BY os, identifier, coalesce(identifier, name)
            ORDER BY place
            LIMIT 15) AS app
      JOIN (SELECT os, identifier, coalesce(identifier, name) AS app,
                   coalesce(version, short_version) AS version, sum(devices) AS devices
            FROM report_app_version
            WHERE tenant = :'tenant'
            GROUP BY os, identifier, coalesce(identifier, name), coalesce(version, short_version)) AS one
        ON one.app IS NOT DISTINCT FROM app.app AND one.os IS NOT DISTINCT FROM app.os
           AND one.identifier IS NOT DISTINCT FROM app.identifier) AS placed
WHERE version_place <= 5
ORDER BY place, version_place;
