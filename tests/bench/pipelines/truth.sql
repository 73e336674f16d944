-- The rows that the server's answers hold, by the database's own JSON and nothing of uemsync. The
-- relation is a set, in which repeats collapse.
INSERT INTO truth
SELECT DISTINCT 'acme', lower(device ->> 'deviceGuid'), app ->> 'identifier', app ->> 'name',
       app ->> 'version', app ->> 'shortVersion', app ->> 'bundleVersion',
       app ->> 'externalVersionIdentifier', (app ->> 'managed')::boolean, app ->> 'source',
       (app ->> 'adHocCodeSigned')::boolean, (app ->> 'appStoreVendable')::boolean,
       (app ->> 'betaApp')::boolean, (app ->> 'deviceBasedVPP')::boolean,
       (app ->> 'updateAvailable')::boolean, (app ->> 'installing')::boolean,
       (app ->> 'validated')::boolean,
       nullif(app - '{identifier, name, version, shortVersion, bundleVersion,
                      externalVersionIdentifier, managed, source, adHocCodeSigned,
                      appStoreVendable, betaApp, deviceBasedVPP, updateAvailable, installing,
                      validated}'::text[], '{}')
FROM answer
CROSS JOIN LATERAL jsonb_array_elements(body) AS device
CROSS JOIN LATERAL jsonb_array_elements(device -> 'applications') AS app;
