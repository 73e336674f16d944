-- The configurations (app settings) of devices: device_configuration has them among its rows.
CREATE OR REPLACE VIEW :"schema".:"relation" AS
SELECT :columns
FROM :"schema".device_configuration
WHERE profile_type = 'APP';
