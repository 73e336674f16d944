-- What uemsync left in the schema uem at version 1; made by tests/upgrades/make.
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA uem;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE uem.activesync_device (
    tenant text NOT NULL,
    eas_uuid text NOT NULL,
    access_group text,
    device_id text,
    eas_device_id text,
    domain text,
    mailbox_id text,
    user_name text,
    phone_number text,
    model text,
    platform text,
    status text,
    active_sync_status text,
    action_source text,
    first_sync_at timestamp with time zone,
    last_sync_at timestamp with time zone,
    extra jsonb
);
COMMENT ON TABLE uem.activesync_device IS 'One row for each device that synchronises with Exchange, as a Core knows it.';
COMMENT ON COLUMN uem.activesync_device.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.activesync_device.eas_uuid IS 'Identifier of the ActiveSync record; device.eas_uuid refers to it.';
COMMENT ON COLUMN uem.activesync_device.access_group IS 'The list that it is in: REGISTERED_ALLOWED, REGISTERED_BLOCKED, UNREGISTERED_ALLOWED, UNREGISTERED_BLOCKED or WIPED.';
COMMENT ON COLUMN uem.activesync_device.device_id IS 'The device, as in the relation device; NULL for one that is not registered.';
COMMENT ON COLUMN uem.activesync_device.eas_device_id IS 'The device''s identifier in ActiveSync.';
COMMENT ON COLUMN uem.activesync_device.domain IS 'Its Exchange ActiveSync domain.';
COMMENT ON COLUMN uem.activesync_device.mailbox_id IS 'Its mailbox.';
COMMENT ON COLUMN uem.activesync_device.user_name IS 'The user''s name in ActiveSync.';
COMMENT ON COLUMN uem.activesync_device.phone_number IS 'Phone number as the server gives it.';
COMMENT ON COLUMN uem.activesync_device.model IS 'Model, as the ActiveSync server has it.';
COMMENT ON COLUMN uem.activesync_device.platform IS 'Operating system, as the ActiveSync server has it.';
COMMENT ON COLUMN uem.activesync_device.status IS 'Status of the device on the UEM server, such as Registered.';
COMMENT ON COLUMN uem.activesync_device.active_sync_status IS 'Status in ActiveSync, such as Allowed.';
COMMENT ON COLUMN uem.activesync_device.action_source IS 'What set that status, such as EXCHANGE, POLICY or MANUAL.';
COMMENT ON COLUMN uem.activesync_device.first_sync_at IS 'First synchronisation.';
COMMENT ON COLUMN uem.activesync_device.last_sync_at IS 'Last synchronisation.';
COMMENT ON COLUMN uem.activesync_device.extra IS 'Every property that no other column took.';
CREATE TABLE uem.alert (
    tenant text NOT NULL,
    alert_id text NOT NULL,
    device_id text,
    dispatch_device_id text,
    user_uuid text,
    user_name text,
    label_id bigint,
    subscription text,
    type text,
    severity text,
    transport text,
    status text,
    is_read boolean,
    retries bigint,
    text text,
    alerted_at timestamp with time zone,
    updated_at timestamp with time zone,
    updated_by text,
    extra jsonb
);
COMMENT ON TABLE uem.alert IS 'One row for each alert that a Core keeps.';
COMMENT ON COLUMN uem.alert.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.alert.alert_id IS 'Identifier of the alert.';
COMMENT ON COLUMN uem.alert.device_id IS 'The device that it is about, as in the relation device.';
COMMENT ON COLUMN uem.alert.dispatch_device_id IS 'The device that it was sent to.';
COMMENT ON COLUMN uem.alert.user_uuid IS 'The user; user_account.user_uuid has it.';
COMMENT ON COLUMN uem.alert.user_name IS 'Who gets it.';
COMMENT ON COLUMN uem.alert.label_id IS 'The label that caused it; device_group.label_id has it.';
COMMENT ON COLUMN uem.alert.subscription IS 'The event that it was configured by.';
COMMENT ON COLUMN uem.alert.type IS 'What it tells, such as SIM_CHANGED_ALERT.';
COMMENT ON COLUMN uem.alert.severity IS 'INFORMATION, WARNING or CRITICAL.';
COMMENT ON COLUMN uem.alert.transport IS 'How it is sent: EMAIL, SMS or APNS.';
COMMENT ON COLUMN uem.alert.status IS 'CREATED, PROCESSED, DISPATCH_PENDING, DISPATCHING, DISPATCHED or DISPATCH_FAILED.';
COMMENT ON COLUMN uem.alert.is_read IS 'An administrator has read it.';
COMMENT ON COLUMN uem.alert.retries IS 'How often it was tried to be sent.';
COMMENT ON COLUMN uem.alert.text IS 'What it says.';
COMMENT ON COLUMN uem.alert.alerted_at IS 'When it was raised.';
COMMENT ON COLUMN uem.alert.updated_at IS 'When the alert last changed.';
COMMENT ON COLUMN uem.alert.updated_by IS 'Who, or what part of the server, changed it.';
COMMENT ON COLUMN uem.alert.extra IS 'Every property that no other column took.';
CREATE TABLE uem.app_catalog_item (
    item_id integer NOT NULL,
    holders bigint NOT NULL,
    tenant text NOT NULL,
    digest uuid NOT NULL,
    identifier text,
    platform text,
    name text,
    version text,
    build_number text,
    created_at timestamp with time zone,
    extra jsonb
)
WITH (fillfactor='90');
COMMENT ON TABLE uem.app_catalog_item IS 'Rows, each once for a tenant; holders says how many lists have it.';
COMMENT ON COLUMN uem.app_catalog_item.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.app_catalog_item.digest IS 'What tells the row from others.';
COMMENT ON COLUMN uem.app_catalog_item.identifier IS 'Identifier of the app, such as its bundle id.';
COMMENT ON COLUMN uem.app_catalog_item.platform IS 'ANDROID, IOS, OSX, WINDOWS, WEBAPPS or UNKNOWN.';
COMMENT ON COLUMN uem.app_catalog_item.name IS 'Name of the app.';
COMMENT ON COLUMN uem.app_catalog_item.version IS 'Version of the app.';
COMMENT ON COLUMN uem.app_catalog_item.build_number IS 'Build number; in-house apps only.';
COMMENT ON COLUMN uem.app_catalog_item.created_at IS 'When the app was added to the catalog.';
COMMENT ON COLUMN uem.app_catalog_item.extra IS 'Every property that no other column took.';
CREATE TABLE uem.app_catalog_list (
    tenant text NOT NULL,
    items integer[] NOT NULL
)
WITH (fillfactor='90');
COMMENT ON TABLE uem.app_catalog_list IS 'Which rows belong together: their numbers, in the order of their digests.';
COMMENT ON COLUMN uem.app_catalog_list.tenant IS 'Tenant, by its name in the configuration.';
CREATE VIEW uem.app_catalog AS
 SELECT l.tenant,
    i.identifier,
    i.platform,
    i.name,
    i.version,
    i.build_number,
    i.created_at,
    i.extra
   FROM (( SELECT app_catalog_list.tenant,
            unnest(app_catalog_list.items) AS item_id
           FROM uem.app_catalog_list) l
     JOIN uem.app_catalog_item i USING (item_id));
COMMENT ON VIEW uem.app_catalog IS 'One row for each app in the app catalog.';
COMMENT ON COLUMN uem.app_catalog.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.app_catalog.identifier IS 'Identifier of the app, such as its bundle id.';
COMMENT ON COLUMN uem.app_catalog.platform IS 'ANDROID, IOS, OSX, WINDOWS, WEBAPPS or UNKNOWN.';
COMMENT ON COLUMN uem.app_catalog.name IS 'Name of the app.';
COMMENT ON COLUMN uem.app_catalog.version IS 'Version of the app.';
COMMENT ON COLUMN uem.app_catalog.build_number IS 'Build number; in-house apps only.';
COMMENT ON COLUMN uem.app_catalog.created_at IS 'When the app was added to the catalog.';
COMMENT ON COLUMN uem.app_catalog.extra IS 'Every property that no other column took.';
ALTER TABLE uem.app_catalog_item ALTER COLUMN item_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME uem.app_catalog_item_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE uem.app_setting (
    tenant text NOT NULL,
    setting_id text NOT NULL,
    name text,
    description text,
    app_type text,
    origin text,
    device_count bigint,
    pending_count bigint,
    quarantined_count bigint,
    label_ids text[],
    properties jsonb,
    extra jsonb
);
COMMENT ON TABLE uem.app_setting IS 'One row for each configuration of a Core, such as a VPN or Wi-Fi setting.';
COMMENT ON COLUMN uem.app_setting.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.app_setting.setting_id IS 'Identifier of the configuration; those of the system are negative.';
COMMENT ON COLUMN uem.app_setting.name IS 'Name of the configuration.';
COMMENT ON COLUMN uem.app_setting.description IS 'Description of the configuration.';
COMMENT ON COLUMN uem.app_setting.app_type IS 'What it sets, such as EXCHANGE, WIFI, VPN or CERTIFICATE; SCEP is all certificate enrollment.';
COMMENT ON COLUMN uem.app_setting.origin IS 'Who made it, such as SYSTEM.';
COMMENT ON COLUMN uem.app_setting.device_count IS 'Devices that it is applied to.';
COMMENT ON COLUMN uem.app_setting.pending_count IS 'Devices that it is still to be applied to.';
COMMENT ON COLUMN uem.app_setting.quarantined_count IS 'Devices that it was removed from, as they violate a policy.';
COMMENT ON COLUMN uem.app_setting.label_ids IS 'Identifiers of the labels that it is assigned to; device_group.label_id has them.';
COMMENT ON COLUMN uem.app_setting.properties IS 'Its values by their keys, with secrets masked.';
COMMENT ON COLUMN uem.app_setting.extra IS 'Every property that no other column took.';
CREATE TABLE uem.appconnect_session (
    tenant text NOT NULL,
    app_id text NOT NULL,
    device_id text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    seconds bigint,
    zone_minutes bigint,
    bytes bigint,
    app_version text
);
COMMENT ON TABLE uem.appconnect_session IS 'One row for each session that an app asked for was used in.';
COMMENT ON COLUMN uem.appconnect_session.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.appconnect_session.app_id IS 'The app: a bundle identifier of iOS, or a package name of Android.';
COMMENT ON COLUMN uem.appconnect_session.device_id IS 'The device, as in the relation device where the server names it by its GUID.';
COMMENT ON COLUMN uem.appconnect_session.started_at IS 'When the app came to the foreground.';
COMMENT ON COLUMN uem.appconnect_session.seconds IS 'How long it stayed there.';
COMMENT ON COLUMN uem.appconnect_session.zone_minutes IS 'The time zone, in minutes east of UTC.';
COMMENT ON COLUMN uem.appconnect_session.bytes IS 'What the app transferred; the guide says that this is under construction.';
COMMENT ON COLUMN uem.appconnect_session.app_version IS 'Version of the app.';
CREATE TABLE uem.carrier (
    tenant text NOT NULL,
    carrier_id text NOT NULL,
    carrier_short_name text,
    carrier_type text,
    country_code text,
    country_id text,
    country_name text,
    enabled boolean,
    extra jsonb
);
COMMENT ON TABLE uem.carrier IS 'One row for each operator that a Core offers at registration, or could.';
COMMENT ON COLUMN uem.carrier.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.carrier.carrier_id IS 'Identifier of the operator.';
COMMENT ON COLUMN uem.carrier.carrier_short_name IS 'Name of the operator; device.operator has it.';
COMMENT ON COLUMN uem.carrier.carrier_type IS 'Mobile or Fixed.';
COMMENT ON COLUMN uem.carrier.country_code IS 'The country''s calling code, such as 1.';
COMMENT ON COLUMN uem.carrier.country_id IS 'Identifier of the country on this server.';
COMMENT ON COLUMN uem.carrier.country_name IS 'The country, as in the relation country.';
COMMENT ON COLUMN uem.carrier.enabled IS 'The operator is offered at registration.';
COMMENT ON COLUMN uem.carrier.extra IS 'Every property that no other column took.';
CREATE TABLE uem.country (
    tenant text NOT NULL,
    country_name text NOT NULL,
    country_code text,
    iso_alpha2_code text,
    enabled_for_registration boolean,
    extra jsonb
);
COMMENT ON TABLE uem.country IS 'One row for each country that a Core offers at registration, or could.';
COMMENT ON COLUMN uem.country.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.country.country_name IS 'Name of the country; device.country_name has it.';
COMMENT ON COLUMN uem.country.country_code IS 'Its calling code, such as 91.';
COMMENT ON COLUMN uem.country.iso_alpha2_code IS 'Its two letters by ISO 3166-1, such as IN.';
COMMENT ON COLUMN uem.country.enabled_for_registration IS 'The country is offered at registration.';
COMMENT ON COLUMN uem.country.extra IS 'Every property that no other column took.';
CREATE TABLE uem.device (
    tenant text NOT NULL,
    device_id text NOT NULL,
    device_guid uuid,
    identifier text,
    status text,
    source_status text,
    compliant boolean,
    quarantined boolean,
    blocked boolean,
    compromised boolean,
    compliance_reasons text[],
    quarantine_reasons text[],
    block_reasons text[],
    compliance_code bigint,
    quarantine_code bigint,
    block_code bigint,
    os text,
    os_version text,
    source_platform text,
    manufacturer text,
    model text,
    serial_number text,
    imei text,
    imsi text,
    phone_number text,
    mac_address text,
    ios_udid text,
    ownership text,
    user_id text,
    user_uuid text,
    user_display_name text,
    email_address text,
    comment text,
    country_name text,
    operator text,
    home_operator text,
    mdm_managed boolean,
    encrypted boolean,
    passcode_present boolean,
    client_version text,
    eas_uuid text,
    eas_last_sync_at timestamp with time zone,
    registered_at timestamp with time zone,
    last_check_in_at timestamp with time zone,
    custom_attributes jsonb,
    details jsonb,
    extra jsonb
);
COMMENT ON TABLE uem.device IS 'One row for each device that the tenant has now.';
COMMENT ON COLUMN uem.device.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device.device_id IS 'The device GUID in lower case; `mdm:` and the identifier for a device without one.';
COMMENT ON COLUMN uem.device.device_guid IS 'The device GUID.';
COMMENT ON COLUMN uem.device.identifier IS 'The UEM (MDM) identifier; its form differs by operating system, MAM-only devices have none.';
COMMENT ON COLUMN uem.device.status IS 'ACTIVE, RETIRED, WIPED, WIPE_SENT, RETIRE_SENT, ENROLLMENT_PENDING or UNKNOWN; on Core also INFECTED, LOST, EXPIRED.';
COMMENT ON COLUMN uem.device.source_status IS 'The status in the server''s own word.';
COMMENT ON COLUMN uem.device.compliant IS 'The device meets the rules of the administrator.';
COMMENT ON COLUMN uem.device.quarantined IS 'A quarantine action is in force.';
COMMENT ON COLUMN uem.device.blocked IS 'The device violates a policy that has a compliance action.';
COMMENT ON COLUMN uem.device.compromised IS 'Jailbroken or rooted.';
COMMENT ON COLUMN uem.device.compliance_reasons IS 'Why it is not compliant; Core only.';
COMMENT ON COLUMN uem.device.quarantine_reasons IS 'Why it is quarantined; Core only.';
COMMENT ON COLUMN uem.device.block_reasons IS 'Why it is blocked; Core only.';
COMMENT ON COLUMN uem.device.compliance_code IS 'The reasons as the server''s bitmap; Core only.';
COMMENT ON COLUMN uem.device.quarantine_code IS 'The quarantine reasons as the server''s bitmap; Core only.';
COMMENT ON COLUMN uem.device.block_code IS 'The block reasons as the server''s bitmap; Core only.';
COMMENT ON COLUMN uem.device.os IS 'ANDROID, IOS, OSX, WINDOWS or UNKNOWN.';
COMMENT ON COLUMN uem.device.os_version IS 'Version of the operating system.';
COMMENT ON COLUMN uem.device.source_platform IS 'The platform in the server''s own words; Core only.';
COMMENT ON COLUMN uem.device.manufacturer IS 'Manufacturer.';
COMMENT ON COLUMN uem.device.model IS 'Model.';
COMMENT ON COLUMN uem.device.serial_number IS 'Serial number.';
COMMENT ON COLUMN uem.device.imei IS 'IMEI, digits only where it is digits and blanks.';
COMMENT ON COLUMN uem.device.imsi IS 'IMSI, digits only where it is digits and blanks.';
COMMENT ON COLUMN uem.device.phone_number IS 'Phone number as the server gives it.';
COMMENT ON COLUMN uem.device.mac_address IS 'Wi-Fi MAC address, as b0:65:bd:33:fe:2b.';
COMMENT ON COLUMN uem.device.ios_udid IS 'UDID of an iOS device.';
COMMENT ON COLUMN uem.device.ownership IS 'COMPANY, EMPLOYEE or UNKNOWN.';
COMMENT ON COLUMN uem.device.user_id IS 'User name of the device''s user.';
COMMENT ON COLUMN uem.device.user_uuid IS 'Identifier of the device''s user.';
COMMENT ON COLUMN uem.device.user_display_name IS 'The user''s name; Core only.';
COMMENT ON COLUMN uem.device.email_address IS 'The user''s e-mail address; Core only.';
COMMENT ON COLUMN uem.device.comment IS 'An administrator''s comment; Core only.';
COMMENT ON COLUMN uem.device.country_name IS 'Country; Core only.';
COMMENT ON COLUMN uem.device.operator IS 'Mobile operator; Core only.';
COMMENT ON COLUMN uem.device.home_operator IS 'Home operator; Core only.';
COMMENT ON COLUMN uem.device.mdm_managed IS 'Managed by MDM; Core only.';
COMMENT ON COLUMN uem.device.encrypted IS 'Storage is encrypted, as the device reports; Core only.';
COMMENT ON COLUMN uem.device.passcode_present IS 'A passcode is set, as the device reports; Core only.';
COMMENT ON COLUMN uem.device.client_version IS 'Version of the client app; Core only.';
COMMENT ON COLUMN uem.device.eas_uuid IS 'Identifier of the ActiveSync record; Core only.';
COMMENT ON COLUMN uem.device.eas_last_sync_at IS 'Last ActiveSync synchronisation; Core only.';
COMMENT ON COLUMN uem.device.registered_at IS 'When the device was registered.';
COMMENT ON COLUMN uem.device.last_check_in_at IS 'When the device last checked in with the server.';
COMMENT ON COLUMN uem.device.custom_attributes IS 'Custom device attributes, from both spellings of the server.';
COMMENT ON COLUMN uem.device.details IS 'Key-value pairs as the server gave them, with secrets masked; Core only.';
COMMENT ON COLUMN uem.device.extra IS 'Every property that no other column took.';
CREATE TABLE uem.device_app_item (
    item_id integer NOT NULL,
    holders bigint NOT NULL,
    tenant text NOT NULL,
    digest uuid NOT NULL,
    identifier text,
    name text,
    version text,
    short_version text,
    bundle_version text,
    external_version_identifier text,
    managed boolean,
    source text,
    ad_hoc_code_signed boolean,
    app_store_vendable boolean,
    beta_app boolean,
    device_based_vpp boolean,
    update_available boolean,
    installing boolean,
    validated boolean,
    extra jsonb
)
WITH (fillfactor='90');
COMMENT ON TABLE uem.device_app_item IS 'Rows, each once for a tenant; holders says how many lists have it.';
COMMENT ON COLUMN uem.device_app_item.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_app_item.digest IS 'What tells the row from others.';
COMMENT ON COLUMN uem.device_app_item.identifier IS 'Identifier of the app, such as its bundle id; some apps have an empty one.';
COMMENT ON COLUMN uem.device_app_item.name IS 'Name of the app.';
COMMENT ON COLUMN uem.device_app_item.version IS 'Version of the app.';
COMMENT ON COLUMN uem.device_app_item.short_version IS 'The short version.';
COMMENT ON COLUMN uem.device_app_item.bundle_version IS 'The bundle version.';
COMMENT ON COLUMN uem.device_app_item.external_version_identifier IS 'Identifier of the version in the app store.';
COMMENT ON COLUMN uem.device_app_item.managed IS 'The UEM server manages the app.';
COMMENT ON COLUMN uem.device_app_item.source IS 'Where the app comes from, in the server''s words, such as PUBLIC.';
COMMENT ON COLUMN uem.device_app_item.ad_hoc_code_signed IS 'Signed for ad-hoc distribution.';
COMMENT ON COLUMN uem.device_app_item.app_store_vendable IS 'From the app store.';
COMMENT ON COLUMN uem.device_app_item.beta_app IS 'A beta version.';
COMMENT ON COLUMN uem.device_app_item.device_based_vpp IS 'Licensed to the device by the volume purchase program.';
COMMENT ON COLUMN uem.device_app_item.update_available IS 'An update is available.';
COMMENT ON COLUMN uem.device_app_item.installing IS 'It is being installed.';
COMMENT ON COLUMN uem.device_app_item.validated IS 'The device trusts it to run.';
COMMENT ON COLUMN uem.device_app_item.extra IS 'Every property that no other column took.';
CREATE TABLE uem.device_app_list (
    tenant text NOT NULL,
    device_id text NOT NULL,
    items integer[] NOT NULL
)
WITH (fillfactor='90');
COMMENT ON TABLE uem.device_app_list IS 'Which rows belong together: their numbers, in the order of their digests.';
COMMENT ON COLUMN uem.device_app_list.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_app_list.device_id IS 'The device, as in the relation device.';
CREATE VIEW uem.device_app AS
 SELECT l.tenant,
    l.device_id,
    i.identifier,
    i.name,
    i.version,
    i.short_version,
    i.bundle_version,
    i.external_version_identifier,
    i.managed,
    i.source,
    i.ad_hoc_code_signed,
    i.app_store_vendable,
    i.beta_app,
    i.device_based_vpp,
    i.update_available,
    i.installing,
    i.validated,
    i.extra
   FROM (( SELECT device_app_list.tenant,
            device_app_list.device_id,
            unnest(device_app_list.items) AS item_id
           FROM uem.device_app_list) l
     JOIN uem.device_app_item i USING (item_id));
COMMENT ON VIEW uem.device_app IS 'One row for each app that a device has, as it reported them.';
COMMENT ON COLUMN uem.device_app.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_app.device_id IS 'The device, as in the relation device.';
COMMENT ON COLUMN uem.device_app.identifier IS 'Identifier of the app, such as its bundle id; some apps have an empty one.';
COMMENT ON COLUMN uem.device_app.name IS 'Name of the app.';
COMMENT ON COLUMN uem.device_app.version IS 'Version of the app.';
COMMENT ON COLUMN uem.device_app.short_version IS 'The short version.';
COMMENT ON COLUMN uem.device_app.bundle_version IS 'The bundle version.';
COMMENT ON COLUMN uem.device_app.external_version_identifier IS 'Identifier of the version in the app store.';
COMMENT ON COLUMN uem.device_app.managed IS 'The UEM server manages the app.';
COMMENT ON COLUMN uem.device_app.source IS 'Where the app comes from, in the server''s words, such as PUBLIC.';
COMMENT ON COLUMN uem.device_app.ad_hoc_code_signed IS 'Signed for ad-hoc distribution.';
COMMENT ON COLUMN uem.device_app.app_store_vendable IS 'From the app store.';
COMMENT ON COLUMN uem.device_app.beta_app IS 'A beta version.';
COMMENT ON COLUMN uem.device_app.device_based_vpp IS 'Licensed to the device by the volume purchase program.';
COMMENT ON COLUMN uem.device_app.update_available IS 'An update is available.';
COMMENT ON COLUMN uem.device_app.installing IS 'It is being installed.';
COMMENT ON COLUMN uem.device_app.validated IS 'The device trusts it to run.';
COMMENT ON COLUMN uem.device_app.extra IS 'Every property that no other column took.';
ALTER TABLE uem.device_app_item ALTER COLUMN item_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME uem.device_app_item_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE uem.device_configuration (
    tenant text NOT NULL,
    device_id text NOT NULL,
    profile_type text NOT NULL,
    profile_id text NOT NULL,
    uuid text,
    name text,
    category text,
    status text,
    updated_at timestamp with time zone,
    extra jsonb
);
COMMENT ON TABLE uem.device_configuration IS 'One row for each policy and each configuration of a device of a Core.';
COMMENT ON COLUMN uem.device_configuration.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_configuration.device_id IS 'The device, as in the relation device.';
COMMENT ON COLUMN uem.device_configuration.profile_type IS 'POLICY for a policy, APP for a configuration (app setting).';
COMMENT ON COLUMN uem.device_configuration.profile_id IS 'Identifier of the policy, as in the relation policy, or of the configuration, as in app_setting.';
COMMENT ON COLUMN uem.device_configuration.uuid IS 'Unique identifier of the policy or configuration; it may have none.';
COMMENT ON COLUMN uem.device_configuration.name IS 'Name of the policy or configuration.';
COMMENT ON COLUMN uem.device_configuration.category IS 'What it is about, such as SECURITY or MDM.';
COMMENT ON COLUMN uem.device_configuration.status IS 'How far it is applied, such as Applied.';
COMMENT ON COLUMN uem.device_configuration.updated_at IS 'When that status last changed.';
COMMENT ON COLUMN uem.device_configuration.extra IS 'Every property that no other column took.';
CREATE VIEW uem.device_app_setting AS
 SELECT device_configuration.tenant,
    device_configuration.device_id,
    device_configuration.profile_id,
    device_configuration.uuid,
    device_configuration.name,
    device_configuration.category,
    device_configuration.status,
    device_configuration.updated_at,
    device_configuration.extra
   FROM uem.device_configuration
  WHERE (device_configuration.profile_type = 'APP'::text);
COMMENT ON VIEW uem.device_app_setting IS 'The configurations of each device of a Core: the rows of device_configuration of type APP.';
COMMENT ON COLUMN uem.device_app_setting.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_app_setting.device_id IS 'The device, as in the relation device.';
COMMENT ON COLUMN uem.device_app_setting.profile_id IS 'Identifier of the policy, as in the relation policy, or of the configuration, as in app_setting.';
COMMENT ON COLUMN uem.device_app_setting.uuid IS 'Unique identifier of the policy or configuration; it may have none.';
COMMENT ON COLUMN uem.device_app_setting.name IS 'Name of the policy or configuration.';
COMMENT ON COLUMN uem.device_app_setting.category IS 'What it is about, such as SECURITY or MDM.';
COMMENT ON COLUMN uem.device_app_setting.status IS 'How far it is applied, such as Applied.';
COMMENT ON COLUMN uem.device_app_setting.updated_at IS 'When that status last changed.';
COMMENT ON COLUMN uem.device_app_setting.extra IS 'Every property that no other column took.';
CREATE TABLE uem.device_certificate_item (
    item_id integer NOT NULL,
    holders bigint NOT NULL,
    tenant text NOT NULL,
    digest uuid NOT NULL,
    thumbprint text,
    serial_number text,
    subject text,
    subject_cn text,
    issuer text,
    issuer_cn text,
    identity boolean,
    not_before timestamp with time zone,
    not_after timestamp with time zone,
    extra jsonb
)
WITH (fillfactor='90');
COMMENT ON TABLE uem.device_certificate_item IS 'Rows, each once for a tenant; holders says how many lists have it.';
COMMENT ON COLUMN uem.device_certificate_item.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_certificate_item.digest IS 'What tells the row from others.';
COMMENT ON COLUMN uem.device_certificate_item.thumbprint IS 'SHA-1 of the certificate in lower-case hexadecimal digits.';
COMMENT ON COLUMN uem.device_certificate_item.serial_number IS 'Serial number as the server gives it.';
COMMENT ON COLUMN uem.device_certificate_item.subject IS 'Distinguished name of the holder.';
COMMENT ON COLUMN uem.device_certificate_item.subject_cn IS 'Common name of the holder; NULL where the name has none.';
COMMENT ON COLUMN uem.device_certificate_item.issuer IS 'Distinguished name of the issuer.';
COMMENT ON COLUMN uem.device_certificate_item.issuer_cn IS 'Common name of the issuer; NULL where the name has none.';
COMMENT ON COLUMN uem.device_certificate_item.identity IS 'An identity: the device has the private key too.';
COMMENT ON COLUMN uem.device_certificate_item.not_before IS 'Valid from this time on.';
COMMENT ON COLUMN uem.device_certificate_item.not_after IS 'Valid until this time.';
COMMENT ON COLUMN uem.device_certificate_item.extra IS 'Every property that no other column took.';
CREATE TABLE uem.device_certificate_list (
    tenant text NOT NULL,
    device_id text NOT NULL,
    items integer[] NOT NULL
)
WITH (fillfactor='90');
COMMENT ON TABLE uem.device_certificate_list IS 'Which rows belong together: their numbers, in the order of their digests.';
COMMENT ON COLUMN uem.device_certificate_list.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_certificate_list.device_id IS 'The device, as in the relation device.';
CREATE VIEW uem.device_certificate AS
 SELECT l.tenant,
    l.device_id,
    i.thumbprint,
    i.serial_number,
    i.subject,
    i.subject_cn,
    i.issuer,
    i.issuer_cn,
    i.identity,
    i.not_before,
    i.not_after,
    i.extra
   FROM (( SELECT device_certificate_list.tenant,
            device_certificate_list.device_id,
            unnest(device_certificate_list.items) AS item_id
           FROM uem.device_certificate_list) l
     JOIN uem.device_certificate_item i USING (item_id));
COMMENT ON VIEW uem.device_certificate IS 'One row for each certificate that an iOS device has.';
COMMENT ON COLUMN uem.device_certificate.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_certificate.device_id IS 'The device, as in the relation device.';
COMMENT ON COLUMN uem.device_certificate.thumbprint IS 'SHA-1 of the certificate in lower-case hexadecimal digits.';
COMMENT ON COLUMN uem.device_certificate.serial_number IS 'Serial number as the server gives it.';
COMMENT ON COLUMN uem.device_certificate.subject IS 'Distinguished name of the holder.';
COMMENT ON COLUMN uem.device_certificate.subject_cn IS 'Common name of the holder; NULL where the name has none.';
COMMENT ON COLUMN uem.device_certificate.issuer IS 'Distinguished name of the issuer.';
COMMENT ON COLUMN uem.device_certificate.issuer_cn IS 'Common name of the issuer; NULL where the name has none.';
COMMENT ON COLUMN uem.device_certificate.identity IS 'An identity: the device has the private key too.';
COMMENT ON COLUMN uem.device_certificate.not_before IS 'Valid from this time on.';
COMMENT ON COLUMN uem.device_certificate.not_after IS 'Valid until this time.';
COMMENT ON COLUMN uem.device_certificate.extra IS 'Every property that no other column took.';
ALTER TABLE uem.device_certificate_item ALTER COLUMN item_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME uem.device_certificate_item_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE uem.device_fetch (
    tenant text NOT NULL,
    device_id text NOT NULL,
    entity text NOT NULL,
    fetched_at timestamp with time zone,
    check_in_at timestamp with time zone,
    outcome text,
    rows bigint,
    digest text
);
COMMENT ON TABLE uem.device_fetch IS 'What is known of the inventory of each device: when it was fetched, and how that ended.';
COMMENT ON COLUMN uem.device_fetch.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_fetch.device_id IS 'The device that was asked for.';
COMMENT ON COLUMN uem.device_fetch.entity IS 'What of it was asked for, such as device_app.';
COMMENT ON COLUMN uem.device_fetch.fetched_at IS 'When it was asked for last; in device_group_member, when that last changed.';
COMMENT ON COLUMN uem.device_fetch.check_in_at IS 'When the device had last checked in then.';
COMMENT ON COLUMN uem.device_fetch.outcome IS 'complete, unanswered (the answer lacked the device) or failed.';
COMMENT ON COLUMN uem.device_fetch.rows IS 'How many rows the device has in the entity.';
COMMENT ON COLUMN uem.device_fetch.digest IS 'Of these rows; with an equal one nothing is loaded.';
CREATE TABLE uem.device_group (
    tenant text NOT NULL,
    group_id text NOT NULL,
    name text,
    description text,
    definition text,
    is_static boolean,
    label_id bigint,
    device_count bigint,
    extra jsonb
);
COMMENT ON TABLE uem.device_group IS 'One row for each device group (on Core, label).';
COMMENT ON COLUMN uem.device_group.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_group.group_id IS 'Identifier of the group; `label:` and label_id for a label that CPS does not tell.';
COMMENT ON COLUMN uem.device_group.name IS 'Name of the group.';
COMMENT ON COLUMN uem.device_group.description IS 'Description of the group.';
COMMENT ON COLUMN uem.device_group.definition IS 'Filter by which devices are in the group; NULL for a group without one.';
COMMENT ON COLUMN uem.device_group.is_static IS 'Devices are added by hand. On Cloud false for a group with a definition, else NULL.';
COMMENT ON COLUMN uem.device_group.label_id IS 'Identifier of the label; Core only. Default labels have negative ones.';
COMMENT ON COLUMN uem.device_group.device_count IS 'Devices in the label by Core''s own count; Core only.';
COMMENT ON COLUMN uem.device_group.extra IS 'Every property that no other column took.';
CREATE TABLE uem.device_group_member_item (
    item_id integer NOT NULL,
    holders bigint NOT NULL,
    tenant text NOT NULL,
    digest uuid NOT NULL,
    group_id text
)
WITH (fillfactor='90');
COMMENT ON TABLE uem.device_group_member_item IS 'Rows, each once for a tenant; holders says how many lists have it.';
COMMENT ON COLUMN uem.device_group_member_item.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_group_member_item.digest IS 'What tells the row from others.';
COMMENT ON COLUMN uem.device_group_member_item.group_id IS 'The group, as in the relation device_group.';
CREATE TABLE uem.device_group_member_list (
    tenant text NOT NULL,
    device_id text NOT NULL,
    items integer[] NOT NULL
)
WITH (fillfactor='90');
COMMENT ON TABLE uem.device_group_member_list IS 'Which rows belong together: their numbers, in the order of their digests.';
COMMENT ON COLUMN uem.device_group_member_list.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_group_member_list.device_id IS 'The device, as in the relation device.';
CREATE VIEW uem.device_group_member AS
 SELECT l.tenant,
    i.group_id,
    l.device_id
   FROM (( SELECT device_group_member_list.tenant,
            device_group_member_list.device_id,
            unnest(device_group_member_list.items) AS item_id
           FROM uem.device_group_member_list) l
     JOIN uem.device_group_member_item i USING (item_id));
COMMENT ON VIEW uem.device_group_member IS 'One row for each device in each of its device groups.';
COMMENT ON COLUMN uem.device_group_member.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_group_member.group_id IS 'The group, as in the relation device_group.';
COMMENT ON COLUMN uem.device_group_member.device_id IS 'The device, as in the relation device.';
ALTER TABLE uem.device_group_member_item ALTER COLUMN item_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME uem.device_group_member_item_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE uem.device_history (
    tenant text NOT NULL,
    device_id text NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    device_guid uuid,
    identifier text,
    status text,
    source_status text,
    compliant boolean,
    quarantined boolean,
    blocked boolean,
    compromised boolean,
    compliance_reasons text[],
    quarantine_reasons text[],
    block_reasons text[],
    compliance_code bigint,
    quarantine_code bigint,
    block_code bigint,
    os text,
    os_version text,
    source_platform text,
    manufacturer text,
    model text,
    serial_number text,
    imei text,
    imsi text,
    phone_number text,
    mac_address text,
    ios_udid text,
    ownership text,
    user_id text,
    user_uuid text,
    user_display_name text,
    email_address text,
    comment text,
    country_name text,
    operator text,
    home_operator text,
    mdm_managed boolean,
    encrypted boolean,
    passcode_present boolean,
    client_version text,
    eas_uuid text,
    registered_at timestamp with time zone,
    custom_attributes jsonb
);
COMMENT ON TABLE uem.device_history IS 'Every state that a device was in, with the time in which it was: a device that left is here alone.';
COMMENT ON COLUMN uem.device_history.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_history.device_id IS 'The device GUID in lower case; `mdm:` and the identifier for a device without one.';
COMMENT ON COLUMN uem.device_history.valid_from IS 'The start of the run that found the device in this state.';
COMMENT ON COLUMN uem.device_history.valid_to IS 'The start of the run that found it in another one, or gone; NULL: it is so now.';
COMMENT ON COLUMN uem.device_history.device_guid IS 'The device GUID.';
COMMENT ON COLUMN uem.device_history.identifier IS 'The UEM (MDM) identifier; its form differs by operating system, MAM-only devices have none.';
COMMENT ON COLUMN uem.device_history.status IS 'ACTIVE, RETIRED, WIPED, WIPE_SENT, RETIRE_SENT, ENROLLMENT_PENDING or UNKNOWN; on Core also INFECTED, LOST, EXPIRED.';
COMMENT ON COLUMN uem.device_history.source_status IS 'The status in the server''s own word.';
COMMENT ON COLUMN uem.device_history.compliant IS 'The device meets the rules of the administrator.';
COMMENT ON COLUMN uem.device_history.quarantined IS 'A quarantine action is in force.';
COMMENT ON COLUMN uem.device_history.blocked IS 'The device violates a policy that has a compliance action.';
COMMENT ON COLUMN uem.device_history.compromised IS 'Jailbroken or rooted.';
COMMENT ON COLUMN uem.device_history.compliance_reasons IS 'Why it is not compliant; Core only.';
COMMENT ON COLUMN uem.device_history.quarantine_reasons IS 'Why it is quarantined; Core only.';
COMMENT ON COLUMN uem.device_history.block_reasons IS 'Why it is blocked; Core only.';
COMMENT ON COLUMN uem.device_history.compliance_code IS 'The reasons as the server''s bitmap; Core only.';
COMMENT ON COLUMN uem.device_history.quarantine_code IS 'The quarantine reasons as the server''s bitmap; Core only.';
COMMENT ON COLUMN uem.device_history.block_code IS 'The block reasons as the server''s bitmap; Core only.';
COMMENT ON COLUMN uem.device_history.os IS 'ANDROID, IOS, OSX, WINDOWS or UNKNOWN.';
COMMENT ON COLUMN uem.device_history.os_version IS 'Version of the operating system.';
COMMENT ON COLUMN uem.device_history.source_platform IS 'The platform in the server''s own words; Core only.';
COMMENT ON COLUMN uem.device_history.manufacturer IS 'Manufacturer.';
COMMENT ON COLUMN uem.device_history.model IS 'Model.';
COMMENT ON COLUMN uem.device_history.serial_number IS 'Serial number.';
COMMENT ON COLUMN uem.device_history.imei IS 'IMEI, digits only where it is digits and blanks.';
COMMENT ON COLUMN uem.device_history.imsi IS 'IMSI, digits only where it is digits and blanks.';
COMMENT ON COLUMN uem.device_history.phone_number IS 'Phone number as the server gives it.';
COMMENT ON COLUMN uem.device_history.mac_address IS 'Wi-Fi MAC address, as b0:65:bd:33:fe:2b.';
COMMENT ON COLUMN uem.device_history.ios_udid IS 'UDID of an iOS device.';
COMMENT ON COLUMN uem.device_history.ownership IS 'COMPANY, EMPLOYEE or UNKNOWN.';
COMMENT ON COLUMN uem.device_history.user_id IS 'User name of the device''s user.';
COMMENT ON COLUMN uem.device_history.user_uuid IS 'Identifier of the device''s user.';
COMMENT ON COLUMN uem.device_history.user_display_name IS 'The user''s name; Core only.';
COMMENT ON COLUMN uem.device_history.email_address IS 'The user''s e-mail address; Core only.';
COMMENT ON COLUMN uem.device_history.comment IS 'An administrator''s comment; Core only.';
COMMENT ON COLUMN uem.device_history.country_name IS 'Country; Core only.';
COMMENT ON COLUMN uem.device_history.operator IS 'Mobile operator; Core only.';
COMMENT ON COLUMN uem.device_history.home_operator IS 'Home operator; Core only.';
COMMENT ON COLUMN uem.device_history.mdm_managed IS 'Managed by MDM; Core only.';
COMMENT ON COLUMN uem.device_history.encrypted IS 'Storage is encrypted, as the device reports; Core only.';
COMMENT ON COLUMN uem.device_history.passcode_present IS 'A passcode is set, as the device reports; Core only.';
COMMENT ON COLUMN uem.device_history.client_version IS 'Version of the client app; Core only.';
COMMENT ON COLUMN uem.device_history.eas_uuid IS 'Identifier of the ActiveSync record; Core only.';
COMMENT ON COLUMN uem.device_history.registered_at IS 'When the device was registered.';
COMMENT ON COLUMN uem.device_history.custom_attributes IS 'Custom device attributes, from both spellings of the server.';
CREATE TABLE uem.device_location (
    tenant text NOT NULL,
    device_id text NOT NULL,
    captured_at timestamp with time zone,
    latitude double precision,
    longitude double precision
);
COMMENT ON TABLE uem.device_location IS 'One row for each device whose location the server knows.';
COMMENT ON COLUMN uem.device_location.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_location.device_id IS 'The device, as in the relation device.';
COMMENT ON COLUMN uem.device_location.captured_at IS 'When the device was there.';
COMMENT ON COLUMN uem.device_location.latitude IS 'Latitude in degrees, as the server gives it.';
COMMENT ON COLUMN uem.device_location.longitude IS 'Longitude in degrees, as the server gives it.';
CREATE VIEW uem.device_policy AS
 SELECT device_configuration.tenant,
    device_configuration.device_id,
    device_configuration.profile_id,
    device_configuration.uuid,
    device_configuration.name,
    device_configuration.category,
    device_configuration.status,
    device_configuration.updated_at,
    device_configuration.extra
   FROM uem.device_configuration
  WHERE (device_configuration.profile_type = 'POLICY'::text);
COMMENT ON VIEW uem.device_policy IS 'The policies of each device of a Core: the rows of device_configuration of type POLICY.';
COMMENT ON COLUMN uem.device_policy.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_policy.device_id IS 'The device, as in the relation device.';
COMMENT ON COLUMN uem.device_policy.profile_id IS 'Identifier of the policy, as in the relation policy, or of the configuration, as in app_setting.';
COMMENT ON COLUMN uem.device_policy.uuid IS 'Unique identifier of the policy or configuration; it may have none.';
COMMENT ON COLUMN uem.device_policy.name IS 'Name of the policy or configuration.';
COMMENT ON COLUMN uem.device_policy.category IS 'What it is about, such as SECURITY or MDM.';
COMMENT ON COLUMN uem.device_policy.status IS 'How far it is applied, such as Applied.';
COMMENT ON COLUMN uem.device_policy.updated_at IS 'When that status last changed.';
COMMENT ON COLUMN uem.device_policy.extra IS 'Every property that no other column took.';
CREATE TABLE uem.device_profile_item (
    item_id integer NOT NULL,
    holders bigint NOT NULL,
    tenant text NOT NULL,
    digest uuid NOT NULL,
    uuid text,
    identifier text,
    display_name text,
    description text,
    organization text,
    version text,
    encrypted boolean,
    managed boolean,
    has_removal_passcode boolean,
    removal_disallowed boolean,
    content jsonb,
    extra jsonb
)
WITH (fillfactor='90');
COMMENT ON TABLE uem.device_profile_item IS 'Rows, each once for a tenant; holders says how many lists have it.';
COMMENT ON COLUMN uem.device_profile_item.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_profile_item.digest IS 'What tells the row from others.';
COMMENT ON COLUMN uem.device_profile_item.uuid IS 'Unique identifier of the profile; a profile may have none.';
COMMENT ON COLUMN uem.device_profile_item.identifier IS 'Identifier of the profile, such as com.example.profile.';
COMMENT ON COLUMN uem.device_profile_item.display_name IS 'Name of the profile.';
COMMENT ON COLUMN uem.device_profile_item.description IS 'Description of the profile.';
COMMENT ON COLUMN uem.device_profile_item.organization IS 'Organization that provided the profile.';
COMMENT ON COLUMN uem.device_profile_item.version IS 'Version of the profile''s format.';
COMMENT ON COLUMN uem.device_profile_item.encrypted IS 'The content is encrypted, and the server has none of it.';
COMMENT ON COLUMN uem.device_profile_item.managed IS 'The UEM server manages the profile.';
COMMENT ON COLUMN uem.device_profile_item.has_removal_passcode IS 'A passcode is needed to remove it.';
COMMENT ON COLUMN uem.device_profile_item.removal_disallowed IS 'The user cannot remove it.';
COMMENT ON COLUMN uem.device_profile_item.content IS 'Its payloads with secrets masked; NULL unless `profile_content` is set for the tenant.';
COMMENT ON COLUMN uem.device_profile_item.extra IS 'Every property that no other column took.';
CREATE TABLE uem.device_profile_list (
    tenant text NOT NULL,
    device_id text NOT NULL,
    items integer[] NOT NULL
)
WITH (fillfactor='90');
COMMENT ON TABLE uem.device_profile_list IS 'Which rows belong together: their numbers, in the order of their digests.';
COMMENT ON COLUMN uem.device_profile_list.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_profile_list.device_id IS 'The device, as in the relation device.';
CREATE VIEW uem.device_profile AS
 SELECT l.tenant,
    l.device_id,
    i.uuid,
    i.identifier,
    i.display_name,
    i.description,
    i.organization,
    i.version,
    i.encrypted,
    i.managed,
    i.has_removal_passcode,
    i.removal_disallowed,
    i.content,
    i.extra
   FROM (( SELECT device_profile_list.tenant,
            device_profile_list.device_id,
            unnest(device_profile_list.items) AS item_id
           FROM uem.device_profile_list) l
     JOIN uem.device_profile_item i USING (item_id));
COMMENT ON VIEW uem.device_profile IS 'One row for each profile that is installed on an iOS device.';
COMMENT ON COLUMN uem.device_profile.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_profile.device_id IS 'The device, as in the relation device.';
COMMENT ON COLUMN uem.device_profile.uuid IS 'Unique identifier of the profile; a profile may have none.';
COMMENT ON COLUMN uem.device_profile.identifier IS 'Identifier of the profile, such as com.example.profile.';
COMMENT ON COLUMN uem.device_profile.display_name IS 'Name of the profile.';
COMMENT ON COLUMN uem.device_profile.description IS 'Description of the profile.';
COMMENT ON COLUMN uem.device_profile.organization IS 'Organization that provided the profile.';
COMMENT ON COLUMN uem.device_profile.version IS 'Version of the profile''s format.';
COMMENT ON COLUMN uem.device_profile.encrypted IS 'The content is encrypted, and the server has none of it.';
COMMENT ON COLUMN uem.device_profile.managed IS 'The UEM server manages the profile.';
COMMENT ON COLUMN uem.device_profile.has_removal_passcode IS 'A passcode is needed to remove it.';
COMMENT ON COLUMN uem.device_profile.removal_disallowed IS 'The user cannot remove it.';
COMMENT ON COLUMN uem.device_profile.content IS 'Its payloads with secrets masked; NULL unless `profile_content` is set for the tenant.';
COMMENT ON COLUMN uem.device_profile.extra IS 'Every property that no other column took.';
ALTER TABLE uem.device_profile_item ALTER COLUMN item_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME uem.device_profile_item_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE uem.device_setting (
    tenant text NOT NULL,
    device_id text NOT NULL,
    setting text NOT NULL,
    enabled boolean
);
COMMENT ON TABLE uem.device_setting IS 'One row for each setting that an iOS device reported at its last check-in.';
COMMENT ON COLUMN uem.device_setting.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.device_setting.device_id IS 'The device, as in the relation device.';
COMMENT ON COLUMN uem.device_setting.setting IS 'DATA_ROAMING or PERSONAL_HOTSPOT.';
COMMENT ON COLUMN uem.device_setting.enabled IS 'The setting is on.';
CREATE TABLE uem.policy (
    tenant text NOT NULL,
    policy_id text NOT NULL,
    name text,
    origin text,
    category text,
    status text,
    active boolean,
    description text,
    priority bigint,
    device_count bigint,
    pending_count bigint,
    extra jsonb
);
COMMENT ON TABLE uem.policy IS 'One row for each policy of a Core; its rules are in policy_rule.';
COMMENT ON COLUMN uem.policy.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.policy.policy_id IS 'Identifier of the policy; those of default policies are negative.';
COMMENT ON COLUMN uem.policy.name IS 'Name of the policy.';
COMMENT ON COLUMN uem.policy.origin IS 'DEFAULT or ENTERPRISE.';
COMMENT ON COLUMN uem.policy.category IS 'What it is about, such as PRIVACY, SECURITY, LOCKDOWN or SYNC.';
COMMENT ON COLUMN uem.policy.status IS 'Active or Inactive.';
COMMENT ON COLUMN uem.policy.active IS 'The policy is active.';
COMMENT ON COLUMN uem.policy.description IS 'Description of the policy.';
COMMENT ON COLUMN uem.policy.priority IS 'Its priority among the policies of its category.';
COMMENT ON COLUMN uem.policy.device_count IS 'Devices that the policy is applied to.';
COMMENT ON COLUMN uem.policy.pending_count IS 'Devices that it is still to be applied to.';
COMMENT ON COLUMN uem.policy.extra IS 'Every property that no other column took.';
CREATE TABLE uem.policy_rule (
    tenant text NOT NULL,
    policy_id text NOT NULL,
    type text NOT NULL,
    value text,
    resources jsonb
);
COMMENT ON TABLE uem.policy_rule IS 'One row for each rule of a policy of a Core.';
COMMENT ON COLUMN uem.policy_rule.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.policy_rule.policy_id IS 'The policy, as in the relation policy.';
COMMENT ON COLUMN uem.policy_rule.type IS 'What the rule sets, such as SYNC_HEARTBEAT_INTERVAL.';
COMMENT ON COLUMN uem.policy_rule.value IS 'What it is set to, `***` for a secret; NULL where the rule has resources, or says nothing.';
COMMENT ON COLUMN uem.policy_rule.resources IS 'What a rule sets for each of several things, such as kinds of data: a list.';
CREATE TABLE uem.rejected_record (
    run_id text NOT NULL,
    ordinal bigint NOT NULL,
    tenant text,
    entity text,
    record_key text,
    reason text,
    payload text,
    payload_bytes bigint,
    payload_sha256 text,
    rejected_at timestamp with time zone
);
COMMENT ON TABLE uem.rejected_record IS 'Records of the server that could not be used, each with its reason.';
COMMENT ON COLUMN uem.rejected_record.run_id IS 'The run that met the record.';
COMMENT ON COLUMN uem.rejected_record.ordinal IS 'Its number among the run''s rejected records, from 1.';
COMMENT ON COLUMN uem.rejected_record.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.rejected_record.entity IS 'What the record was to be.';
COMMENT ON COLUMN uem.rejected_record.record_key IS 'The record''s key, or its device''s, where it is known.';
COMMENT ON COLUMN uem.rejected_record.reason IS 'Why it cannot be used.';
COMMENT ON COLUMN uem.rejected_record.payload IS 'The record as JSON, secrets masked; NULL beyond 64 KiB or where it is unreadable.';
COMMENT ON COLUMN uem.rejected_record.payload_bytes IS 'How long the record is, in bytes.';
COMMENT ON COLUMN uem.rejected_record.payload_sha256 IS 'SHA-256 of the record, where it could be read whole.';
COMMENT ON COLUMN uem.rejected_record.rejected_at IS 'When it was rejected.';
CREATE TABLE uem.schema_version (
    version integer NOT NULL,
    program text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_activesync_device (
    tenant text NOT NULL,
    eas_uuid text NOT NULL,
    access_group text,
    device_id text,
    eas_device_id text,
    domain text,
    mailbox_id text,
    user_name text,
    phone_number text,
    model text,
    platform text,
    status text,
    active_sync_status text,
    action_source text,
    first_sync_at timestamp with time zone,
    last_sync_at timestamp with time zone,
    extra jsonb,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_alert (
    tenant text NOT NULL,
    alert_id text NOT NULL,
    device_id text,
    dispatch_device_id text,
    user_uuid text,
    user_name text,
    label_id bigint,
    subscription text,
    type text,
    severity text,
    transport text,
    status text,
    is_read boolean,
    retries bigint,
    text text,
    alerted_at timestamp with time zone,
    updated_at timestamp with time zone,
    updated_by text,
    extra jsonb,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_app_catalog_item (
    tenant text NOT NULL,
    digest uuid NOT NULL,
    identifier text,
    platform text,
    name text,
    version text,
    build_number text,
    created_at timestamp with time zone,
    extra jsonb,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_app_catalog_list (
    tenant text NOT NULL,
    items integer[] NOT NULL,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_app_setting (
    tenant text NOT NULL,
    setting_id text NOT NULL,
    name text,
    description text,
    app_type text,
    origin text,
    device_count bigint,
    pending_count bigint,
    quarantined_count bigint,
    label_ids text[],
    properties jsonb,
    extra jsonb,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_appconnect_session (
    tenant text NOT NULL,
    app_id text NOT NULL,
    device_id text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    seconds bigint,
    zone_minutes bigint,
    bytes bigint,
    app_version text,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_carrier (
    tenant text NOT NULL,
    carrier_id text NOT NULL,
    carrier_short_name text,
    carrier_type text,
    country_code text,
    country_id text,
    country_name text,
    enabled boolean,
    extra jsonb,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_country (
    tenant text NOT NULL,
    country_name text NOT NULL,
    country_code text,
    iso_alpha2_code text,
    enabled_for_registration boolean,
    extra jsonb,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_device (
    tenant text NOT NULL,
    device_id text NOT NULL,
    device_guid uuid,
    identifier text,
    status text,
    source_status text,
    compliant boolean,
    quarantined boolean,
    blocked boolean,
    compromised boolean,
    compliance_reasons text[],
    quarantine_reasons text[],
    block_reasons text[],
    compliance_code bigint,
    quarantine_code bigint,
    block_code bigint,
    os text,
    os_version text,
    source_platform text,
    manufacturer text,
    model text,
    serial_number text,
    imei text,
    imsi text,
    phone_number text,
    mac_address text,
    ios_udid text,
    ownership text,
    user_id text,
    user_uuid text,
    user_display_name text,
    email_address text,
    comment text,
    country_name text,
    operator text,
    home_operator text,
    mdm_managed boolean,
    encrypted boolean,
    passcode_present boolean,
    client_version text,
    eas_uuid text,
    eas_last_sync_at timestamp with time zone,
    registered_at timestamp with time zone,
    last_check_in_at timestamp with time zone,
    custom_attributes jsonb,
    details jsonb,
    extra jsonb,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_device_app_item (
    tenant text NOT NULL,
    digest uuid NOT NULL,
    identifier text,
    name text,
    version text,
    short_version text,
    bundle_version text,
    external_version_identifier text,
    managed boolean,
    source text,
    ad_hoc_code_signed boolean,
    app_store_vendable boolean,
    beta_app boolean,
    device_based_vpp boolean,
    update_available boolean,
    installing boolean,
    validated boolean,
    extra jsonb,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_device_app_list (
    tenant text NOT NULL,
    device_id text NOT NULL,
    items integer[] NOT NULL,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_device_certificate_item (
    tenant text NOT NULL,
    digest uuid NOT NULL,
    thumbprint text,
    serial_number text,
    subject text,
    subject_cn text,
    issuer text,
    issuer_cn text,
    identity boolean,
    not_before timestamp with time zone,
    not_after timestamp with time zone,
    extra jsonb,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_device_certificate_list (
    tenant text NOT NULL,
    device_id text NOT NULL,
    items integer[] NOT NULL,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_device_configuration (
    tenant text NOT NULL,
    device_id text NOT NULL,
    profile_type text NOT NULL,
    profile_id text NOT NULL,
    uuid text,
    name text,
    category text,
    status text,
    updated_at timestamp with time zone,
    extra jsonb,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_device_fetch (
    tenant text NOT NULL,
    device_id text NOT NULL,
    entity text NOT NULL,
    fetched_at timestamp with time zone,
    check_in_at timestamp with time zone,
    outcome text,
    rows bigint,
    digest text,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_device_group (
    tenant text NOT NULL,
    group_id text NOT NULL,
    name text,
    description text,
    definition text,
    is_static boolean,
    label_id bigint,
    device_count bigint,
    extra jsonb,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_device_group_member_item (
    tenant text NOT NULL,
    digest uuid NOT NULL,
    group_id text,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_device_group_member_list (
    tenant text NOT NULL,
    device_id text NOT NULL,
    items integer[] NOT NULL,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_device_location (
    tenant text NOT NULL,
    device_id text NOT NULL,
    captured_at timestamp with time zone,
    latitude double precision,
    longitude double precision,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_device_profile_item (
    tenant text NOT NULL,
    digest uuid NOT NULL,
    uuid text,
    identifier text,
    display_name text,
    description text,
    organization text,
    version text,
    encrypted boolean,
    managed boolean,
    has_removal_passcode boolean,
    removal_disallowed boolean,
    content jsonb,
    extra jsonb,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_device_profile_list (
    tenant text NOT NULL,
    device_id text NOT NULL,
    items integer[] NOT NULL,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_device_setting (
    tenant text NOT NULL,
    device_id text NOT NULL,
    setting text NOT NULL,
    enabled boolean,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_policy (
    tenant text NOT NULL,
    policy_id text NOT NULL,
    name text,
    origin text,
    category text,
    status text,
    active boolean,
    description text,
    priority bigint,
    device_count bigint,
    pending_count bigint,
    extra jsonb,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_policy_rule (
    tenant text NOT NULL,
    policy_id text NOT NULL,
    type text NOT NULL,
    value text,
    resources jsonb,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_rejected_record (
    run_id text NOT NULL,
    ordinal bigint NOT NULL,
    tenant text,
    entity text,
    record_key text,
    reason text,
    payload text,
    payload_bytes bigint,
    payload_sha256 text,
    rejected_at timestamp with time zone,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_removal (
    tenant text NOT NULL,
    relation text NOT NULL,
    key text[] NOT NULL,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_replace (
    tenant text NOT NULL,
    relation text NOT NULL,
    owner text NOT NULL,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_run (
    tenant text NOT NULL,
    fingerprint text,
    stage_order bigint NOT NULL
);
CREATE UNLOGGED TABLE uem.stage_user_account (
    tenant text NOT NULL,
    user_id text NOT NULL,
    user_uuid text,
    email_address text,
    display_name text,
    first_name text,
    last_name text,
    enabled boolean,
    account_source text,
    created_at timestamp with time zone,
    custom_attributes jsonb,
    ldap_attributes jsonb,
    ldap_standard_attributes jsonb,
    extra jsonb,
    stage_order bigint NOT NULL
);
CREATE TABLE uem.sync_run (
    run_id text NOT NULL,
    tenant text,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    outcome text,
    version text,
    message text
);
COMMENT ON TABLE uem.sync_run IS 'The runs, each from its start to its outcome.';
COMMENT ON COLUMN uem.sync_run.run_id IS 'The run: its start, and a number of chance.';
COMMENT ON COLUMN uem.sync_run.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.sync_run.started_at IS 'When it began.';
COMMENT ON COLUMN uem.sync_run.finished_at IS 'When it ended; NULL while it runs, and of one that was killed.';
COMMENT ON COLUMN uem.sync_run.outcome IS 'running, complete, partial, failed, interrupted or refused.';
COMMENT ON COLUMN uem.sync_run.version IS 'Of the program.';
COMMENT ON COLUMN uem.sync_run.message IS 'Why it ended as it did, where there is something to say.';
CREATE TABLE uem.sync_run_entity (
    run_id text NOT NULL,
    entity text NOT NULL,
    calls bigint,
    retries bigint,
    bytes bigint,
    fetched bigint,
    inserted bigint,
    updated bigint,
    deleted bigint,
    unchanged bigint,
    rejected bigint,
    seconds double precision,
    completeness text
);
COMMENT ON TABLE uem.sync_run_entity IS 'What each run fetched and changed of each entity.';
COMMENT ON COLUMN uem.sync_run_entity.run_id IS 'The run.';
COMMENT ON COLUMN uem.sync_run_entity.entity IS 'What was fetched, such as device_app.';
COMMENT ON COLUMN uem.sync_run_entity.calls IS 'Calls made, further tries among them.';
COMMENT ON COLUMN uem.sync_run_entity.retries IS 'Those of them that were not the first of their call.';
COMMENT ON COLUMN uem.sync_run_entity.bytes IS 'Of answers, as they came over the wire.';
COMMENT ON COLUMN uem.sync_run_entity.fetched IS 'Distinct records that the server listed; rows, of a device''s inventory.';
COMMENT ON COLUMN uem.sync_run_entity.inserted IS 'Rows.';
COMMENT ON COLUMN uem.sync_run_entity.updated IS 'Rows; a set has none.';
COMMENT ON COLUMN uem.sync_run_entity.deleted IS 'Rows.';
COMMENT ON COLUMN uem.sync_run_entity.unchanged IS 'Rows that were loaded and not written, as they were there already.';
COMMENT ON COLUMN uem.sync_run_entity.rejected IS 'Records that could not be used; see rejected_record.';
COMMENT ON COLUMN uem.sync_run_entity.seconds IS 'From the run''s start to the entity''s end.';
COMMENT ON COLUMN uem.sync_run_entity.completeness IS 'proven, unproven or not offered.';
CREATE TABLE uem.user_account (
    tenant text NOT NULL,
    user_id text NOT NULL,
    user_uuid text,
    email_address text,
    display_name text,
    first_name text,
    last_name text,
    enabled boolean,
    account_source text,
    created_at timestamp with time zone,
    custom_attributes jsonb,
    ldap_attributes jsonb,
    ldap_standard_attributes jsonb,
    extra jsonb
);
COMMENT ON TABLE uem.user_account IS 'One row for each user that the tenant has now.';
COMMENT ON COLUMN uem.user_account.tenant IS 'Tenant, by its name in the configuration.';
COMMENT ON COLUMN uem.user_account.user_id IS 'User name; device.user_id refers to it.';
COMMENT ON COLUMN uem.user_account.user_uuid IS 'Unique identifier; device.user_uuid refers to it.';
COMMENT ON COLUMN uem.user_account.email_address IS 'E-mail address.';
COMMENT ON COLUMN uem.user_account.display_name IS 'Name as it is shown.';
COMMENT ON COLUMN uem.user_account.first_name IS 'First name.';
COMMENT ON COLUMN uem.user_account.last_name IS 'Last name.';
COMMENT ON COLUMN uem.user_account.enabled IS 'The user is enabled.';
COMMENT ON COLUMN uem.user_account.account_source IS 'Where the account comes from: LOCAL or LDAP.';
COMMENT ON COLUMN uem.user_account.created_at IS 'When the user was added to the server.';
COMMENT ON COLUMN uem.user_account.custom_attributes IS 'Custom user attributes, from both spellings of the server.';
COMMENT ON COLUMN uem.user_account.ldap_attributes IS 'Custom LDAP attributes, their names in lower case.';
COMMENT ON COLUMN uem.user_account.ldap_standard_attributes IS 'Standard LDAP attributes, their names in lower case.';
COMMENT ON COLUMN uem.user_account.extra IS 'Every property that no other column took.';
COPY uem.activesync_device (tenant, eas_uuid, access_group, device_id, eas_device_id, domain, mailbox_id, user_name, phone_number, model, platform, status, active_sync_status, action_source, first_sync_at, last_sync_at, extra) FROM stdin;
acme-core	43119bb7-afbe-4a4d-8edb-df58ad40fedb	REGISTERED_ALLOWED	782e162f-839d-41cf-bbcd-3570bd9bf1d0	ApplJMDMFFG4XVC0	acme.example	emma.tanaka1@acme.example	emma.tanaka1@acme.example	\N	iPad12,1	iOS	Registered	Allowed	EXCHANGE	2021-03-01 17:31:23.658+00	2025-02-28 08:14:05.564+00	{"platformCode": "11"}
acme-core	dd062b33-ee47-49bf-97f5-8da8287277f5	REGISTERED_ALLOWED	77d0ffae-94b0-4520-b7c9-de67f3ceb941	ApplCQYLJG9DKWL1	acme.example	wei.kim2@acme.example	wei.kim2@acme.example	+4915258293064	iPhone14,5	iOS	Registered	Allowed	EXCHANGE	2021-03-02 11:01:44.295+00	2025-03-01 20:49:51.401+00	{"platformCode": "11"}
acme-core	6d2e8f0e-f558-4e2f-93bb-0c12ff85e3bb	REGISTERED_ALLOWED	e365f817-6b1a-41e8-91ac-627450af703d	ApplVD0435GJD1CL	acme.example	wei.kim2@acme.example	wei.kim2@acme.example	\N	iPhone12,8	iOS	Registered	Allowed	EXCHANGE	2021-03-03 04:31:02.006+00	2025-03-01 04:41:01.305+00	{"platformCode": "11"}
\.
COPY uem.alert (tenant, alert_id, device_id, dispatch_device_id, user_uuid, user_name, label_id, subscription, type, severity, transport, status, is_read, retries, text, alerted_at, updated_at, updated_by, extra) FROM stdin;
acme-core	5	c52dc655-2b3d-42bb-8a24-2bf709751b80	c52dc655-2b3d-42bb-8a24-2bf709751b80	2d7aa5d9-50f2-49ac-9b61-754112200124	sofia.mensah3@acme.example	-4	Roaming & SIM	MEMORY_SIZE_EXCEEDED_ALERT	INFORMATION	APNS	DISPATCHING	t	3	INFORMATION::Memory size exceeded 1% for Phone #: PDA (sofia.mensah3@acme.example), Total Memory Size: 154.86MB, Free < 133.59MB & "falling"	2021-03-13 11:13:58+00	2021-03-13 11:15:58+00	alertprocessor	\N
acme-core	6	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	358ddf86-ff36-4b87-be01-e5ce43b4e6e0	lukas.patel33333334@acme.example	-1	Roaming & SIM	MEMORY_SIZE_EXCEEDED_ALERT	CRITICAL	APNS	DISPATCHED	t	3	CRITICAL::Memory size exceeded 1% for Phone #: PDA (lukas.patel33333334@acme.example), Total Memory Size: 154.86MB, Free < 133.59MB & "falling"	2025-03-07 11:00:19+00	2025-03-07 11:02:19+00	alertprocessor	\N
acme-core	7	e365f817-6b1a-41e8-91ac-627450af703d	e365f817-6b1a-41e8-91ac-627450af703d	b5422f2e-09c9-4d6d-a71b-9fd8fb8c45d9	wei.kim2@acme.example	-4	m1	POLICY_VIOLATIONS_ALERT	CRITICAL	EMAIL	DISPATCHING	t	0	CRITICAL::Memory size exceeded 1% for Phone #: PDA (wei.kim2@acme.example), Total Memory Size: 154.86MB, Free < 133.59MB & "falling"	2021-03-07 19:52:41+00	2021-03-07 19:54:41+00	alertprocessor	\N
acme-core	9	e365f817-6b1a-41e8-91ac-627450af703d	e365f817-6b1a-41e8-91ac-627450af703d	b5422f2e-09c9-4d6d-a71b-9fd8fb8c45d9	wei.kim2@acme.example	-3	Roaming & SIM	THRESHOLD_REACHED_ALERT	CRITICAL	EMAIL	DISPATCHED	t	3	CRITICAL::Memory size exceeded 1% for Phone #: PDA (wei.kim2@acme.example), Total Memory Size: 154.86MB, Free < 133.59MB & "falling"	2021-03-06 18:54:56+00	2021-03-06 18:56:56+00	alertprocessor	\N
acme-core	10	e365f817-6b1a-41e8-91ac-627450af703d	e365f817-6b1a-41e8-91ac-627450af703d	b5422f2e-09c9-4d6d-a71b-9fd8fb8c45d9	wei.kim2@acme.example	-4	Roaming & SIM	THRESHOLD_REACHED_ALERT	CRITICAL	SMS	DISPATCHED	t	0	CRITICAL::Memory size exceeded 1% for Phone #: PDA (wei.kim2@acme.example), Total Memory Size: 154.86MB, Free < 133.59MB & "falling"	2021-03-05 20:56:40+00	2021-03-05 20:58:40+00	alertprocessor	\N
acme-core	8	e365f817-6b1a-41e8-91ac-627450af703d	e365f817-6b1a-41e8-91ac-627450af703d	b5422f2e-09c9-4d6d-a71b-9fd8fb8c45d9	wei.kim2@acme.example	-1	Roaming & SIM	INTERNATIONAL_ROAMING_ALERT	CRITICAL	APNS	CREATED	t	0	CRITICAL::Memory size exceeded 1% for Phone #: PDA (wei.kim2@acme.example), Total Memory Size: 154.86MB, Free < 133.59MB & "falling"	2021-03-09 09:05:51+00	2021-03-09 09:07:51+00	alertprocessor	\N
\.
COPY uem.app_catalog_item (item_id, holders, tenant, digest, identifier, platform, name, version, build_number, created_at, extra) FROM stdin;
1	1	acme-cloud	11dbbc7f-2e4d-524d-ec8b-fe27cd6e3a55	com.tailspin.Parcel1	IOS	Parcel	1.2.25	\N	2024-04-03 22:37:58+00	\N
2	1	acme-cloud	d2c52250-15bc-8304-b70a-9347687e5bab	com.cyberdyne.Travel1	ANDROID	Travel	4.9.12	\N	2023-01-24 10:55:18+00	\N
3	1	acme-cloud	89b80f02-ef90-e104-343b-ac2d4075469e	com.acme.Tunnel5	IOS	Tunnel	11.4.27	\N	2022-01-12 13:48:30+00	\N
4	1	acme-cloud	a6a5ef41-df10-b806-babe-1ab42d3bbc9a	com.wayne.Translate5	ANDROID	Translate	9.5.29	\N	2024-01-30 01:28:27+00	\N
5	1	acme-cloud	bcff2704-1eb0-8973-b41c-12bb762b95bb	com.acme.Roster9	OSX	Roster	9.4.17	\N	2022-12-05 16:21:35+00	\N
6	1	acme-cloud	bc34e7d4-b6b5-8e8a-912b-4d2abe5b2b1b	com.soylent.Roster9	ANDROID	Roster	1.5.18	\N	2024-05-12 18:10:35+00	\N
7	1	acme-cloud	1d95cbc3-7d45-4158-355a-4d9c297f44ef	com.initech.Scanner13	IOS	Scanner	9.3.29	\N	2022-06-02 12:47:13+00	\N
8	1	acme-cloud	9f01c5d6-e85f-d033-3cf4-0f4b50621984	tailspin.Calendar13_8wekyb3d8bbwe	WINDOWS	Calendar	\N	\N	2022-05-29 13:13:35+00	\N
9	1	acme-core	76239e68-3f38-0e9f-ea9c-f1472414f22e	com.contoso.Chat1	IOS	Chat São Paulo	7.4.3	\N	2022-10-03 04:32:00+00	\N
10	1	acme-core	f12aee68-9fec-67a2-1cda-661806495994	com.globex.Notes1	ANDROID	Notes	12.7.12	\N	2023-11-04 23:41:18+00	\N
11	1	acme-core	3912e26b-e93d-a46e-d164-3e5e64668454	com.wonka.Camera5	IOS	Camera Büro Süd\nHaus 3	16.6.14	\N	2023-11-07 21:26:31+00	\N
12	1	acme-core	3166080e-8835-4c6b-76db-e9144ce1a0a5	com.hooli.Meeting5	ANDROID	Meeting	5.6.18	\N	2023-05-05 06:12:24+00	\N
13	1	acme-core	0b9ff65f-fed1-d0ce-6ebd-38d127cc8720	com.acme.Wallet9	OSX	Wallet C:\\Depot\\7	3.5.18	\N	2023-01-24 13:36:15+00	\N
14	1	acme-core	c17ad48f-e718-1b2f-f676-a463b72ea41c	com.fabrikam.Calendar9	ANDROID	Calendar Berlin	13.9.13	\N	2023-04-17 01:19:45+00	\N
15	1	acme-core	323d2259-b877-3b2b-88f8-8234b54313c7	com.umbrella.Keynote13	IOS	Keynote	5.6.17	\N	2024-03-17 17:06:21+00	\N
16	1	acme-core	1c23c6f2-4abb-f39f-dc73-84f8376381d2	stark.Calendar13_8wekyb3d8bbwe	WINDOWS	Calendar	\N	\N	2022-04-16 09:04:21+00	\N
\.
COPY uem.app_catalog_list (tenant, items) FROM stdin;
acme-cloud	{1,7,3,8,4,6,5,2}
acme-core	{13,16,12,15,11,9,14,10}
\.
COPY uem.app_setting (tenant, setting_id, name, description, app_type, origin, device_count, pending_count, quarantined_count, label_ids, properties, extra) FROM stdin;
acme-core	-4	 System - iOS MDM CA Certificate	Goes out with the system's "MDM" profile.	CERTIFICATE	SYSTEM	2	4	0	{-7}	{"CERTPATH0": "/mi/files/groups/9002/99415d0e64ca8708", "ENABLE_MIRRORING": "false", "CERT_SERIAL_NUMBER0": "10863527040561121251"}	{"labelNames": "tvOS Devices"}
acme-core	-3	 System - iOS MDM	\N	MDM	SYSTEM	2	2	1	\N	{"ENABLE_MIRRORING": "true", "SUPPORT_MULTIPLE_CONSUMERS": "false"}	\N
acme-core	-2	 System - iOS Enrollment SCEP	Identities & keys	SCEP	SYSTEM	2	2	1	{-5}	{"SCEP_URL": "https://scep.acme.example?a=1&b=2", "SCEP_CHALLENGE": "***", "SUPPORT_MULTIPLE_CONSUMERS": "true"}	{"labelNames": "Windows Devices"}
acme-core	4	Wi-Fi	The network of <all> offices	WIFI	ADMIN	2	0	0	{-3,-4}	{"SSID": "R&D <lab>", "HIDDEN": "false", "PASSWORD": "***"}	{"labelNames": ["Android Enterprise Devices", "iOS Devices"]}
\.
COPY uem.appconnect_session (tenant, app_id, device_id, started_at, seconds, zone_minutes, bytes, app_version) FROM stdin;
acme-core	com.acme.docs	77d0ffae-94b0-4520-b7c9-de67f3ceb941	2021-03-03 06:44:35.286+00	6568	60	6243794	2.4.1
acme-core	com.acme.docs	77d0ffae-94b0-4520-b7c9-de67f3ceb941	2021-03-03 12:22:09.393+00	494	0	32610365	2.4.1
acme-core	com.acme.docs	77d0ffae-94b0-4520-b7c9-de67f3ceb941	2021-03-04 22:46:15.941+00	6810	0	37719572	2.4.1
acme-core	com.acme.docs	77d0ffae-94b0-4520-b7c9-de67f3ceb941	2021-03-05 14:25:39.257+00	2236	0	36460972	2.4.1
acme-core	com.acme.docs	77d0ffae-94b0-4520-b7c9-de67f3ceb941	2021-03-07 01:45:14.145+00	6220	0	23365929	2.4.1
acme-core	com.acme.docs	77d0ffae-94b0-4520-b7c9-de67f3ceb941	2021-03-08 08:47:25.907+00	7107	330	17969562	2.4.1
acme-core	com.acme.docs	77d0ffae-94b0-4520-b7c9-de67f3ceb941	2021-03-09 07:06:36.876+00	1039	330	22231086	2.4.1
acme-core	com.acme.docs	77d0ffae-94b0-4520-b7c9-de67f3ceb941	2021-03-09 21:24:16.706+00	2045	60	26232198	2.4.1
\.
COPY uem.carrier (tenant, carrier_id, carrier_short_name, carrier_type, country_code, country_id, country_name, enabled, extra) FROM stdin;
acme-core	4195	Telekom.de	Mobile	49	65	Germany	t	\N
acme-core	4196	Vodafone	Mobile	49	65	Germany	t	\N
acme-core	269	AT&T	Mobile	1	183	United States	t	\N
acme-core	270	Verizon	Mobile	1	183	United States	t	\N
acme-core	512	Airtel	Mobile	91	82	India	f	\N
acme-core	601	Orange "Pro"	Mobile	33	61	France	t	\N
acme-core	733	Swisscom	Mobile	41	169	Switzerland	t	\N
acme-core	803	Bell <Fixed>	Fixed	1	34	Canada	f	\N
\.
COPY uem.country (tenant, country_name, country_code, iso_alpha2_code, enabled_for_registration, extra) FROM stdin;
acme-core	Germany	49	DE	t	\N
acme-core	United States	1	US	f	\N
acme-core	India	91	IN	t	\N
acme-core	France	33	FR	t	\N
acme-core	Switzerland	41	CH	t	\N
acme-core	Côte d'Ivoire	225	CI	f	\N
acme-core	Bosnia & Herzegovina	387	BA	f	\N
acme-core	Canada	1	CA	t	\N
\.
COPY uem.device (tenant, device_id, device_guid, identifier, status, source_status, compliant, quarantined, blocked, compromised, compliance_reasons, quarantine_reasons, block_reasons, compliance_code, quarantine_code, block_code, os, os_version, source_platform, manufacturer, model, serial_number, imei, imsi, phone_number, mac_address, ios_udid, ownership, user_id, user_uuid, user_display_name, email_address, comment, country_name, operator, home_operator, mdm_managed, encrypted, passcode_present, client_version, eas_uuid, eas_last_sync_at, registered_at, last_check_in_at, custom_attributes, details, extra) FROM stdin;
acme-cloud	e05a6fa0-4002-44d9-a236-0b3df1ca867d	e05a6fa0-4002-44d9-a236-0b3df1ca867d	eec8d0a17ad987b0c59166b09fd2b01ed9f78780	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	17.5	\N	Apple Inc.	iPhone12,8	X7DPJ3L38YFY	355737196179386	262019215156298	+4915564077058	dc:a9:04:4a:68:84	eec8d0a17ad987b0c59166b09fd2b01ed9f78780	EMPLOYEE	omar.tanaka2@acme.example	73fc33ca-d43d-4fa8-b980-8661c8b7daf9	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-02 11:01:44.295+00	2025-02-28 06:13:35.999+00	{"site": "Zürich \\"Nord\\"", "nacCompliant": "false"}	\N	\N
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	9e6b29da-1166-4614-8f09-adf8506ed38b	00008111-00005265D7BEC091	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	17.6	\N	Apple Inc.	iPad7,5	M8M3GTCJDC9F	\N	\N	\N	00:23:68:d0:1b:95	00008111-00005265D7BEC091	COMPANY	omar.tanaka2@acme.example	73fc33ca-d43d-4fa8-b980-8661c8b7daf9	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-03 04:31:02.006+00	2025-02-28 22:25:43.999+00	{"site": "🏭 Werk 2", "nacCompliant": "true"}	\N	\N
acme-cloud	a5c8e505-9ba9-43b8-b0db-49a918099e22	a5c8e505-9ba9-43b8-b0db-49a918099e22	17b0790589ba44517da3ca918645100543db3b522e77892fdfbb8d2ef5220	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	ANDROID	13	\N	Google	Pixel 8a	XFVYNTCC3444	356073923120447	\N	+4915851493879	a4:83:e7:ef:82:98	\N	COMPANY	fatima.de-vries4@acme.example	786cf36d-4f22-47da-8077-b98c57078eaa	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-04 15:26:29.027+00	2025-02-28 06:06:34.999+00	\N	\N	\N
acme-cloud	051a1182-2eab-4f64-b11c-adeac0b40509	051a1182-2eab-4f64-b11c-adeac0b40509	5574db1e7b7af3f2196ca90d0a36082d121399a2	RETIRED	RETIRED	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	16.7	\N	Apple Inc.	iPhone14,5	N7F42CTHDV9F	350164686545002	262017967397879	+4915967876846	08:d4:2b:f7:37:34	5574db1e7b7af3f2196ca90d0a36082d121399a2	COMPANY	thomas.o-brien5@acme.example	21f668a2-3d47-40e8-8908-fc55fa47ccf2	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-06 02:17:45.47+00	2025-02-28 05:23:44.999+00	\N	\N	\N
acme-cloud	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	00008111-000D2EF069574A9D	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	18.0	\N	Apple Inc.	iPhone13,2	FWFMJGMFQRJ5	357810063825763	262012030706881	+4915953998476	00:23:68:c1:00:06	00008111-000D2EF069574A9D	COMPANY	ines.silva6@acme.example	913cc1cb-756f-414a-ba49-f3776ad8e12c	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-07 13:04:52.085+00	2025-02-28 20:34:46.999+00	\N	\N	\N
acme-cloud	b68d3cbd-5769-4b5f-afad-819bf5681c84	b68d3cbd-5769-4b5f-afad-819bf5681c84	bef9c70c8f1261b071d4b7120b2dc8200efdcaa86885562aec23f4739731e	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	ANDROID	11	\N	samsung	SM-G991B	CHGTTN84937P	350447467222742	262017137802753	+4915780843464	a4:83:e7:01:76:33	\N	EMPLOYEE	emma.silva7@acme.example	42cdc688-a676-466e-9c27-e86428a1bdb7	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-08 06:26:51.94+00	2025-02-28 18:53:13.999+00	\N	\N	\N
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	782e162f-839d-41cf-bbcd-3570bd9bf1d0	bbdb872c6bd876aff09f80f85d68795b882d4cb4	ACTIVE	ACTIVE	t	f	f	f	{}	{}	{}	0	0	0	IOS	18.0	iOS 18.0	Apple Inc.	iPad12,1	JMDMFFG4XVC0	\N	262013991646313	\N	08:d4:2b:7a:aa:93	bbdb872c6bd876aff09f80f85d68795b882d4cb4	COMPANY	emma.tanaka1@acme.example	4969cc61-6de9-495e-8257-bd9359ac30f4	emma 王	emma.tanaka1@acme.example	Gerät von "Müller" & Co <HQ>	Germany	\N	\N	t	t	t	12.1.0.0.3	43119bb7-afbe-4a4d-8edb-df58ad40fedb	2025-02-28 08:14:05+00	2021-03-01 17:31:23.658+00	2025-02-28 09:02:57.999+00	{"assetTag": "A-300922"}	{"imsi": "na", "Model": "MC820LL", "locale": "en-US", "SIM MCC": "262", "WiFiMAC": "08d42b7aaa93", "ModelName": "iPad", "OSVersion": "18.0", "apnsToken": "***", "minLength": "4", "DeviceName": "emma's iPad12,1", "ip_address": "192.168.1.40", "os_version": "iPhone OS 18.0 (21F90)", "ratingApps": "600", "Current MCC": "262", "Current MNC": "01", "ProductName": "iPad12,1", "client_name": "com.mobileiron.phoneatwork", "iPhone UDID": "bbdb872c6bd876aff09f80f85d68795b882d4cb4", "BluetoothMAC": "aec0a7901202", "BuildVersion": "8e82d", "SerialNumber": "JMDMFFG4XVC0", "battery_life": "27", "device_model": "iPad12,1", "iPhone ICCID": "8949226073492040301", "Battery Level": "0.911118496416722", "mobile_number": "(null)", "platform_name": "iPhone", "Client_version": "12.1.0.0.3", "DeviceCapacity": "151.507878705946298", "iPhone PRODUCT": "iPad12,1", "maxGracePeriod": "900", "security_state": "1", "PasscodePresent": "true", "allowCloudBackup": "false", "it_policy_result": "", "CheckOut Received": "false", "Client_build_date": "Nov 19 2024 08:41:05", "DeviceCompromised": "false", "registration_imsi": "262013991646313", "CellularTechnology": "GSM", "DataRoamingEnabled": "false", "PasscodeIsCompliant": "true", "device_manufacturer": "Apple", "iOSBackgroundStatus": "0", "safariAcceptCookies": "1", "ModemFirmwareVersion": "05.16.05", "allowAppInstallation": "true", "allowExplicitContent": "false", "forceEncryptedBackup": "true", "Voice Roaming Enabled": "true", "CarrierSettingsVersion": "57.1", "HardwareEncryptionCaps": "3", "allowVideoConferencing": "true", "iPhone MAC_ADDRESS_EN0": "08:d4:2b:7a:aa:93", "processor_architecture": "ARM", "AvailableDeviceCapacity": "56.778576999412369", "registration_operator_name": "(null)"}	{"@id": "2", "name": "emma.tanaka1@acme.example:iOS 18.0:PDA", "nonGMS": "false", "userId": "9001", "regType": "DEFAULT", "authOnly": "false", "clientId": "1073741832", "regCount": "0", "countryId": "65", "createdAt": "2021-03-01T17:30:23+00:00", "multiUser": "false", "TLVVersion": "2.0", "languageId": "2", "notifyUser": "false", "statusCode": "97", "userSource": "68", "countryCode": "49", "deviceCount": "0", "platformType": "IOS", "userLastName": "王", "iPhoneVersion": "21B08", "userFirstName": "emma", "migrationStatus": "0", "languageCountryId": "0", "temporarySessionOnly": "false"}
acme-cloud	3856da1c-9868-44cd-9844-a023529db8c0	3856da1c-9868-44cd-9844-a023529db8c0	F45D9B74-DBD7-41AE-A194-8C81C0FA9C8F	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	OSX	12.7	\N	Apple Inc.	MacBookPro18,3	1XF0WTFHQJTY	\N	\N	\N	00:23:68:5c:ff:57	\N	COMPANY	olga.garcia0@acme.example	a882faa5-21d6-4940-981d-bdffa3849ff3	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-01 00:00:00+00	2025-03-01 00:14:15.774+00	\N	\N	\N
acme-core	8d4fe114-4f83-4ae8-9788-4731b3441bf7	8d4fe114-4f83-4ae8-9788-4731b3441bf7	82754AAA-ADB1-4323-96B1-F07526FBBC55	ACTIVE	ACTIVE	f	f	f	f	\N	\N	\N	\N	\N	\N	OSX	14.5	\N	Apple Inc.	MacBookAir10,1	6NKPT7X94PW1	\N	\N	\N	\N	\N	EMPLOYEE	peter.ivanova0@acme.example	0ec2c593-b2db-412f-b6d0-73f5d843b4c2	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-01 00:00:00+00	2025-03-01 05:51:45.293+00	{"site": "=Lager", "nacCompliant": "true"}	\N	\N
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	77d0ffae-94b0-4520-b7c9-de67f3ceb941	2612d8e3a4b6da3283d066273f0e833cf2d5aa3b	RETIRED	RETIRED	t	f	f	f	{}	{}	{}	0	0	0	IOS	15.8	iOS 15.8	Apple Inc.	iPhone14,5	CQYLJG9DKWL1	351195882543511	262017781296614	+4915258293064	8c:fe:57:e6:9d:33	2612d8e3a4b6da3283d066273f0e833cf2d5aa3b	COMPANY	wei.kim2@acme.example	b5422f2e-09c9-4d6d-a71b-9fd8fb8c45d9	wei =Rossi	wei.kim2@acme.example	changed: 1	Germany	Telekom.de	Telekom.de	f	t	t	12.1.0.0.3	dd062b33-ee47-49bf-97f5-8da8287277f5	2025-03-01 20:49:51+00	2021-03-02 11:01:44.295+00	2025-03-01 21:06:27.171+00	{"site": "=Lager", "nacCompliant": "false"}	{"imei": "351195882543511", "imsi": "262017781296614", "Model": "MC820LL", "locale": "en", "SIM MCC": "262", "WiFiMAC": "8cfe57e69d33", "latitude": "-9.357397", "ModelName": "iPad", "OSVersion": "15.8", "apnsToken": "***", "device_id": "IMEI:351195882543511", "longitude": "67.886392", "minLength": "6", "DeviceName": "wei's iPhone14,5", "ImeiOrMeid": "35 119588 254351 1", "ip_address": "192.168.1.176", "os_version": "iPhone OS 15.8 (21F90)", "ratingApps": "600", "Current MCC": "262", "Current MNC": "01", "ProductName": "iPhone14,5", "client_name": "com.mobileiron.phoneatwork", "iPhone IMEI": "35 119588 254351 1", "iPhone UDID": "2612d8e3a4b6da3283d066273f0e833cf2d5aa3b", "BluetoothMAC": "95e4a428fe4c", "BuildVersion": "68b49", "SerialNumber": "CQYLJG9DKWL1", "battery_life": "87", "device_model": "iPhone14,5", "iPhone ICCID": "8949226073492041101", "Battery Level": "0.677153834780824", "mobile_number": "+4915258293064", "platform_name": "iPhone", "Client_version": "12.1.0.0.3", "DeviceCapacity": "95.208834055555073", "iPhone PRODUCT": "iPhone14,5", "maxGracePeriod": "0", "security_state": "1", "PasscodePresent": "true", "allowCloudBackup": "true", "it_policy_result": "", "CheckOut Received": "false", "Client_build_date": "Apr 8 2024 12:02:24", "DeviceCompromised": "false", "registration_imsi": "262013991646313", "CellularTechnology": "CDMA", "DataRoamingEnabled": "false", "PasscodeIsCompliant": "false", "device_manufacturer": "Apple", "iOSBackgroundStatus": "3", "safariAcceptCookies": "1", "ModemFirmwareVersion": "05.16.05", "allowAppInstallation": "true", "allowExplicitContent": "true", "forceEncryptedBackup": "true", "Voice Roaming Enabled": "true", "CarrierSettingsVersion": "11.0", "HardwareEncryptionCaps": "3", "allowVideoConferencing": "false", "iPhone MAC_ADDRESS_EN0": "8c:fe:57:e6:9d:33", "processor_architecture": "ARM", "AvailableDeviceCapacity": "40.093767823101776", "lat_long_last_captured_at": "1740863186171", "Subscriber Carrier Network": "Telekom.de", "registration_operator_name": "AT&T"}	{"@id": "3", "name": "wei.kim2@acme.example:iOS 15.8:+4915258293064", "nonGMS": "false", "userId": "9002", "regType": "DEFAULT", "authOnly": "false", "clientId": "1073741833", "regCount": "0", "countryId": "65", "createdAt": "2021-03-02T11:00:44+00:00", "multiUser": "false", "TLVVersion": "2.0", "languageId": "1", "notifyUser": "false", "operatorId": "4195", "statusCode": "114", "userSource": "68", "countryCode": "49", "deviceCount": "0", "emailDomain": "t-mobile-sms.de", "phoneNumber": "+4915258293064", "platformType": "IOS", "userLastName": "=Rossi", "iPhoneVersion": "21A9A", "userFirstName": "wei", "migrationStatus": "0", "languageCountryId": "0", "temporarySessionOnly": "false"}
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	c52dc655-2b3d-42bb-8a24-2bf709751b80	00008111-00050BE5ADCC70D4	ACTIVE	ACTIVE	t	f	f	f	{}	{}	{}	0	0	0	IOS	15.8	iOS 15.8	Apple Inc.	iPad13,18	GQC1WYXGLNDF	351066482226960	\N	\N	a4:83:e7:6e:7c:cd	00008111-00050BE5ADCC70D4	COMPANY	sofia.mensah3@acme.example	2d7aa5d9-50f2-49ac-9b61-754112200124	sofia Müller	sofia.mensah3@acme.example	=2+3	United States	Verizon	Verizon	t	t	t	12.1.0.0.3	89670fac-e2a7-4226-b5e7-dc19fbaf45e7	2025-02-28 20:28:58+00	2021-03-03 21:59:16.886+00	2025-02-28 21:04:04.999+00	\N	{"imei": "351066482226960", "imsi": "na", "Model": "MC603DN", "locale": "en", "SIM MCC": "208", "WiFiMAC": "a483e76e7ccd", "latitude": "-80.394153", "ModelName": "iPhone", "OSVersion": "15.8", "apnsToken": "***", "device_id": "IMEI:351066482226960", "longitude": "-114.820443", "minLength": "4", "DeviceName": "sofia's iPad13,18", "ImeiOrMeid": "35 106648 222696 0", "ip_address": "192.168.1.231", "os_version": "iPhone OS 15.8 (21F90)", "ratingApps": "1000", "Current MCC": "262", "Current MNC": "07", "ProductName": "iPad13,18", "client_name": "com.mobileiron.phoneatwork", "iPhone IMEI": "35 106648 222696 0", "iPhone UDID": "00008111-00050BE5ADCC70D4", "BluetoothMAC": "79b037c948c4", "BuildVersion": "51efd", "SerialNumber": "GQC1WYXGLNDF", "battery_life": "81", "device_model": "iPad13,18", "iPhone ICCID": "8949226073492040913", "Battery Level": "0.888023608298557", "mobile_number": "(null)", "platform_name": "iPhone", "Client_version": "12.1.0.0.3", "DeviceCapacity": "159.595552339973138", "iPhone PRODUCT": "iPad13,18", "maxGracePeriod": "0", "security_state": "1", "PasscodePresent": "true", "allowCloudBackup": "false", "it_policy_result": "", "CheckOut Received": "false", "Client_build_date": "Nov 19 2024 08:41:05", "DeviceCompromised": "false", "registration_imsi": "(null)", "CellularTechnology": "CDMA", "DataRoamingEnabled": "false", "PasscodeIsCompliant": "false", "device_manufacturer": "Apple", "iOSBackgroundStatus": "0", "safariAcceptCookies": "0", "ModemFirmwareVersion": "3.60.01", "allowAppInstallation": "true", "allowExplicitContent": "true", "forceEncryptedBackup": "true", "Voice Roaming Enabled": "false", "CarrierSettingsVersion": "11.0", "HardwareEncryptionCaps": "3", "allowVideoConferencing": "true", "iPhone MAC_ADDRESS_EN0": "a4:83:e7:6e:7c:cd", "processor_architecture": "ARM", "AvailableDeviceCapacity": "30.212253413597110", "lat_long_last_captured_at": "1740776643999", "Subscriber Carrier Network": "Verizon", "registration_operator_name": "AT&T"}	{"@id": "5", "name": "sofia.mensah3@acme.example:iOS 15.8:PDA", "nonGMS": "false", "userId": "9003", "regType": "DEFAULT", "authOnly": "false", "clientId": "1073741835", "regCount": "0", "countryId": "183", "createdAt": "2021-03-03T21:58:16+00:00", "multiUser": "false", "TLVVersion": "2.0", "languageId": "2", "notifyUser": "false", "operatorId": "270", "statusCode": "97", "userSource": "68", "countryCode": "1", "deviceCount": "0", "emailDomain": "vtext.com", "platformType": "IOS", "userLastName": "Müller", "iPhoneVersion": "21432", "userFirstName": "sofia", "migrationStatus": "0", "languageCountryId": "0", "temporarySessionOnly": "false"}
acme-cloud	c287e699-7ee4-4dc9-80bf-3eda4584169f	c287e699-7ee4-4dc9-80bf-3eda4584169f	3A8F3C048CE17FFD059DE0286F9A09FE	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	WINDOWS	10.0.19045	\N	Microsoft Corporation	Surface Pro 8	PF9169C4	356323955836785	262017367883379	+4915052578702	b0:65:bd:73:a6:41	\N	COMPANY	ines.jones1@acme.example	8c6c7350-5715-434f-9b0a-eb54b116872c	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-01 17:31:23.658+00	2025-03-01 10:07:20.894+00	{"assetTag": "A-226198"}	\N	\N
acme-cloud	7d954c61-e36c-420e-8f77-bc18a5aa837a	7d954c61-e36c-420e-8f77-bc18a5aa837a	edcde676f766011a6a5c5bba4ece06ae2fc4554a684c976661b857126d8c2	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	ANDROID	13	\N	Google	Pixel 8a	8GX7GLHDPCLH	353696889266908	\N	+4915157567895	00:23:68:d3:5e:8d	\N	COMPANY	chiara.weber3@acme.example	eb147bf0-9efe-4d00-a4b9-bbb6d20f7d9e	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-03 21:59:16.886+00	2025-03-01 23:43:13.708+00	\N	\N	\N
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	d75e3b85-96cd-41fd-a980-0e44079bf6c6	a9f8c2fc623356b51c312b29b598755a175ac107	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	17.5	\N	Apple Inc.	iPhone16,1	8CHTG069YC4R	351539949794807	262019244152302	\N	dc:a9:04:ee:f5:d2	a9f8c2fc623356b51c312b29b598755a175ac107	COMPANY	fatima.de-vries4@acme.example	786cf36d-4f22-47da-8077-b98c57078eaa	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-05 08:52:38.524+00	2025-03-01 09:43:35.09+00	\N	\N	\N
acme-cloud	cf616559-571a-494f-9d86-68c2f9265e47	cf616559-571a-494f-9d86-68c2f9265e47	9097beda3e721863c180ec0d7b94c57a1010f521b68b59aa045f7ca76db79	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	ANDROID	14.1	\N	Honeywell	CT60	XFPV0RG7CHQ8	355832803390573	\N	+4915396800375	dc:a9:04:bd:dc:dd	\N	COMPANY	ines.silva6@acme.example	913cc1cb-756f-414a-ba49-f3776ad8e12c	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-06 19:41:49.96+00	2025-03-01 03:08:23.143+00	{"assetTag": "A-211903", "cost center": "CC 9733 Büro Süd\\nHaus 3"}	\N	\N
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	e365f817-6b1a-41e8-91ac-627450af703d	c88135ef3effe5d6f8f2d723be0a0bb715cc92b3	ACTIVE	ACTIVE	t	f	f	f	{}	{}	{}	0	0	0	IOS	17.4	iOS 17.4	Apple Inc.	iPhone12,8	VD0435GJD1CL	358407869870015	262013443135781	\N	3c:06:30:25:fd:7a	c88135ef3effe5d6f8f2d723be0a0bb715cc92b3	EMPLOYEE	wei.kim2@acme.example	b5422f2e-09c9-4d6d-a71b-9fd8fb8c45d9	wei =Rossi	wei.kim2@acme.example	=2+3	India	Airtel	Airtel	t	f	t	11.8.0.0.12R	6d2e8f0e-f558-4e2f-93bb-0c12ff85e3bb	2025-03-01 04:41:01+00	2021-03-03 04:31:02.006+00	2025-03-01 05:40:58.616+00	\N	{"imei": "358407869870015", "imsi": "262013443135781", "Model": "MC603DN", "locale": "en-US", "SIM MCC": "310", "WiFiMAC": "3c063025fd7a", "latitude": "-27.450539", "ModelName": "iPhone", "OSVersion": "17.4", "apnsToken": "***", "device_id": "IMEI:358407869870015", "longitude": "23.817456", "minLength": "4", "DeviceName": "wei's iPhone12,8", "ImeiOrMeid": "35 840786 987001 5", "os_version": "iPhone OS 17.4 (21F90)", "ratingApps": "1000", "Current MCC": "310", "Current MNC": "VZW", "ProductName": "iPhone12,8", "client_name": "com.mobileiron.phoneatwork", "iPhone IMEI": "35 840786 987001 5", "iPhone UDID": "c88135ef3effe5d6f8f2d723be0a0bb715cc92b3", "BluetoothMAC": "dd277610872e", "BuildVersion": "08563", "SerialNumber": "VD0435GJD1CL", "battery_life": "2", "device_model": "iPhone12,8", "iPhone ICCID": "8949226073492040678", "Battery Level": "0.017005760281216", "mobile_number": "PDA", "platform_name": "iPhone", "Client_version": "11.8.0.0.12R", "DeviceCapacity": "469.876556157903328", "iPhone PRODUCT": "iPhone12,8", "maxGracePeriod": "0", "security_state": "1", "PasscodePresent": "true", "allowCloudBackup": "true", "it_policy_result": "", "CheckOut Received": "false", "Client_build_date": "Apr 8 2024 12:02:24", "DeviceCompromised": "false", "registration_imsi": "262013991646313", "CellularTechnology": "GSM", "DataRoamingEnabled": "false", "PasscodeIsCompliant": "false", "device_manufacturer": "Apple", "iOSBackgroundStatus": "3", "safariAcceptCookies": "2", "ModemFirmwareVersion": "05.16.05", "allowAppInstallation": "true", "allowExplicitContent": "true", "forceEncryptedBackup": "true", "Voice Roaming Enabled": "true", "CarrierSettingsVersion": "57.1", "HardwareEncryptionCaps": "1", "allowVideoConferencing": "true", "iPhone MAC_ADDRESS_EN0": "3c:06:30:25:fd:7a", "processor_architecture": "ARM", "AvailableDeviceCapacity": "40.502083509646998", "lat_long_last_captured_at": "1740807657616", "Subscriber Carrier Network": "Airtel", "registration_operator_name": "(null)"}	{"@id": "4", "name": "wei.kim2@acme.example:iOS 17.4:PDA", "nonGMS": "false", "userId": "9002", "regType": "DEFAULT", "authOnly": "false", "clientId": "1073741834", "regCount": "0", "countryId": "82", "createdAt": "2021-03-03T04:30:02+00:00", "multiUser": "false", "TLVVersion": "2.0", "languageId": "2", "notifyUser": "false", "operatorId": "512", "statusCode": "97", "userSource": "68", "countryCode": "91", "deviceCount": "0", "emailDomain": "airtelmail.com", "platformType": "IOS", "userLastName": "=Rossi", "iPhoneVersion": "214BB", "userFirstName": "wei", "migrationStatus": "0", "languageCountryId": "0", "temporarySessionOnly": "false"}
acme-core	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	\N	ACTIVE	ACTIVE	t	f	f	f	{}	{}	{}	0	0	0	ANDROID	12.1	Android 12	samsung	SM-A546B	\N	355081137948015	262016645907988	\N	b0:65:bd:14:96:63	\N	COMPANY	lukas.patel33333334@acme.example	358ddf86-ff36-4b87-be01-e5ce43b4e6e0	lukas Müller	lukas.patel33333334@acme.example	changed: 1	Germany	Telekom.de	Telekom.de	f	\N	t	10.5.2	c90d2c86-4eb7-414e-b94c-d7cd944b094c	2025-03-01 02:01:34+00	2025-02-28 22:35:50+00	2025-03-01 02:27:15+00	\N	{"imei": "355081137948015", "imsi": "262016645907988", "board": "exynos2100", "brand": "samsung", "device": "cdma_shadow", "locale": "de-DE", "regUuid": "8ca83968ee78843a", "codename": "REL", "prv_wifi": "ON", "c2dmToken": "***", "device_id": "631b349df2cc02d2f22fb18f77fb997a2f5e1e41a237db31be036dc9098ff", "multi_mdm": "false", "Samsung_DM": "FW: Key2,1 SW:1.0", "ip_address": "192.168.1.82", "os_version": "30", "prv_camera": "ON", "client_name": "com.mobileiron", "device_type": "CDMA", "incremental": "772648", "mdm_enabled": "true", "battery_life": "11", "country_code": "208", "device_model": "SM-A546B", "display_size": "2340X1080", "prv_password": "ON", "free_ram_size": "706.98M", "home_operator": "Telekom.de::262001", "platform_name": "12.1", "prv_bluetooth": "OFF", "usb_debugging": "ON", "wifi_mac_addr": "b065bd149663", "client_version": "10.5.2", "prv_wlan_ssids": "acme-hq;acme-guest", "security_state": "Ok", "total_ram_size": "4090.73M", "admin_activated": "true", "prv_vpn_servers": "na", "SIM_module_number": "IMSI:262016645907988", "free_storage_size": "13307.60M", "prv_max_idle_time": "5", "prv_password_type": "0", "prv_sd_encryption": "on", "registration_imsi": "262016645907988", "total_storage_size": "97716.38M", "device_manufacturer": "samsung", "device_roaming_flag": "on", "free_ram_size_bytes": "2180353214", "prv_exchange_Domain": "na", "prv_exchange_Server": "mail.acme.example", "prv_exchange_UseSSL": "na", "prv_password_length": "-1", "current_mobile_number": "PDA", "current_operator_name": "Telekom.de", "prv_device_encryption": "unsupported", "prv_exchange_UserName": "lukas.patel33333334@acme.example", "processor_architecture": "armeabi-v7a", "free_storage_size_bytes": "665734501", "prv_max_failed_attempts": "0", "current_SIM_module_number": "262016645907988", "registration_operator_name": "Telekom.de", "prv_password_history_length": "unsupported"}	{"@id": "50000001", "name": "lukas.patel33333334@acme.example:Android 12:PDA", "nonGMS": "false", "userId": "33342334", "regType": "DEFAULT", "authOnly": "false", "clientId": "1123741831", "regCount": "0", "countryId": "65", "createdAt": "2025-02-28T22:34:50+00:00", "multiUser": "false", "TLVVersion": "2.0", "languageId": "4", "notifyUser": "true", "operatorId": "4195", "statusCode": "97", "userSource": "68", "countryCode": "49", "deviceCount": "0", "emailDomain": "t-mobile-sms.de", "platformType": "ANDROID", "userLastName": "Müller", "userFirstName": "lukas", "migrationStatus": "0", "languageCountryId": "0", "temporarySessionOnly": "false"}
\.
COPY uem.device_app_item (item_id, holders, tenant, digest, identifier, name, version, short_version, bundle_version, external_version_identifier, managed, source, ad_hoc_code_signed, app_store_vendable, beta_app, device_based_vpp, update_available, installing, validated, extra) FROM stdin;
1	1	acme-cloud	9d5ed476-b651-fe7f-8a4d-cbc7d11367ba	com.hooli.Authenticator0	Authenticator	8.6.19	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
2	1	acme-cloud	57ff5862-e60d-f9f4-eaa7-d4f47b244422	com.wonka.Chat1	Chat	3.9.15	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
3	1	acme-cloud	7c97cb1f-cdee-8844-0393-6ef892687d81	com.umbrella.Dispatch2	Dispatch	5.8.23	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
4	1	acme-cloud	e380fcf9-8e16-b972-eafa-81419d542cf5	com.contoso.Notes4	Notes	13.3.2	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
5	1	acme-cloud	0558eb2e-3595-89bc-d84f-45ecdea9e234	com.contoso.Keynote5	Keynote Paris, La Défense	4.5.24	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
6	1	acme-cloud	8e449e7f-3a2b-aa2c-bc3a-e34a24289187	stark.Scanner0_8wekyb3d8bbwe	Scanner Büro Süd\nHaus 3	14.5.12	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
7	1	acme-cloud	5d6b4d5b-b432-c0d5-1126-54d6bf1226a7	cyberdyne.Authenticator2_8wekyb3d8bbwe	Authenticator	4.5.1	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
8	1	acme-cloud	fc76aaf4-f068-1bbd-dac8-4370c9b450ac	northwind.Roster4_8wekyb3d8bbwe	Roster	9.8.29	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
10	1	acme-cloud	179ee3ed-825c-7541-39ab-fdd8a291a30d	com.soylent.Tunnel3	Tunnel	16.2.31	\N	4749	889017379	f	UNKNOWN_APP_TYPE	f	t	f	t	t	f	t	\N
11	1	acme-cloud	0acae8f8-ecaa-f31f-5010-353ec4a338a6	com.globex.Keynote12	Keynote Zürich "Nord"	4.3.17	4.3.17	2163	856669588	f	UNKNOWN_APP_TYPE	f	f	t	f	f	f	t	\N
13	2	acme-cloud	b7d61333-25d9-001e-6087-4bc9d65d01a5	com.cyberdyne.Keynote7	Keynote	5.3.4	5.3.4	4490	802945524	f	UNKNOWN_APP_TYPE	f	t	f	f	f	f	t	\N
14	2	acme-cloud	57522a78-9a5c-1209-e30d-909b0f842b20	com.northwind.Chat15	Chat 🏭 Werk 2	2.2.13	2.2.13	1862	841024320	f	UNKNOWN_APP_TYPE	f	t	f	f	f	f	t	\N
16	2	acme-cloud	459e3b83-de32-f69a-2fe8-5d1c70960091	com.cyberdyne.Travel1	Travel	4.9.12	\N	\N	\N	t	PUBLIC	\N	\N	\N	\N	\N	\N	\N	\N
17	2	acme-cloud	05215c47-2104-e972-f146-613e54f05874	com.initech.Notes2	Notes	9.3.16	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
18	1	acme-cloud	22271b2c-7b0a-c389-a931-bf7efe2c2fed	com.soylent.Inspector3	Inspector	15.9.7	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
19	1	acme-cloud	13936feb-5139-a52a-9e79-58be7b0cf7b7	com.tyrell.Scanner8	Scanner Büro Süd\nHaus 3	1.5.10	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
20	1	acme-cloud	9733958f-05f8-87f6-a47e-7838b1d56dfd	com.soylent.Roster9	Roster	1.3.18	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
21	1	acme-cloud	1633605f-38aa-b1b0-613d-b24ce152e69a	com.vandelay.Mail15	Mail	9.5.2	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
22	1	acme-cloud	5220489f-0fc8-66e7-d73f-cad361580d50	com.cyberdyne.Travel1	Travel	4.9.12	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
23	1	acme-cloud	d98a318f-bc1f-541e-b50d-2455c58303e5	com.wayne.Files6	Files	16.6.18	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
24	1	acme-cloud	a490aacd-063f-cf09-dc61-205fc4165212	com.wayne.Files11	Files =Lager	16.5.15	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
26	1	acme-cloud	8735cd1c-61b6-cf91-a17b-d62b5e4e9a74	com.initech.Calendar4	Calendar	11.4.18	11.4.18	1201	842305777	f	UNKNOWN_APP_TYPE	f	f	t	f	f	f	t	\N
28	2	acme-cloud	f3a500e7-6082-d4e7-22cd-b954aa21b811	com.initech.Notes2	Notes	9.2.16	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
29	1	acme-cloud	e9f36215-dc6b-56c9-c71b-b9f9f131877f	com.tyrell.Scanner8	Scanner Büro Süd\nHaus 3	1.6.10	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
30	1	acme-cloud	6f0834ab-34b9-8db9-5042-e4e9f0f1eb31	com.initech.Wallet0	Wallet	10.6.25	10.6.25	2907	810418753	f	UNKNOWN_APP_TYPE	t	f	f	f	t	f	f	{"isAppClip": false}
31	1	acme-cloud	99728cb2-2ffe-ae0f-69b0-90bbfcfb2801	com.tailspin.Parcel1	Parcel	1.0.25	1.0.25	1129	890474154	t	PUBLIC	f	t	f	f	t	f	t	\N
32	1	acme-cloud	a61eb989-d5fc-7483-48fa-db7d8fd752d2	com.soylent.Tunnel3	Tunnel	16.3.31	\N	4759	889017380	f	UNKNOWN_APP_TYPE	f	t	f	t	f	f	t	\N
33	1	acme-cloud	841deeb9-b5c0-9c51-8a52-84ea03ecaf47	com.globex.Keynote12	Keynote Zürich "Nord"	4.1.17	4.1.17	2143	856669586	f	UNKNOWN_APP_TYPE	f	f	t	f	t	f	t	\N
34	1	acme-cloud	51552651-167c-23e8-df8b-38fb750158d9	com.initech.Scanner13	Scanner	9.3.29	9.3.29	2667	875847602	f	UNKNOWN_APP_TYPE	t	f	f	f	f	f	f	\N
35	1	acme-cloud	2838bb3c-282c-2cff-62ae-d0729d85cef0	com.wonka.Timesheet0	Timesheet	1.8.20	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
36	1	acme-cloud	0a322127-e7fb-8fa6-8c93-dee1926c5fbb	com.vandelay.Wallet4	Wallet	14.3.16	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
37	1	acme-cloud	7ffafd62-b995-506d-8879-f3f547e632e0	com.globex.Tunnel7	Tunnel 東京支店	6.3.28	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
38	1	acme-cloud	5ce67729-4388-5987-24e2-fdcb31405413	com.soylent.Roster9	Roster	1.4.18	\N	\N	\N	t	PUBLIC	\N	\N	\N	\N	\N	\N	\N	\N
42	1	acme-core	55e54a5b-cef7-1a46-aeb3-7a8934d1585b	com.tyrell.Reader0	Reader	1.6.15	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
43	1	acme-core	45aa2b46-ff87-ca95-d415-a185ada85c7c	com.globex.Weather2	Weather	3.8.11	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
45	2	acme-core	86b1c108-d593-fed4-054b-1523ab8b3ca3	com.initech.Dispatch0	Dispatch 🏭 Werk 2	2.7.19	2.7.19	3867	878674764	f	UNKNOWN_APP_TYPE	t	f	f	f	t	f	f	\N
46	1	acme-core	e7c2f3d7-f7e1-f2b4-6019-7a17874bccad	com.contoso.Chat1	Chat São Paulo	7.4.3	7.4.3	4324	826064183	t	PUBLIC	t	f	f	f	f	f	t	\N
47	3	acme-core	13e40adc-d55b-5b27-77db-94b34e20d2d1	com.tyrell.Reader3	Reader	11.3.20	11.3.20	1947	830088088	f	UNKNOWN_APP_TYPE	f	t	f	t	f	f	t	\N
48	1	acme-core	5f0d680d-7c53-3993-d56c-65b1677f6db7	com.hooli.Authenticator12	Authenticator	13.3.12	13.3.12	2676	828690639	f	UNKNOWN_APP_TYPE	f	f	t	f	f	f	t	{"isAppClip": false}
25	1	acme-cloud	8ca7da0d-27ca-62ae-a975-84292acabcd2	com.soylent.Parcel2	Parcel	10.2.10	10.2.10	2328	885539015	f	UNKNOWN_APP_TYPE	f	t	f	t	f	f	t	\N
9	3	acme-cloud	2900e41d-1d3e-ff5d-9217-4b4bdf47a817	com.initech.Wallet0	Wallet	10.7.25	10.7.25	2917	810418754	f	UNKNOWN_APP_TYPE	t	f	f	f	f	f	f	{"isAppClip": false}
15	2	acme-cloud	8a278db0-5b0d-79b6-3100-47505bacf9fb	com.wonka.Timesheet0	Timesheet	1.9.20	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
12	2	acme-cloud	70c4fb21-e4e7-95d3-64dc-80106055334c	com.tailspin.Parcel1	Parcel	1.2.25	1.2.25	1149	890474156	t	PUBLIC	f	t	f	f	f	f	t	\N
27	1	acme-cloud	50bab97e-8520-be7f-6722-c168fe7be1a2	com.cyberdyne.Maps8	Maps	7.9.14	7.9.14	1976	877032109	f	UNKNOWN_APP_TYPE	f	f	t	f	f	f	t	\N
49	2	acme-core	fb3dc01a-defb-6edb-7948-2da17f837d26	com.wonka.Roster17	Roster	12.1.31	12.1.31	1903	866822629	t	PUBLIC	f	f	t	f	t	f	t	\N
50	2	acme-core	fd0850b3-09df-58e7-52ba-e724abddcff2	com.initech.Dispatch0	Dispatch 🏭 Werk 2	2.8.19	2.8.19	3877	878674765	f	UNKNOWN_APP_TYPE	t	f	f	f	f	f	f	\N
51	1	acme-core	8d989a86-42d1-70ed-a1fb-4373cee01259	com.initech.Camera10	Camera	3.2.9	3.2.9	2870	819513250	f	UNKNOWN_APP_TYPE	f	f	t	f	f	f	t	\N
52	1	acme-core	382590f5-5bf2-b374-d26e-1054b01bf194	com.hooli.Wallet9	Wallet	9.7.29	9.7.29	2355	874091487	t	PUBLIC	f	f	t	f	f	f	t	\N
53	1	acme-core	19ccfec7-81c0-6489-1c32-240ae480dc9b	com.contoso.Chat1	Chat São Paulo	7.2.3	7.2.3	4304	826064181	f	UNKNOWN_APP_TYPE	t	f	f	f	t	f	f	\N
54	1	acme-core	37c0ee9d-2baa-699b-a959-95c2e4dc2b84	com.tailspin.Notes2	Notes	4.6.8	4.6.8	4526	814912251	f	UNKNOWN_APP_TYPE	f	f	t	f	f	f	t	\N
55	1	acme-core	4fc78d3f-2788-f0c3-9d92-1ebb77934fcf	com.tailspin.Chat8	Chat	11.6.0	11.6.0	3858	884510554	f	UNKNOWN_APP_TYPE	t	f	f	f	t	f	f	\N
56	1	acme-cloud	f0eb4c80-933a-9405-5805-992cc8ee5e9d	com.wonka.Timesheet0	Timesheet	1.10.20	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
57	1	acme-core	ea863618-5c4c-a179-3930-fed5efb2f511	com.stark.Wallet4	Wallet	13.4.9	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N
\.
COPY uem.device_app_list (tenant, device_id, items) FROM stdin;
acme-cloud	7d954c61-e36c-420e-8f77-bc18a5aa837a	{17,19,21,18,16,15,20}
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	{9,14,12,13}
acme-cloud	a5c8e505-9ba9-43b8-b0db-49a918099e22	{17,22,15,24,23}
acme-cloud	c287e699-7ee4-4dc9-80bf-3eda4584169f	{7,6,8}
acme-cloud	e05a6fa0-4002-44d9-a236-0b3df1ca867d	{11,10,9}
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	{9,27,14,12,26,25}
acme-cloud	b68d3cbd-5769-4b5f-afad-819bf5681c84	{36,35,16,38,37,28}
acme-cloud	3856da1c-9868-44cd-9844-a023529db8c0	{5,2,3,1,4}
acme-cloud	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	{34,30,33,31,32,13}
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	{47,51,50}
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	{47,52,50}
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	{47,48,45,46,49}
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	{53,54,55,45,49}
acme-cloud	cf616559-571a-494f-9d86-68c2f9265e47	{29,56,28}
acme-core	8d4fe114-4f83-4ae8-9788-4731b3441bf7	{43,42,57}
\.
COPY uem.device_certificate_item (item_id, holders, tenant, digest, thumbprint, serial_number, subject, subject_cn, issuer, issuer_cn, identity, not_before, not_after, extra) FROM stdin;
1	1	acme-cloud	b249a1d8-1f9e-425f-77c1-36a9c22368f7	455ccf01c5d3d03fabafa215b4ba66d0a68a794e	1002	CN=eec8d0a17ad987b0c59166b09fd2b01ed9f78780	eec8d0a17ad987b0c59166b09fd2b01ed9f78780	CN=uem.acme.example,OU=iOSMDMCA,UID=1496738424913	uem.acme.example	t	2024-06-24 08:51:10+00	2034-06-22 08:51:10+00	\N
4	1	acme-cloud	b37f6d55-eba6-d57c-72c8-d40351a1aadb	efaad5b71ee8c22c7116f467a12811e7946ef94a	7433996793183816369	CN=eec8d0a17ad987b0c59166b09fd2b01ed9f78780	eec8d0a17ad987b0c59166b09fd2b01ed9f78780	CN=uem.acme.example,OU=AppStoreFrontCA,UID=1496738420411	uem.acme.example	t	2024-05-27 02:15:37+00	2025-05-27 02:15:37+00	\N
5	1	acme-cloud	a976a00d-c246-2ab8-5f2d-8ec19ead4f38	0079b7d0c84e6bfbea7b77b8a0be0d8f03ce0418	1003	CN=00008111-00005265D7BEC091	00008111-00005265D7BEC091	CN=uem.acme.example,OU=iOSMDMCA,UID=1496738424913	uem.acme.example	t	2024-03-05 14:24:06+00	2034-03-03 14:24:06+00	\N
6	1	acme-cloud	fe6efaa2-e47c-29f9-2143-9fcdd749e11c	772352ab867ebfe23848210add14e96390de1440	6548823551089638213	CN=00008111-00005265D7BEC091	00008111-00005265D7BEC091	CN=uem.acme.example,OU=AppStoreFrontCA,UID=1496738420411	uem.acme.example	t	2024-05-09 13:54:32+00	2025-05-09 13:54:32+00	\N
7	1	acme-cloud	29c8ae44-d1b4-d503-4fe1-e723138d43b6	f5e027efb5625e999665ecf3e129936505a4bd14	1006	CN=a9f8c2fc623356b51c312b29b598755a175ac107	a9f8c2fc623356b51c312b29b598755a175ac107	CN=uem.acme.example,OU=iOSMDMCA,UID=1496738424913	uem.acme.example	t	2024-02-12 01:15:04+00	2034-02-09 01:15:04+00	\N
8	1	acme-cloud	903436db-5dfd-61b8-c36a-876d024ee58b	bbc318f95f0fee5bdb968196ec5f64165769dbe7	4139161988832589150	CN=a9f8c2fc623356b51c312b29b598755a175ac107	a9f8c2fc623356b51c312b29b598755a175ac107	CN=uem.acme.example,OU=AppStoreFrontCA,UID=1496738420411	uem.acme.example	t	2024-03-22 21:36:27+00	2025-03-22 21:36:27+00	\N
9	1	acme-cloud	aa4e0474-4aba-ffa2-9dea-c3469cba52d1	9950822c0efb08de794be4aa2a618f164d669646	1009	CN=00008111-000D2EF069574A9D	00008111-000D2EF069574A9D	CN=uem.acme.example,OU=iOSMDMCA,UID=1496738424913	uem.acme.example	t	2024-12-04 19:07:08+00	2034-12-02 19:07:08+00	\N
10	1	acme-cloud	ee438f0e-44c5-74c9-37d4-d450f95c0fa2	96dbc999ccb1601195388e05fd1aa8bb7607dc6c	15304158966773820332	CN=00008111-000D2EF069574A9D	00008111-000D2EF069574A9D	CN=uem.acme.example,OU=AppStoreFrontCA,UID=1496738420411	uem.acme.example	t	2024-10-29 19:38:50+00	2025-10-29 19:38:50+00	\N
13	1	acme-core	d728daac-45d6-7f48-5b82-98092fda324c	2b68d792077c342e4d717a69db749183638211f1	1001	CN=bbdb872c6bd876aff09f80f85d68795b882d4cb4	bbdb872c6bd876aff09f80f85d68795b882d4cb4	CN=uem.acme.example,OU=iOSMDMCA,UID=1496738424913	uem.acme.example	t	2024-11-25 00:07:39+00	2034-11-23 00:07:39+00	\N
14	4	acme-core	6e733524-7c9e-ac88-eeed-943b033d7e5d	cc461c6aed167564eb3c7ab21f3b2687317eec5d	0	C=US,O=The Old Root Group\\, Inc.,OU=Class 2 Certification Authority	\N	C=US,O=The Old Root Group\\, Inc.,OU=Class 2 Certification Authority	\N	f	2004-06-29 17:06:20+00	2034-06-29 17:06:20+00	\N
15	4	acme-core	bc0a72e4-1ec0-0f98-550a-50c600f29cc2	d77493e34d41616fdcbb0cc03eed135b3250b59c	903685368	CN=uem.acme.example,OU=SystemRootCA,UID=1496738416965	uem.acme.example	CN=uem.acme.example,OU=SystemRootCA,UID=1496738416965	uem.acme.example	f	2017-06-06 08:35:16+00	2047-05-30 08:35:16+00	\N
16	1	acme-core	7f7c9d33-69c5-d443-a49b-befec68ccfde	cbd05c6de85ea0efb982266563dc34c6b9526cd3	18351547470681103419	CN=bbdb872c6bd876aff09f80f85d68795b882d4cb4	bbdb872c6bd876aff09f80f85d68795b882d4cb4	CN=uem.acme.example,OU=AppStoreFrontCA,UID=1496738420411	uem.acme.example	t	2024-12-29 02:47:34+00	2025-12-29 02:47:34+00	\N
17	1	acme-core	66606f51-792a-e55a-080d-5befe74c79ed	6891dc3deb4e0082e84616b770e1418456b6102f	1002	CN=2612d8e3a4b6da3283d066273f0e833cf2d5aa3b	2612d8e3a4b6da3283d066273f0e833cf2d5aa3b	CN=uem.acme.example,OU=iOSMDMCA,UID=1496738424913	uem.acme.example	t	2024-01-02 15:35:15+00	2033-12-30 15:35:15+00	\N
18	1	acme-core	7e5757b6-b540-ab0c-3729-2d1cfbc52cd2	17896e5032083858bc32a2ac20d0d956d9cc9aa4	4090414628640669325	CN=2612d8e3a4b6da3283d066273f0e833cf2d5aa3b	2612d8e3a4b6da3283d066273f0e833cf2d5aa3b	CN=uem.acme.example,OU=AppStoreFrontCA,UID=1496738420411	uem.acme.example	t	2024-03-21 22:27:30+00	2025-03-21 22:27:30+00	\N
19	1	acme-core	a6b05229-bb4e-b161-3804-6542ec01aaf4	e3ce1721bc1c0f270b7e818ad15ca247d69e20c8	1003	CN=c88135ef3effe5d6f8f2d723be0a0bb715cc92b3	c88135ef3effe5d6f8f2d723be0a0bb715cc92b3	CN=uem.acme.example,OU=iOSMDMCA,UID=1496738424913	uem.acme.example	t	2024-02-17 11:06:23+00	2034-02-14 11:06:23+00	\N
20	1	acme-core	eaebd727-5ba5-0177-2fa4-d8d02d9dc364	af5411a81276afd8abdc19842dd96861c249be0d	4621026922987218241	CN=c88135ef3effe5d6f8f2d723be0a0bb715cc92b3	c88135ef3effe5d6f8f2d723be0a0bb715cc92b3	CN=uem.acme.example,OU=AppStoreFrontCA,UID=1496738420411	uem.acme.example	t	2024-04-01 10:26:08+00	2025-04-01 10:26:08+00	\N
21	1	acme-core	4aebe0ea-b7c4-314e-f4b9-0d3d6e9ad291	a96a4488f946330bef4e3555a193d34266632854	1004	CN=00008111-00050BE5ADCC70D4	00008111-00050BE5ADCC70D4	CN=uem.acme.example,OU=iOSMDMCA,UID=1496738424913	uem.acme.example	t	2024-11-12 11:08:21+00	2034-11-10 11:08:21+00	\N
22	1	acme-core	e392cdf9-5b4a-b9c5-b641-8c0d4e248da2	a4f091f32d9608b8337978343fbaa3912f68912c	13159576550652828145	CN=00008111-00050BE5ADCC70D4	00008111-00050BE5ADCC70D4	CN=uem.acme.example,OU=AppStoreFrontCA,UID=1496738420411	uem.acme.example	t	2024-09-17 09:13:37+00	2025-09-17 09:13:37+00	\N
3	4	acme-cloud	d2cdeb4d-b998-3c7b-3847-94985d883169	9e5278a4e92312ea35cf6d14014d3add9b32a31d	664051241	CN=uem.acme.example,OU=SystemRootCA,UID=1496738416965	uem.acme.example	CN=uem.acme.example,OU=SystemRootCA,UID=1496738416965	uem.acme.example	f	2017-06-06 08:35:16+00	2047-05-30 08:35:16+00	\N
2	4	acme-cloud	5cdcb363-efd6-f712-4b04-8a761191fa52	33349ad401cad57c070e0d8df21992a33dc6e586	0	C=US,O=The Old Root Group\\, Inc.,OU=Class 2 Certification Authority	\N	C=US,O=The Old Root Group\\, Inc.,OU=Class 2 Certification Authority	\N	f	2004-06-29 17:06:20+00	2034-06-29 17:06:20+00	\N
\.
COPY uem.device_certificate_list (tenant, device_id, items) FROM stdin;
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	{2,5,3,6}
acme-cloud	e05a6fa0-4002-44d9-a236-0b3df1ca867d	{2,1,4,3}
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	{7,2,8,3}
acme-cloud	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	{2,9,3,10}
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	{17,14,18,15}
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	{14,19,15,20}
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	{14,16,15,13}
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	{21,14,15,22}
\.
COPY uem.device_configuration (tenant, device_id, profile_type, profile_id, uuid, name, category, status, updated_at, extra) FROM stdin;
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	POLICY	-7	misystem-default-docs-policy	Default Docs@Work Policy	DOCS	Pending	2021-03-01 17:38:53.331+00	\N
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	POLICY	-3	misystem-default-security-policy	Default Security Policy	SECURITY	Applied	2021-03-01 17:31:35.831+00	\N
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	POLICY	-2	misystem-default-privacy-policy	Default Privacy Policy	PRIVACY	Applied	2021-03-01 17:34:04.284+00	\N
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	APP	-2	\N	 System - iOS MDM	MDM	Pending	2021-03-01 17:39:05.586+00	\N
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	POLICY	4	f3b1a3cc-1a1c-4f0e-8f6e-0b2c5f6d7e80	Lockdown <field> & "desk"	LOCKDOWN	Pending	2021-03-01 17:37:54.703+00	\N
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	APP	4	0c9d2a54-7b5e-4c7f-9a39-5d1b2e3f4a51	Wi-Fi “HQ”	WIFI	Applied	2021-03-01 17:34:23.836+00	\N
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	APP	5	7e6d5c4b-3a29-4181-8706-f5e4d3c2b1a0	Exchange	EXCHANGE	Applied	2021-03-01 17:33:57.631+00	\N
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	POLICY	-7	misystem-default-docs-policy	Default Docs@Work Policy	DOCS	Applied	2021-03-02 11:02:30.331+00	\N
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	POLICY	-3	misystem-default-security-policy	Default Security Policy	SECURITY	Pending	2021-03-02 11:08:29.122+00	\N
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	POLICY	-2	misystem-default-privacy-policy	Default Privacy Policy	PRIVACY	Partially Applied	2021-03-02 11:10:03.864+00	\N
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	APP	-2	\N	 System - iOS MDM	MDM	Partially Applied	2021-03-02 11:11:16.187+00	\N
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	POLICY	4	f3b1a3cc-1a1c-4f0e-8f6e-0b2c5f6d7e80	Lockdown <field> & "desk"	LOCKDOWN	Applied	2021-03-02 11:02:55.93+00	\N
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	APP	4	0c9d2a54-7b5e-4c7f-9a39-5d1b2e3f4a51	Wi-Fi “HQ”	WIFI	Applied	2021-03-02 11:07:20.642+00	\N
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	APP	5	7e6d5c4b-3a29-4181-8706-f5e4d3c2b1a0	Exchange	EXCHANGE	Applied	2021-03-02 11:03:54.024+00	\N
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	POLICY	-7	misystem-default-docs-policy	Default Docs@Work Policy	DOCS	Partially Applied	2021-03-03 04:40:27.182+00	\N
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	POLICY	-3	misystem-default-security-policy	Default Security Policy	SECURITY	Partially Applied	2021-03-03 04:40:35.469+00	\N
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	POLICY	-2	misystem-default-privacy-policy	Default Privacy Policy	PRIVACY	Partially Applied	2021-03-03 04:40:12.007+00	\N
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	APP	-2	\N	 System - iOS MDM	MDM	Pending	2021-03-03 04:37:45.009+00	\N
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	POLICY	4	f3b1a3cc-1a1c-4f0e-8f6e-0b2c5f6d7e80	Lockdown <field> & "desk"	LOCKDOWN	Partially Applied	2021-03-03 04:40:33.937+00	\N
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	APP	4	0c9d2a54-7b5e-4c7f-9a39-5d1b2e3f4a51	Wi-Fi “HQ”	WIFI	Applied	2021-03-03 04:35:50.393+00	\N
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	APP	5	7e6d5c4b-3a29-4181-8706-f5e4d3c2b1a0	Exchange	EXCHANGE	Partially Applied	2021-03-03 04:39:51.025+00	\N
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	POLICY	-7	misystem-default-docs-policy	Default Docs@Work Policy	DOCS	Applied	2021-03-03 22:03:55.488+00	\N
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	POLICY	-3	misystem-default-security-policy	Default Security Policy	SECURITY	Applied	2021-03-03 22:04:12.888+00	\N
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	POLICY	-2	misystem-default-privacy-policy	Default Privacy Policy	PRIVACY	Applied	2021-03-03 22:04:14.111+00	\N
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	APP	-2	\N	 System - iOS MDM	MDM	Partially Applied	2021-03-03 22:09:04.475+00	\N
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	POLICY	4	f3b1a3cc-1a1c-4f0e-8f6e-0b2c5f6d7e80	Lockdown <field> & "desk"	LOCKDOWN	Applied	2021-03-03 22:03:00.547+00	\N
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	APP	4	0c9d2a54-7b5e-4c7f-9a39-5d1b2e3f4a51	Wi-Fi “HQ”	WIFI	Applied	2021-03-03 22:02:10.787+00	\N
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	APP	5	7e6d5c4b-3a29-4181-8706-f5e4d3c2b1a0	Exchange	EXCHANGE	Applied	2021-03-03 22:01:46.81+00	\N
acme-core	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	POLICY	-7	misystem-default-docs-policy	Default Docs@Work Policy	DOCS	Applied	2025-02-28 22:41:31.201+00	\N
acme-core	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	POLICY	-2	misystem-default-privacy-policy	Default Privacy Policy	PRIVACY	Applied	2025-02-28 22:37:39.713+00	\N
acme-core	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	APP	4	0c9d2a54-7b5e-4c7f-9a39-5d1b2e3f4a51	Wi-Fi “HQ”	WIFI	Applied	2025-02-28 22:39:11.86+00	\N
acme-core	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	APP	5	7e6d5c4b-3a29-4181-8706-f5e4d3c2b1a0	Exchange	EXCHANGE	Applied	2025-02-28 22:40:17.276+00	\N
acme-core	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	POLICY	-3	misystem-default-security-policy	Default Security Policy	SECURITY	Applied	2025-03-01 22:36:28.82+00	\N
acme-core	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	POLICY	4	f3b1a3cc-1a1c-4f0e-8f6e-0b2c5f6d7e80	Lockdown <field> & "desk"	LOCKDOWN	Applied	2025-03-01 22:39:42.558+00	\N
\.
COPY uem.device_fetch (tenant, device_id, entity, fetched_at, check_in_at, outcome, rows, digest) FROM stdin;
acme-cloud	e05a6fa0-4002-44d9-a236-0b3df1ca867d	device_certificate	2026-01-15 12:00:01.457+00	2025-02-28 06:13:35.999+00	complete	4	7020ccfdf09d1c77
acme-cloud	e05a6fa0-4002-44d9-a236-0b3df1ca867d	device_profile	2026-01-15 12:00:01.464+00	2025-02-28 06:13:35.999+00	complete	2	e138ffb78d69568d
acme-cloud	3856da1c-9868-44cd-9844-a023529db8c0	device_group_member	2026-01-15 12:00:01.479+00	2025-02-28 16:41:06.999+00	complete	2	67d1a304df99b651
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	device_certificate	2026-01-15 12:00:01.493+00	2025-02-28 22:25:43.999+00	complete	4	0013691a7b23f8ad
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	device_profile	2026-01-15 12:00:01.494+00	2025-02-28 22:25:43.999+00	complete	2	9a7ac4e150d387e2
acme-cloud	e05a6fa0-4002-44d9-a236-0b3df1ca867d	device_setting	2026-01-15 12:00:01.496+00	2025-02-28 06:13:35.999+00	complete	2	75eaa1310d535a6d
acme-cloud	c287e699-7ee4-4dc9-80bf-3eda4584169f	device_group_member	2026-01-15 12:00:01.498+00	2025-02-28 04:05:16.999+00	complete	2	8fa8a0b78f93ba93
acme-cloud	e05a6fa0-4002-44d9-a236-0b3df1ca867d	device_app	2026-01-15 12:00:01.499+00	2025-02-28 06:13:35.999+00	complete	3	da9921df06aeb30b
acme-cloud	e05a6fa0-4002-44d9-a236-0b3df1ca867d	device_group_member	2026-01-15 12:00:01.501+00	2025-02-28 06:13:35.999+00	complete	2	32d04ee7ab6b57ba
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	device_app	2026-01-15 12:00:01.502+00	2025-02-28 22:25:43.999+00	complete	4	c25ac0c2110686f9
acme-cloud	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	device_certificate	2026-01-15 12:00:01.503+00	2025-02-28 20:34:46.999+00	complete	4	7f96bb9d100a5f4c
acme-cloud	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	device_profile	2026-01-15 12:00:01.503+00	2025-02-28 20:34:46.999+00	complete	2	844940291f849340
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	device_setting	2026-01-15 12:00:01.504+00	2025-02-28 22:25:43.999+00	complete	2	b5d19b9c7f53b86c
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	device_group_member	2026-01-15 12:00:01.505+00	2025-02-28 22:25:43.999+00	complete	2	32d04ee7ab6b57ba
acme-cloud	7d954c61-e36c-420e-8f77-bc18a5aa837a	device_group_member	2026-01-15 12:00:01.508+00	2025-02-28 18:32:18.999+00	complete	3	625bbc046616c59e
acme-cloud	a5c8e505-9ba9-43b8-b0db-49a918099e22	device_app	2026-01-15 12:00:01.509+00	2025-02-28 06:06:34.999+00	complete	5	9a14448261b5d69a
acme-cloud	a5c8e505-9ba9-43b8-b0db-49a918099e22	device_group_member	2026-01-15 12:00:01.512+00	2025-02-28 06:06:34.999+00	complete	3	625bbc046616c59e
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	device_group_member	2026-01-15 12:00:01.514+00	2025-02-28 13:02:16.999+00	complete	2	32d04ee7ab6b57ba
acme-cloud	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	device_setting	2026-01-15 12:00:01.515+00	2025-02-28 20:34:46.999+00	complete	2	470387e07a11136a
acme-cloud	cf616559-571a-494f-9d86-68c2f9265e47	device_group_member	2026-01-15 12:00:01.516+00	2025-02-28 07:57:56.999+00	complete	3	625bbc046616c59e
acme-cloud	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	device_app	2026-01-15 12:00:01.517+00	2025-02-28 20:34:46.999+00	complete	6	f8b108bd13b3fcc1
acme-cloud	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	device_group_member	2026-01-15 12:00:01.518+00	2025-02-28 20:34:46.999+00	complete	2	32d04ee7ab6b57ba
acme-cloud	b68d3cbd-5769-4b5f-afad-819bf5681c84	device_app	2026-01-15 12:00:01.518+00	2025-02-28 18:53:13.999+00	complete	6	b209b5800831703f
acme-cloud	b68d3cbd-5769-4b5f-afad-819bf5681c84	device_group_member	2026-01-15 12:00:01.519+00	2025-02-28 18:53:13.999+00	complete	2	d1b36d5e892e8dfe
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	device_certificate	2026-01-15 12:00:01.544+00	2025-02-28 09:02:57.999+00	complete	4	1632db1150cda2cc
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	device_profile	2026-01-15 12:00:01.545+00	2025-02-28 09:02:57.999+00	complete	2	0af08339deade787
acme-core	8d4fe114-4f83-4ae8-9788-4731b3441bf7	device_group_member	2026-01-15 12:00:01.547+00	2025-01-30 11:49:17.999+00	complete	2	67d1a304df99b651
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	device_app	2026-01-15 12:00:01.548+00	2025-02-28 09:02:57.999+00	complete	5	fec97693a05ee5bc
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	device_certificate	2026-01-15 12:00:01.55+00	2025-02-28 19:09:48.999+00	complete	4	d4cf8d430278dca2
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	device_profile	2026-01-15 12:00:01.551+00	2025-02-28 19:09:48.999+00	complete	2	923e252022487cc7
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	device_setting	2026-01-15 12:00:01.553+00	2025-02-28 09:02:57.999+00	complete	2	0e4770a9ecb1917d
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	device_location	2026-01-15 12:00:01.553+00	2025-02-28 09:02:57.999+00	complete	1	8ab403cf28069628
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	device_group_member	2026-01-15 12:00:01.554+00	2025-02-28 09:02:57.999+00	complete	2	32d04ee7ab6b57ba
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	device_configuration	2026-01-15 12:00:01.56+00	2025-02-28 09:02:57.999+00	complete	7	2aed96cb72f85cab
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	device_app	2026-01-15 12:00:01.561+00	2025-02-28 19:09:48.999+00	complete	3	1953cc036f04762a
acme-core	8d4fe114-4f83-4ae8-9788-4731b3441bf7	device_app	2026-01-15 12:00:02.399+00	2025-03-01 05:51:45.293+00	complete	3	bbcfda5c9276667b
acme-core	8d4fe114-4f83-4ae8-9788-4731b3441bf7	device_location	2026-01-15 12:00:02.401+00	2025-03-01 05:51:45.293+00	complete	1	69101dc97a574221
acme-core	8d4fe114-4f83-4ae8-9788-4731b3441bf7	device_configuration	2026-01-15 12:00:02.402+00	2025-03-01 05:51:45.293+00	complete	0	a5b47c610df58580
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	device_location	2026-01-15 12:00:01.565+00	2025-02-28 19:09:48.999+00	complete	1	e69131536fbd40ab
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	device_group_member	2026-01-15 12:00:01.566+00	2025-02-28 19:09:48.999+00	complete	2	32d04ee7ab6b57ba
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	device_configuration	2026-01-15 12:00:01.567+00	2025-02-28 19:09:48.999+00	complete	7	eee61f9c8e3a73d8
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	device_certificate	2026-01-15 12:00:01.57+00	2025-02-28 21:04:04.999+00	complete	4	c49eb861f9486ef6
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	device_profile	2026-01-15 12:00:01.571+00	2025-02-28 21:04:04.999+00	complete	2	bbfc531300c77c89
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	device_setting	2026-01-15 12:00:01.572+00	2025-02-28 19:09:48.999+00	complete	2	ded0cedb80443235
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	device_group_member	2026-01-15 12:00:01.574+00	2025-02-28 19:13:53.999+00	complete	2	32d04ee7ab6b57ba
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	device_app	2026-01-15 12:00:01.577+00	2025-02-28 21:04:04.999+00	complete	5	19fd8d3d5002c6de
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	device_location	2026-01-15 12:00:01.579+00	2025-02-28 21:04:04.999+00	complete	1	29008af2a761e86c
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	device_group_member	2026-01-15 12:00:01.581+00	2025-02-28 21:04:04.999+00	complete	2	32d04ee7ab6b57ba
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	device_configuration	2026-01-15 12:00:01.582+00	2025-02-28 21:04:04.999+00	complete	7	1111c6a29d1deb5c
acme-core	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	device_group_member	2026-01-15 12:00:01.583+00	2025-02-28 22:36:50+00	unanswered	0	\N
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	device_setting	2026-01-15 12:00:01.592+00	2025-02-28 21:04:04.999+00	complete	2	b8b6c26dd14ca197
acme-cloud	3856da1c-9868-44cd-9844-a023529db8c0	device_app	2026-01-15 12:00:02.309+00	2025-03-01 00:14:15.774+00	complete	5	c588a80ccc4aa1ac
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	device_certificate	2026-01-15 12:00:02.312+00	2025-03-01 09:43:35.09+00	complete	4	abd7537155cef7a5
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	device_profile	2026-01-15 12:00:02.315+00	2025-03-01 09:43:35.09+00	complete	2	2b056e247ccc9b63
acme-cloud	c287e699-7ee4-4dc9-80bf-3eda4584169f	device_app	2026-01-15 12:00:02.319+00	2025-03-01 10:07:20.894+00	unanswered	3	1b66662e9073e35a
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	device_setting	2026-01-15 12:00:02.32+00	2025-03-01 09:43:35.09+00	complete	2	8d9257951314676a
acme-cloud	7d954c61-e36c-420e-8f77-bc18a5aa837a	device_app	2026-01-15 12:00:02.325+00	2025-03-01 23:43:13.708+00	complete	7	a138be8c8a96cf79
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	device_app	2026-01-15 12:00:02.327+00	2025-03-01 09:43:35.09+00	complete	6	53aa81967b1c8301
acme-cloud	cf616559-571a-494f-9d86-68c2f9265e47	device_app	2026-01-15 12:00:02.335+00	2025-03-01 03:08:23.143+00	complete	3	47d859b08e8cbdfb
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	device_certificate	2026-01-15 12:00:02.399+00	2025-03-01 05:40:58.616+00	complete	4	08ca4031be991f7a
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	device_profile	2026-01-15 12:00:02.4+00	2025-03-01 05:40:58.616+00	complete	2	a9cdba7d3666cf16
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	device_app	2026-01-15 12:00:02.403+00	2025-03-01 05:40:58.616+00	unanswered	3	38d87a9e46cb2d03
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	device_setting	2026-01-15 12:00:02.404+00	2025-03-01 05:40:58.616+00	complete	2	8c7814f997f9f828
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	device_location	2026-01-15 12:00:02.404+00	2025-03-01 05:40:58.616+00	complete	1	8df319675637c698
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	device_configuration	2026-01-15 12:00:02.406+00	2025-03-01 05:40:58.616+00	complete	7	30752d558d067a76
acme-core	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	device_app	2026-01-15 12:00:02.407+00	2025-03-01 02:27:15+00	unanswered	0	\N
acme-core	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	device_configuration	2026-01-15 12:00:02.408+00	2025-03-01 02:27:15+00	complete	6	4be02ced5757c0e3
\.
COPY uem.device_group (tenant, group_id, name, description, definition, is_static, label_id, device_count, extra) FROM stdin;
acme-cloud	38000	All Devices	Targets any type of device.	\N	\N	\N	\N	\N
acme-cloud	38007	Android Devices	Targets all Android devices	PLATFORMTYPE EQ 'ANDROID'	f	\N	\N	\N
acme-cloud	38014	Android Enterprise Devices	Targets all Android Enterprise devices	PLATFORMTYPE EQ 'ANDROID' AND ANDROIDWORKENABLED EQ 'true'	f	\N	\N	\N
acme-cloud	38021	iOS Devices	Targets all iOS devices	PLATFORMTYPE EQ 'IOS'	f	\N	\N	\N
acme-cloud	38028	Windows Devices	Targets all Windows devices	PLATFORMTYPE EQ 'WINDOWS_PHONE'	f	\N	\N	\N
acme-cloud	38035	macOS Devices	Targets all OSX devices	PLATFORMTYPE EQ 'OSX'	f	\N	\N	\N
acme-cloud	38042	tvOS Devices	Targets all tvOS devices.	PLATFORMTYPE EQ 'IOS' AND MODEL STARTS_WITH 'AppleTV'	f	\N	\N	\N
acme-core	38000	All Devices	Targets any type of device.	\N	t	-1	5	{"isESSearch": "102"}
acme-core	38007	Android Devices	Targets all Android devices	PLATFORMTYPE EQ 'ANDROID'	f	-2	1	{"isESSearch": "116"}
acme-core	38014	Android Enterprise Devices	Targets all Android Enterprise devices	PLATFORMTYPE EQ 'ANDROID' AND ANDROIDWORKENABLED EQ 'true'	f	-3	1	{"isESSearch": "116"}
acme-core	38021	iOS Devices	Targets all iOS devices	PLATFORMTYPE EQ 'IOS'	f	-4	4	{"isESSearch": "116"}
acme-core	38028	Windows Devices	Targets all Windows devices	PLATFORMTYPE EQ 'WINDOWS_PHONE'	f	-5	0	{"isESSearch": "116"}
acme-core	38035	macOS Devices	Targets all OSX devices	PLATFORMTYPE EQ 'OSX'	f	-6	0	{"isESSearch": "116"}
acme-core	38042	tvOS Devices	Targets all tvOS devices.	PLATFORMTYPE EQ 'IOS' AND MODEL STARTS_WITH 'AppleTV'	f	-7	0	{"isESSearch": "116"}
\.
COPY uem.device_group_member_item (item_id, holders, tenant, digest, group_id) FROM stdin;
2	1	acme-cloud	bd192f01-790b-e635-4a9c-6062fc63e958	38035
3	1	acme-cloud	0ade7fc2-09b8-282d-66fb-577db8b94819	38028
5	4	acme-cloud	2633d4e6-7be7-dd22-560c-dc0421f1f65b	38007
6	3	acme-cloud	bceee362-c480-c767-27cd-ccc10ba051f2	38014
7	5	acme-core	3c9b3ca5-c24a-ab7a-4512-95948b7a0558	38000
8	1	acme-core	bd192f01-790b-e635-4a9c-6062fc63e958	38035
9	4	acme-core	b12c0944-7d46-a3c7-2689-be791eae55a8	38021
4	4	acme-cloud	b12c0944-7d46-a3c7-2689-be791eae55a8	38021
1	10	acme-cloud	3c9b3ca5-c24a-ab7a-4512-95948b7a0558	38000
\.
COPY uem.device_group_member_list (tenant, device_id, items) FROM stdin;
acme-cloud	7d954c61-e36c-420e-8f77-bc18a5aa837a	{5,1,6}
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	{1,4}
acme-cloud	cf616559-571a-494f-9d86-68c2f9265e47	{5,1,6}
acme-cloud	a5c8e505-9ba9-43b8-b0db-49a918099e22	{5,1,6}
acme-cloud	c287e699-7ee4-4dc9-80bf-3eda4584169f	{3,1}
acme-cloud	e05a6fa0-4002-44d9-a236-0b3df1ca867d	{1,4}
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	{1,4}
acme-cloud	b68d3cbd-5769-4b5f-afad-819bf5681c84	{5,1}
acme-cloud	3856da1c-9868-44cd-9844-a023529db8c0	{1,2}
acme-cloud	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	{1,4}
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	{7,9}
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	{7,9}
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	{7,9}
acme-core	8d4fe114-4f83-4ae8-9788-4731b3441bf7	{7,8}
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	{7,9}
\.
COPY uem.device_history (tenant, device_id, valid_from, valid_to, device_guid, identifier, status, source_status, compliant, quarantined, blocked, compromised, compliance_reasons, quarantine_reasons, block_reasons, compliance_code, quarantine_code, block_code, os, os_version, source_platform, manufacturer, model, serial_number, imei, imsi, phone_number, mac_address, ios_udid, ownership, user_id, user_uuid, user_display_name, email_address, comment, country_name, operator, home_operator, mdm_managed, encrypted, passcode_present, client_version, eas_uuid, registered_at, custom_attributes) FROM stdin;
acme-cloud	051a1182-2eab-4f64-b11c-adeac0b40509	2026-01-15 12:00:00.722+00	\N	051a1182-2eab-4f64-b11c-adeac0b40509	5574db1e7b7af3f2196ca90d0a36082d121399a2	RETIRED	RETIRED	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	16.7	\N	Apple Inc.	iPhone14,5	N7F42CTHDV9F	350164686545002	262017967397879	+4915967876846	08:d4:2b:f7:37:34	5574db1e7b7af3f2196ca90d0a36082d121399a2	COMPANY	thomas.o-brien5@acme.example	21f668a2-3d47-40e8-8908-fc55fa47ccf2	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-06 02:17:45.47+00	\N
acme-cloud	3856da1c-9868-44cd-9844-a023529db8c0	2026-01-15 12:00:00.722+00	\N	3856da1c-9868-44cd-9844-a023529db8c0	F45D9B74-DBD7-41AE-A194-8C81C0FA9C8F	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	OSX	12.7	\N	Apple Inc.	MacBookPro18,3	1XF0WTFHQJTY	\N	\N	\N	00:23:68:5c:ff:57	\N	COMPANY	olga.garcia0@acme.example	a882faa5-21d6-4940-981d-bdffa3849ff3	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-01 00:00:00+00	\N
acme-cloud	7d954c61-e36c-420e-8f77-bc18a5aa837a	2026-01-15 12:00:00.722+00	\N	7d954c61-e36c-420e-8f77-bc18a5aa837a	edcde676f766011a6a5c5bba4ece06ae2fc4554a684c976661b857126d8c2	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	ANDROID	13	\N	Google	Pixel 8a	8GX7GLHDPCLH	353696889266908	\N	+4915157567895	00:23:68:d3:5e:8d	\N	COMPANY	chiara.weber3@acme.example	eb147bf0-9efe-4d00-a4b9-bbb6d20f7d9e	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-03 21:59:16.886+00	\N
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	2026-01-15 12:00:00.722+00	\N	9e6b29da-1166-4614-8f09-adf8506ed38b	00008111-00005265D7BEC091	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	17.6	\N	Apple Inc.	iPad7,5	M8M3GTCJDC9F	\N	\N	\N	00:23:68:d0:1b:95	00008111-00005265D7BEC091	COMPANY	omar.tanaka2@acme.example	73fc33ca-d43d-4fa8-b980-8661c8b7daf9	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-03 04:31:02.006+00	{"site": "🏭 Werk 2", "nacCompliant": "true"}
acme-cloud	a5c8e505-9ba9-43b8-b0db-49a918099e22	2026-01-15 12:00:00.722+00	\N	a5c8e505-9ba9-43b8-b0db-49a918099e22	17b0790589ba44517da3ca918645100543db3b522e77892fdfbb8d2ef5220	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	ANDROID	13	\N	Google	Pixel 8a	XFVYNTCC3444	356073923120447	\N	+4915851493879	a4:83:e7:ef:82:98	\N	COMPANY	fatima.de-vries4@acme.example	786cf36d-4f22-47da-8077-b98c57078eaa	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-04 15:26:29.027+00	\N
acme-cloud	b68d3cbd-5769-4b5f-afad-819bf5681c84	2026-01-15 12:00:00.722+00	\N	b68d3cbd-5769-4b5f-afad-819bf5681c84	bef9c70c8f1261b071d4b7120b2dc8200efdcaa86885562aec23f4739731e	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	ANDROID	11	\N	samsung	SM-G991B	CHGTTN84937P	350447467222742	262017137802753	+4915780843464	a4:83:e7:01:76:33	\N	EMPLOYEE	emma.silva7@acme.example	42cdc688-a676-466e-9c27-e86428a1bdb7	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-08 06:26:51.94+00	\N
acme-cloud	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	2026-01-15 12:00:00.722+00	\N	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	00008111-000D2EF069574A9D	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	18.0	\N	Apple Inc.	iPhone13,2	FWFMJGMFQRJ5	357810063825763	262012030706881	+4915953998476	00:23:68:c1:00:06	00008111-000D2EF069574A9D	COMPANY	ines.silva6@acme.example	913cc1cb-756f-414a-ba49-f3776ad8e12c	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-07 13:04:52.085+00	\N
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	2026-01-15 12:00:00.722+00	\N	d75e3b85-96cd-41fd-a980-0e44079bf6c6	a9f8c2fc623356b51c312b29b598755a175ac107	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	17.5	\N	Apple Inc.	iPhone16,1	8CHTG069YC4R	351539949794807	262019244152302	\N	dc:a9:04:ee:f5:d2	a9f8c2fc623356b51c312b29b598755a175ac107	COMPANY	fatima.de-vries4@acme.example	786cf36d-4f22-47da-8077-b98c57078eaa	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-05 08:52:38.524+00	\N
acme-cloud	e05a6fa0-4002-44d9-a236-0b3df1ca867d	2026-01-15 12:00:00.722+00	\N	e05a6fa0-4002-44d9-a236-0b3df1ca867d	eec8d0a17ad987b0c59166b09fd2b01ed9f78780	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	17.5	\N	Apple Inc.	iPhone12,8	X7DPJ3L38YFY	355737196179386	262019215156298	+4915564077058	dc:a9:04:4a:68:84	eec8d0a17ad987b0c59166b09fd2b01ed9f78780	EMPLOYEE	omar.tanaka2@acme.example	73fc33ca-d43d-4fa8-b980-8661c8b7daf9	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-02 11:01:44.295+00	{"site": "Zürich \\"Nord\\"", "nacCompliant": "false"}
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	2026-01-15 12:00:00.727+00	\N	782e162f-839d-41cf-bbcd-3570bd9bf1d0	bbdb872c6bd876aff09f80f85d68795b882d4cb4	ACTIVE	ACTIVE	t	f	f	f	{}	{}	{}	0	0	0	IOS	18.0	iOS 18.0	Apple Inc.	iPad12,1	JMDMFFG4XVC0	\N	262013991646313	\N	08:d4:2b:7a:aa:93	bbdb872c6bd876aff09f80f85d68795b882d4cb4	COMPANY	emma.tanaka1@acme.example	4969cc61-6de9-495e-8257-bd9359ac30f4	emma 王	emma.tanaka1@acme.example	Gerät von "Müller" & Co <HQ>	Germany	\N	\N	t	t	t	12.1.0.0.3	43119bb7-afbe-4a4d-8edb-df58ad40fedb	2021-03-01 17:31:23.658+00	{"assetTag": "A-300922"}
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	2026-01-15 12:00:00.727+00	\N	c52dc655-2b3d-42bb-8a24-2bf709751b80	00008111-00050BE5ADCC70D4	ACTIVE	ACTIVE	t	f	f	f	{}	{}	{}	0	0	0	IOS	15.8	iOS 15.8	Apple Inc.	iPad13,18	GQC1WYXGLNDF	351066482226960	\N	\N	a4:83:e7:6e:7c:cd	00008111-00050BE5ADCC70D4	COMPANY	sofia.mensah3@acme.example	2d7aa5d9-50f2-49ac-9b61-754112200124	sofia Müller	sofia.mensah3@acme.example	=2+3	United States	Verizon	Verizon	t	t	t	12.1.0.0.3	89670fac-e2a7-4226-b5e7-dc19fbaf45e7	2021-03-03 21:59:16.886+00	\N
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	2026-01-15 12:00:00.727+00	\N	e365f817-6b1a-41e8-91ac-627450af703d	c88135ef3effe5d6f8f2d723be0a0bb715cc92b3	ACTIVE	ACTIVE	t	f	f	f	{}	{}	{}	0	0	0	IOS	17.4	iOS 17.4	Apple Inc.	iPhone12,8	VD0435GJD1CL	358407869870015	262013443135781	\N	3c:06:30:25:fd:7a	c88135ef3effe5d6f8f2d723be0a0bb715cc92b3	EMPLOYEE	wei.kim2@acme.example	b5422f2e-09c9-4d6d-a71b-9fd8fb8c45d9	wei =Rossi	wei.kim2@acme.example	=2+3	India	Airtel	Airtel	t	f	t	11.8.0.0.12R	6d2e8f0e-f558-4e2f-93bb-0c12ff85e3bb	2021-03-03 04:31:02.006+00	\N
acme-core	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	2026-01-15 12:00:00.727+00	2026-01-15 12:00:02.211+00	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	\N	ACTIVE	ACTIVE	t	f	f	f	{}	{}	{}	0	0	0	ANDROID	12	Android 12	samsung	SM-A546B	\N	355081137948015	262016645907988	\N	b0:65:bd:14:96:63	\N	COMPANY	lukas.patel33333334@acme.example	358ddf86-ff36-4b87-be01-e5ce43b4e6e0	lukas Müller	lukas.patel33333334@acme.example	\N	Germany	Telekom.de	Telekom.de	f	\N	t	10.5.2	c90d2c86-4eb7-414e-b94c-d7cd944b094c	2025-02-28 22:35:50+00	\N
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	2026-01-15 12:00:00.727+00	2026-01-15 12:00:02.211+00	77d0ffae-94b0-4520-b7c9-de67f3ceb941	2612d8e3a4b6da3283d066273f0e833cf2d5aa3b	ACTIVE	ACTIVE	t	f	f	f	{}	{}	{}	0	0	0	IOS	15.8	iOS 15.8	Apple Inc.	iPhone14,5	CQYLJG9DKWL1	351195882543511	262017781296614	+4915258293064	8c:fe:57:e6:9d:33	2612d8e3a4b6da3283d066273f0e833cf2d5aa3b	COMPANY	wei.kim2@acme.example	b5422f2e-09c9-4d6d-a71b-9fd8fb8c45d9	wei =Rossi	wei.kim2@acme.example	spare	Germany	Telekom.de	Telekom.de	t	t	t	12.1.0.0.3	dd062b33-ee47-49bf-97f5-8da8287277f5	2021-03-02 11:01:44.295+00	{"site": "=Lager", "nacCompliant": "false"}
acme-core	8d4fe114-4f83-4ae8-9788-4731b3441bf7	2026-01-15 12:00:00.727+00	2026-01-15 12:00:02.211+00	8d4fe114-4f83-4ae8-9788-4731b3441bf7	82754AAA-ADB1-4323-96B1-F07526FBBC55	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	OSX	14.5	\N	Apple Inc.	MacBookAir10,1	6NKPT7X94PW1	\N	\N	\N	\N	\N	EMPLOYEE	peter.ivanova0@acme.example	0ec2c593-b2db-412f-b6d0-73f5d843b4c2	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-01 00:00:00+00	{"site": "=Lager", "nacCompliant": "true"}
acme-cloud	461f9caa-23d0-4def-8824-fa168a28d864	2026-01-15 12:00:00.722+00	2026-01-15 12:00:02.191+00	461f9caa-23d0-4def-8824-fa168a28d864	4ab6cca4c8a0153d42af37814ba8510427045833	UNKNOWN	UNKNOWN	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	12.5.7	\N	Apple Inc.	iPhone16,1	FPYM43NGFP5L	358913304452004	262012458584068	+4915095670653	dc:a9:04:04:60:36	4ab6cca4c8a0153d42af37814ba8510427045833	UNKNOWN	sean.dubois8@acme.example	d53bab75-a873-4631-9770-b8d773de9660	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-08 23:47:49.617+00	{"site": "Paris, La Défense", "nacCompliant": "false"}
acme-cloud	c287e699-7ee4-4dc9-80bf-3eda4584169f	2026-01-15 12:00:00.722+00	2026-01-15 12:00:02.191+00	c287e699-7ee4-4dc9-80bf-3eda4584169f	3A8F3C048CE17FFD059DE0286F9A09FE	ACTIVE	ACTIVE	f	f	f	f	\N	\N	\N	\N	\N	\N	WINDOWS	10.0.19045	\N	Microsoft Corporation	Surface Pro 8	PF9169C4	356323955836785	262017367883379	+4915052578702	b0:65:bd:73:a6:41	\N	COMPANY	ines.jones1@acme.example	8c6c7350-5715-434f-9b0a-eb54b116872c	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-01 17:31:23.658+00	{"assetTag": "A-226198"}
acme-cloud	cf616559-571a-494f-9d86-68c2f9265e47	2026-01-15 12:00:00.722+00	2026-01-15 12:00:02.191+00	cf616559-571a-494f-9d86-68c2f9265e47	9097beda3e721863c180ec0d7b94c57a1010f521b68b59aa045f7ca76db79	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	ANDROID	14	\N	Honeywell	CT60	XFPV0RG7CHQ8	355832803390573	\N	+4915396800375	dc:a9:04:bd:dc:dd	\N	COMPANY	ines.silva6@acme.example	913cc1cb-756f-414a-ba49-f3776ad8e12c	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-06 19:41:49.96+00	{"assetTag": "A-211903", "cost center": "CC 9733 Büro Süd\\nHaus 3"}
acme-cloud	c287e699-7ee4-4dc9-80bf-3eda4584169f	2026-01-15 12:00:02.191+00	\N	c287e699-7ee4-4dc9-80bf-3eda4584169f	3A8F3C048CE17FFD059DE0286F9A09FE	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	WINDOWS	10.0.19045	\N	Microsoft Corporation	Surface Pro 8	PF9169C4	356323955836785	262017367883379	+4915052578702	b0:65:bd:73:a6:41	\N	COMPANY	ines.jones1@acme.example	8c6c7350-5715-434f-9b0a-eb54b116872c	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-01 17:31:23.658+00	{"assetTag": "A-226198"}
acme-cloud	cf616559-571a-494f-9d86-68c2f9265e47	2026-01-15 12:00:02.191+00	\N	cf616559-571a-494f-9d86-68c2f9265e47	9097beda3e721863c180ec0d7b94c57a1010f521b68b59aa045f7ca76db79	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	ANDROID	14.1	\N	Honeywell	CT60	XFPV0RG7CHQ8	355832803390573	\N	+4915396800375	dc:a9:04:bd:dc:dd	\N	COMPANY	ines.silva6@acme.example	913cc1cb-756f-414a-ba49-f3776ad8e12c	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-06 19:41:49.96+00	{"assetTag": "A-211903", "cost center": "CC 9733 Büro Süd\\nHaus 3"}
acme-core	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	2026-01-15 12:00:02.211+00	\N	5747db1a-59dc-42d7-8a82-d0ee07e0b13c	\N	ACTIVE	ACTIVE	t	f	f	f	{}	{}	{}	0	0	0	ANDROID	12.1	Android 12	samsung	SM-A546B	\N	355081137948015	262016645907988	\N	b0:65:bd:14:96:63	\N	COMPANY	lukas.patel33333334@acme.example	358ddf86-ff36-4b87-be01-e5ce43b4e6e0	lukas Müller	lukas.patel33333334@acme.example	changed: 1	Germany	Telekom.de	Telekom.de	f	\N	t	10.5.2	c90d2c86-4eb7-414e-b94c-d7cd944b094c	2025-02-28 22:35:50+00	\N
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	2026-01-15 12:00:02.211+00	\N	77d0ffae-94b0-4520-b7c9-de67f3ceb941	2612d8e3a4b6da3283d066273f0e833cf2d5aa3b	RETIRED	RETIRED	t	f	f	f	{}	{}	{}	0	0	0	IOS	15.8	iOS 15.8	Apple Inc.	iPhone14,5	CQYLJG9DKWL1	351195882543511	262017781296614	+4915258293064	8c:fe:57:e6:9d:33	2612d8e3a4b6da3283d066273f0e833cf2d5aa3b	COMPANY	wei.kim2@acme.example	b5422f2e-09c9-4d6d-a71b-9fd8fb8c45d9	wei =Rossi	wei.kim2@acme.example	changed: 1	Germany	Telekom.de	Telekom.de	f	t	t	12.1.0.0.3	dd062b33-ee47-49bf-97f5-8da8287277f5	2021-03-02 11:01:44.295+00	{"site": "=Lager", "nacCompliant": "false"}
acme-core	8d4fe114-4f83-4ae8-9788-4731b3441bf7	2026-01-15 12:00:02.211+00	\N	8d4fe114-4f83-4ae8-9788-4731b3441bf7	82754AAA-ADB1-4323-96B1-F07526FBBC55	ACTIVE	ACTIVE	f	f	f	f	\N	\N	\N	\N	\N	\N	OSX	14.5	\N	Apple Inc.	MacBookAir10,1	6NKPT7X94PW1	\N	\N	\N	\N	\N	EMPLOYEE	peter.ivanova0@acme.example	0ec2c593-b2db-412f-b6d0-73f5d843b4c2	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-01 00:00:00+00	{"site": "=Lager", "nacCompliant": "true"}
\.
COPY uem.device_location (tenant, device_id, captured_at, latitude, longitude) FROM stdin;
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	2025-02-28 09:02:37.645+00	-55.480785	204.49167
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	2025-02-28 19:09:47.757+00	73.435667	-18.466133
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	2025-02-28 21:03:32.952+00	-88.731749	-113.538673
acme-core	8d4fe114-4f83-4ae8-9788-4731b3441bf7	2025-03-01 05:51:05.122+00	76.66424	-16.247758
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	2025-03-01 05:40:30.376+00	87.959869	-62.663095
\.
COPY uem.device_profile_item (item_id, holders, tenant, digest, uuid, identifier, display_name, description, organization, version, encrypted, managed, has_removal_passcode, removal_disallowed, content, extra) FROM stdin;
2	1	acme-cloud	c33d0c60-1be5-2117-0253-4e9d9aafbba4	b43708a9-fe51-4ccf-8101-a4b325198c7b	mi.wifi.35017	Wi-Fi “HQ”	The network of the offices.	Acme, Inc.	1	f	t	f	t	\N	\N
3	1	acme-cloud	b762ec77-ae55-65f8-6fd7-81992eea02c1	26dcfc04-4284-4f7c-9db9-ad51e067337a	mi.wifi.35017	Wi-Fi “HQ”	The network of the offices.	Acme, Inc.	1	f	t	f	t	\N	\N
4	1	acme-cloud	1d2b3222-dd86-4288-42b8-97def8a53662	5e63e040-c919-474e-b115-f9305ec926a9	mi.wifi.35017	Wi-Fi “HQ”	The network of the offices.	Acme, Inc.	1	f	t	f	t	\N	\N
5	1	acme-cloud	b7bf51b3-8fc1-e9b2-bdbb-596ca927c7ee	517cdea1-5f1c-447b-b924-a8526d0e57af	mi.wifi.35017	Wi-Fi “HQ”	The network of the offices.	Acme, Inc.	1	f	t	f	t	\N	\N
7	4	acme-core	738d42f4-fd2a-0d3b-10b1-7d2ef6075e7c	86881302-65d4-4c38-8849-8cb1f4df95eb	mi.webclip.35016	Catalogue of apps	Opens the catalogue of apps by a web clip.	Acme, Inc.	1	t	t	f	t	\N	\N
8	1	acme-core	9611145b-f35e-3252-ebb3-9ff19e4498e3	84c26e33-5770-494f-b545-4959251b1772	mi.wifi.35017	Wi-Fi “HQ”	The network of the offices.	Acme, Inc.	1	f	t	f	t	\N	\N
9	1	acme-core	07bd3b26-199e-6cf9-939d-eca996612b70	f61b245b-6920-4da3-8729-253542d8b779	mi.wifi.35017	Wi-Fi “HQ”	The network of the offices.	Acme, Inc.	1	f	t	f	t	\N	\N
10	1	acme-core	34841aff-12c0-cf6c-bc99-555511986f7a	42c0de64-fdb9-49bd-8744-1f586f5a9b47	mi.wifi.35017	Wi-Fi “HQ”	The network of the offices.	Acme, Inc.	1	f	t	f	t	\N	\N
11	1	acme-core	560299ff-5cb8-8150-8c0f-257c5a0710b3	0a13c87c-29a2-483e-a1f8-53881511c746	mi.wifi.35017	Wi-Fi “HQ”	The network of the offices.	Acme, Inc.	1	f	t	f	t	\N	\N
1	4	acme-cloud	c3857139-6ad2-d6e4-1566-1331f03567d8	de929516-d308-40ba-a506-d65c5121c558	mi.webclip.35016	Catalogue of apps	Opens the catalogue of apps by a web clip.	Acme, Inc.	1	t	t	f	t	\N	\N
\.
COPY uem.device_profile_list (tenant, device_id, items) FROM stdin;
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	{3,1}
acme-cloud	e05a6fa0-4002-44d9-a236-0b3df1ca867d	{2,1}
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	{4,1}
acme-cloud	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	{5,1}
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	{9,7}
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	{10,7}
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	{7,8}
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	{11,7}
\.
COPY uem.device_setting (tenant, device_id, setting, enabled) FROM stdin;
acme-cloud	e05a6fa0-4002-44d9-a236-0b3df1ca867d	DATA_ROAMING	f
acme-cloud	e05a6fa0-4002-44d9-a236-0b3df1ca867d	PERSONAL_HOTSPOT	f
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	DATA_ROAMING	f
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	PERSONAL_HOTSPOT	t
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	DATA_ROAMING	f
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	PERSONAL_HOTSPOT	f
acme-cloud	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	DATA_ROAMING	t
acme-cloud	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	PERSONAL_HOTSPOT	t
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	DATA_ROAMING	t
acme-core	782e162f-839d-41cf-bbcd-3570bd9bf1d0	PERSONAL_HOTSPOT	f
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	DATA_ROAMING	f
acme-core	77d0ffae-94b0-4520-b7c9-de67f3ceb941	PERSONAL_HOTSPOT	t
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	DATA_ROAMING	t
acme-core	e365f817-6b1a-41e8-91ac-627450af703d	PERSONAL_HOTSPOT	t
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	DATA_ROAMING	f
acme-core	c52dc655-2b3d-42bb-8a24-2bf709751b80	PERSONAL_HOTSPOT	f
\.
COPY uem.policy (tenant, policy_id, name, origin, category, status, active, description, priority, device_count, pending_count, extra) FROM stdin;
acme-core	-2	Default Privacy Policy	DEFAULT	PRIVACY	Active	t	Büro Süd\nHaus 3	1	4	1	\N
acme-core	-3	Default Security Policy	DEFAULT	SECURITY	Active	t	東京支店	2	4	1	\N
acme-core	-7	Default Docs@Work Policy	DEFAULT	DOCS	Active	t	Berlin	3	3	2	\N
acme-core	-5	Default Lockdown Policy	DEFAULT	LOCKDOWN	Active	t	Büro Süd\nHaus 3	4	1	4	\N
\.
COPY uem.policy_rule (tenant, policy_id, type, value, resources) FROM stdin;
acme-core	-2	PRIVACY_SYNC_CALLLOGS	store	\N
acme-core	-2	SECURITY_ENCRYPT_DATA_TYPE	\N	[{"name": "PIM", "value": "on", "resourceType": "PIM"}, {"name": "Email", "value": "off", "resourceType": "Email"}]
acme-core	-2	SECURITY_ENCRYPT_FILE_TYPE	\N	[{"name": "OTHER_FILE_TYPES", "value": "zip csv", "resourceType": "OTHER_FILE_TYPES"}]
acme-core	-2	PRIVACY_EXCLUDE_DIR	\N	[{"name": "/Windows <old> & new", "value": "on", "resourceType": "DIR"}]
acme-core	-2	SECURITY_GRACE_PERIOD	5	\N
acme-core	-2	SECURITY_PASSWORD_LENGTH	6	\N
acme-core	-2	EAS_BLOCK_ANDROID_OS	"2.2" < x & x > 1	\N
acme-core	-3	PRIVACY_SYNC_CALLLOGS	store	\N
acme-core	-3	SECURITY_ENCRYPT_DATA_TYPE	\N	[{"name": "PIM", "value": "on", "resourceType": "PIM"}, {"name": "Email", "value": "off", "resourceType": "Email"}]
acme-core	-3	SECURITY_ENCRYPT_FILE_TYPE	\N	[{"name": "OTHER_FILE_TYPES", "value": "zip csv", "resourceType": "OTHER_FILE_TYPES"}]
acme-core	-3	PRIVACY_EXCLUDE_DIR	\N	[{"name": "/Windows <old> & new", "value": "on", "resourceType": "DIR"}]
acme-core	-3	SECURITY_GRACE_PERIOD	5	\N
acme-core	-3	SECURITY_PASSWORD_LENGTH	6	\N
acme-core	-3	EAS_BLOCK_ANDROID_OS	"2.2" < x & x > 1	\N
acme-core	-7	PRIVACY_SYNC_CALLLOGS	store	\N
acme-core	-7	SECURITY_ENCRYPT_DATA_TYPE	\N	[{"name": "PIM", "value": "on", "resourceType": "PIM"}, {"name": "Email", "value": "off", "resourceType": "Email"}]
acme-core	-7	SECURITY_ENCRYPT_FILE_TYPE	\N	[{"name": "OTHER_FILE_TYPES", "value": "zip csv", "resourceType": "OTHER_FILE_TYPES"}]
acme-core	-5	PRIVACY_SYNC_CALLLOGS	store	\N
acme-core	-5	SECURITY_ENCRYPT_DATA_TYPE	\N	[{"name": "PIM", "value": "on", "resourceType": "PIM"}, {"name": "Email", "value": "off", "resourceType": "Email"}]
acme-core	-5	SECURITY_ENCRYPT_FILE_TYPE	\N	[{"name": "OTHER_FILE_TYPES", "value": "zip csv", "resourceType": "OTHER_FILE_TYPES"}]
acme-core	-5	PRIVACY_EXCLUDE_DIR	\N	[{"name": "/Windows <old> & new", "value": "on", "resourceType": "DIR"}]
\.
COPY uem.rejected_record (run_id, ordinal, tenant, entity, record_key, reason, payload, payload_bytes, payload_sha256, rejected_at) FROM stdin;
20260115T120002Z-38b2b3e4	1	acme-cloud	user_account	\N	it is not a JSON object	"not a device"	14	bbf3801cf89f55a9fbcddc2a2039e918c32d9427c221e7ed3f50574dee654321	2026-01-15 12:00:02.318+00
20260115T120002Z-0164f79f	1	acme-core	user_account	\N	it is not a JSON object	"not a device"	14	bbf3801cf89f55a9fbcddc2a2039e918c32d9427c221e7ed3f50574dee654321	2026-01-15 12:00:02.383+00
\.
COPY uem.schema_version (version, program, applied_at) FROM stdin;
1	uemsync	2026-01-15 12:00:00.784672+00
\.
COPY uem.stage_activesync_device (tenant, eas_uuid, access_group, device_id, eas_device_id, domain, mailbox_id, user_name, phone_number, model, platform, status, active_sync_status, action_source, first_sync_at, last_sync_at, extra, stage_order) FROM stdin;
\.
COPY uem.stage_alert (tenant, alert_id, device_id, dispatch_device_id, user_uuid, user_name, label_id, subscription, type, severity, transport, status, is_read, retries, text, alerted_at, updated_at, updated_by, extra, stage_order) FROM stdin;
\.
COPY uem.stage_app_catalog_item (tenant, digest, identifier, platform, name, version, build_number, created_at, extra, stage_order) FROM stdin;
acme-cloud	11dbbc7f-2e4d-524d-ec8b-fe27cd6e3a55	com.tailspin.Parcel1	IOS	Parcel	1.2.25	\N	2024-04-03 22:37:58+00	\N	1
acme-cloud	d2c52250-15bc-8304-b70a-9347687e5bab	com.cyberdyne.Travel1	ANDROID	Travel	4.9.12	\N	2023-01-24 10:55:18+00	\N	2
acme-cloud	89b80f02-ef90-e104-343b-ac2d4075469e	com.acme.Tunnel5	IOS	Tunnel	11.4.27	\N	2022-01-12 13:48:30+00	\N	3
acme-cloud	a6a5ef41-df10-b806-babe-1ab42d3bbc9a	com.wayne.Translate5	ANDROID	Translate	9.5.29	\N	2024-01-30 01:28:27+00	\N	4
acme-cloud	bcff2704-1eb0-8973-b41c-12bb762b95bb	com.acme.Roster9	OSX	Roster	9.4.17	\N	2022-12-05 16:21:35+00	\N	5
acme-cloud	bc34e7d4-b6b5-8e8a-912b-4d2abe5b2b1b	com.soylent.Roster9	ANDROID	Roster	1.5.18	\N	2024-05-12 18:10:35+00	\N	6
acme-cloud	1d95cbc3-7d45-4158-355a-4d9c297f44ef	com.initech.Scanner13	IOS	Scanner	9.3.29	\N	2022-06-02 12:47:13+00	\N	7
acme-cloud	9f01c5d6-e85f-d033-3cf4-0f4b50621984	tailspin.Calendar13_8wekyb3d8bbwe	WINDOWS	Calendar	\N	\N	2022-05-29 13:13:35+00	\N	8
acme-cloud	11dbbc7f-2e4d-524d-ec8b-fe27cd6e3a55	com.tailspin.Parcel1	IOS	Parcel	1.2.25	\N	2024-04-03 22:37:58+00	\N	9
acme-cloud	d2c52250-15bc-8304-b70a-9347687e5bab	com.cyberdyne.Travel1	ANDROID	Travel	4.9.12	\N	2023-01-24 10:55:18+00	\N	10
acme-cloud	89b80f02-ef90-e104-343b-ac2d4075469e	com.acme.Tunnel5	IOS	Tunnel	11.4.27	\N	2022-01-12 13:48:30+00	\N	11
acme-cloud	a6a5ef41-df10-b806-babe-1ab42d3bbc9a	com.wayne.Translate5	ANDROID	Translate	9.5.29	\N	2024-01-30 01:28:27+00	\N	12
acme-cloud	bcff2704-1eb0-8973-b41c-12bb762b95bb	com.acme.Roster9	OSX	Roster	9.4.17	\N	2022-12-05 16:21:35+00	\N	13
acme-cloud	bc34e7d4-b6b5-8e8a-912b-4d2abe5b2b1b	com.soylent.Roster9	ANDROID	Roster	1.5.18	\N	2024-05-12 18:10:35+00	\N	14
acme-cloud	1d95cbc3-7d45-4158-355a-4d9c297f44ef	com.initech.Scanner13	IOS	Scanner	9.3.29	\N	2022-06-02 12:47:13+00	\N	15
acme-cloud	9f01c5d6-e85f-d033-3cf4-0f4b50621984	tailspin.Calendar13_8wekyb3d8bbwe	WINDOWS	Calendar	\N	\N	2022-05-29 13:13:35+00	\N	16
\.
COPY uem.stage_app_catalog_list (tenant, items, stage_order) FROM stdin;
acme-cloud	{9,15,11,16,12,14,13,10}	80
\.
COPY uem.stage_app_setting (tenant, setting_id, name, description, app_type, origin, device_count, pending_count, quarantined_count, label_ids, properties, extra, stage_order) FROM stdin;
\.
COPY uem.stage_appconnect_session (tenant, app_id, device_id, started_at, seconds, zone_minutes, bytes, app_version, stage_order) FROM stdin;
\.
COPY uem.stage_carrier (tenant, carrier_id, carrier_short_name, carrier_type, country_code, country_id, country_name, enabled, extra, stage_order) FROM stdin;
\.
COPY uem.stage_country (tenant, country_name, country_code, iso_alpha2_code, enabled_for_registration, extra, stage_order) FROM stdin;
\.
COPY uem.stage_device (tenant, device_id, device_guid, identifier, status, source_status, compliant, quarantined, blocked, compromised, compliance_reasons, quarantine_reasons, block_reasons, compliance_code, quarantine_code, block_code, os, os_version, source_platform, manufacturer, model, serial_number, imei, imsi, phone_number, mac_address, ios_udid, ownership, user_id, user_uuid, user_display_name, email_address, comment, country_name, operator, home_operator, mdm_managed, encrypted, passcode_present, client_version, eas_uuid, eas_last_sync_at, registered_at, last_check_in_at, custom_attributes, details, extra, stage_order) FROM stdin;
acme-cloud	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	d6fb12c9-a7cc-4dc6-a1ec-b03b195fdca1	00008111-000D2EF069574A9D	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	18.0	\N	Apple Inc.	iPhone13,2	FWFMJGMFQRJ5	357810063825763	262012030706881	+4915953998476	00:23:68:c1:00:06	00008111-000D2EF069574A9D	COMPANY	ines.silva6@acme.example	913cc1cb-756f-414a-ba49-f3776ad8e12c	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-07 13:04:52.085+00	2025-02-28 20:34:46.999+00	\N	\N	\N	56
acme-cloud	b68d3cbd-5769-4b5f-afad-819bf5681c84	b68d3cbd-5769-4b5f-afad-819bf5681c84	bef9c70c8f1261b071d4b7120b2dc8200efdcaa86885562aec23f4739731e	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	ANDROID	11	\N	samsung	SM-G991B	CHGTTN84937P	350447467222742	262017137802753	+4915780843464	a4:83:e7:01:76:33	\N	EMPLOYEE	emma.silva7@acme.example	42cdc688-a676-466e-9c27-e86428a1bdb7	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-08 06:26:51.94+00	2025-03-02 15:58:51.27+00	\N	\N	\N	57
acme-cloud	3856da1c-9868-44cd-9844-a023529db8c0	3856da1c-9868-44cd-9844-a023529db8c0	F45D9B74-DBD7-41AE-A194-8C81C0FA9C8F	ACTIVE	ACTIVE	f	f	f	f	\N	\N	\N	\N	\N	\N	OSX	12.7	\N	Apple Inc.	MacBookPro18,3	1XF0WTFHQJTY	\N	\N	\N	00:23:68:5c:ff:57	\N	COMPANY	olga.garcia0@acme.example	a882faa5-21d6-4940-981d-bdffa3849ff3	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-01 00:00:00+00	2025-03-02 05:51:45.293+00	\N	\N	\N	47
acme-cloud	c287e699-7ee4-4dc9-80bf-3eda4584169f	c287e699-7ee4-4dc9-80bf-3eda4584169f	3A8F3C048CE17FFD059DE0286F9A09FE	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	WINDOWS	10.0.19045	\N	Microsoft Corporation	Surface Pro 8	PF9169C4	356323955836785	262017367883379	+4915052578702	b0:65:bd:73:a6:41	\N	COMPANY	ines.jones1@acme.example	8c6c7350-5715-434f-9b0a-eb54b116872c	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-01 17:31:23.658+00	2025-03-01 10:07:20.894+00	{"assetTag": "A-226198"}	\N	\N	48
acme-cloud	e05a6fa0-4002-44d9-a236-0b3df1ca867d	e05a6fa0-4002-44d9-a236-0b3df1ca867d	eec8d0a17ad987b0c59166b09fd2b01ed9f78780	RETIRED	RETIRED	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	17.5	\N	Apple Inc.	iPhone12,8	X7DPJ3L38YFY	355737196179386	262019215156298	+4915564077058	dc:a9:04:4a:68:84	eec8d0a17ad987b0c59166b09fd2b01ed9f78780	EMPLOYEE	omar.tanaka2@acme.example	73fc33ca-d43d-4fa8-b980-8661c8b7daf9	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-02 11:01:44.295+00	2025-03-02 21:06:27.171+00	{"site": "Zürich \\"Nord\\"", "nacCompliant": "false"}	\N	\N	49
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	9e6b29da-1166-4614-8f09-adf8506ed38b	00008111-00005265D7BEC091	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	17.6.1	\N	Apple Inc.	iPad7,5	M8M3GTCJDC9F	\N	\N	\N	00:23:68:d0:1b:95	00008111-00005265D7BEC091	COMPANY	omar.tanaka2@acme.example	73fc33ca-d43d-4fa8-b980-8661c8b7daf9	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-03 04:31:02.006+00	2025-03-03 14:15:44.992+00	{"site": "🏭 Werk 2", "nacCompliant": "true"}	\N	\N	50
acme-cloud	7d954c61-e36c-420e-8f77-bc18a5aa837a	7d954c61-e36c-420e-8f77-bc18a5aa837a	edcde676f766011a6a5c5bba4ece06ae2fc4554a684c976661b857126d8c2	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	ANDROID	13	\N	Google	Pixel 8a	8GX7GLHDPCLH	353696889266908	\N	+4915157567895	00:23:68:d3:5e:8d	\N	COMPANY	chiara.weber3@acme.example	eb147bf0-9efe-4d00-a4b9-bbb6d20f7d9e	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-03 21:59:16.886+00	2025-03-03 08:16:27.924+00	\N	\N	\N	51
acme-cloud	a5c8e505-9ba9-43b8-b0db-49a918099e22	a5c8e505-9ba9-43b8-b0db-49a918099e22	17b0790589ba44517da3ca918645100543db3b522e77892fdfbb8d2ef5220	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	ANDROID	13.1	\N	Google	Pixel 8a	XFVYNTCC3444	356073923120447	\N	+4915851493879	a4:83:e7:ef:82:98	\N	COMPANY	fatima.de-vries4@acme.example	786cf36d-4f22-47da-8077-b98c57078eaa	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-04 15:26:29.027+00	2025-03-03 15:00:56.115+00	\N	\N	\N	52
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	d75e3b85-96cd-41fd-a980-0e44079bf6c6	a9f8c2fc623356b51c312b29b598755a175ac107	ACTIVE	ACTIVE	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	17.5	\N	Apple Inc.	iPhone16,1	8CHTG069YC4R	351539949794807	262019244152302	\N	dc:a9:04:ee:f5:d2	a9f8c2fc623356b51c312b29b598755a175ac107	COMPANY	fatima.de-vries4@acme.example	786cf36d-4f22-47da-8077-b98c57078eaa	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-05 08:52:38.524+00	2025-03-03 23:58:50.93+00	\N	\N	\N	53
acme-cloud	051a1182-2eab-4f64-b11c-adeac0b40509	051a1182-2eab-4f64-b11c-adeac0b40509	5574db1e7b7af3f2196ca90d0a36082d121399a2	RETIRED	RETIRED	t	f	f	f	\N	\N	\N	\N	\N	\N	IOS	16.7	\N	Apple Inc.	iPhone14,5	N7F42CTHDV9F	350164686545002	262017967397879	+4915967876846	08:d4:2b:f7:37:34	5574db1e7b7af3f2196ca90d0a36082d121399a2	COMPANY	thomas.o-brien5@acme.example	21f668a2-3d47-40e8-8908-fc55fa47ccf2	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-06 02:17:45.47+00	2025-02-28 05:23:44.999+00	\N	\N	\N	54
acme-cloud	cf616559-571a-494f-9d86-68c2f9265e47	cf616559-571a-494f-9d86-68c2f9265e47	9097beda3e721863c180ec0d7b94c57a1010f521b68b59aa045f7ca76db79	ACTIVE	ACTIVE	f	f	t	f	\N	\N	\N	\N	\N	\N	ANDROID	14.2	\N	Honeywell	CT60	XFPV0RG7CHQ8	355832803390573	\N	+4915396800375	dc:a9:04:bd:dc:dd	\N	COMPANY	ines.silva6@acme.example	913cc1cb-756f-414a-ba49-f3776ad8e12c	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2021-03-06 19:41:49.96+00	2025-03-03 16:41:05.232+00	{"assetTag": "A-211903", "cost center": "CC 9733 Büro Süd\\nHaus 3"}	\N	\N	55
\.
COPY uem.stage_device_app_item (tenant, digest, identifier, name, version, short_version, bundle_version, external_version_identifier, managed, source, ad_hoc_code_signed, app_store_vendable, beta_app, device_based_vpp, update_available, installing, validated, extra, stage_order) FROM stdin;
acme-cloud	9d5ed476-b651-fe7f-8a4d-cbc7d11367ba	com.hooli.Authenticator0	Authenticator	8.6.19	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N	1
acme-cloud	11387e8b-c918-a465-e54d-18c03dbe01b3	com.wonka.Chat1	Chat	3.10.15	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N	2
acme-cloud	7c97cb1f-cdee-8844-0393-6ef892687d81	com.umbrella.Dispatch2	Dispatch	5.8.23	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N	3
acme-cloud	e380fcf9-8e16-b972-eafa-81419d542cf5	com.contoso.Notes4	Notes	13.3.2	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N	4
acme-cloud	0558eb2e-3595-89bc-d84f-45ecdea9e234	com.contoso.Keynote5	Keynote Paris, La Défense	4.5.24	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N	5
acme-cloud	2900e41d-1d3e-ff5d-9217-4b4bdf47a817	com.initech.Wallet0	Wallet	10.7.25	10.7.25	2917	810418754	f	UNKNOWN_APP_TYPE	t	f	f	f	f	f	f	{"isAppClip": false}	6
acme-cloud	70c4fb21-e4e7-95d3-64dc-80106055334c	com.tailspin.Parcel1	Parcel	1.2.25	1.2.25	1149	890474156	t	PUBLIC	f	t	f	f	f	f	t	\N	7
acme-cloud	b7d61333-25d9-001e-6087-4bc9d65d01a5	com.cyberdyne.Keynote7	Keynote	5.3.4	5.3.4	4490	802945524	f	UNKNOWN_APP_TYPE	f	t	f	f	f	f	t	\N	8
acme-cloud	57522a78-9a5c-1209-e30d-909b0f842b20	com.northwind.Chat15	Chat 🏭 Werk 2	2.2.13	2.2.13	1862	841024320	f	UNKNOWN_APP_TYPE	f	t	f	f	f	f	t	\N	9
acme-cloud	2900e41d-1d3e-ff5d-9217-4b4bdf47a817	com.initech.Wallet0	Wallet	10.7.25	10.7.25	2917	810418754	f	UNKNOWN_APP_TYPE	t	f	f	f	f	f	f	{"isAppClip": false}	10
acme-cloud	70c4fb21-e4e7-95d3-64dc-80106055334c	com.tailspin.Parcel1	Parcel	1.2.25	1.2.25	1149	890474156	t	PUBLIC	f	t	f	f	f	f	t	\N	11
acme-cloud	b7d61333-25d9-001e-6087-4bc9d65d01a5	com.cyberdyne.Keynote7	Keynote	5.3.4	5.3.4	4490	802945524	f	UNKNOWN_APP_TYPE	f	t	f	f	f	f	t	\N	12
acme-cloud	a1d3e32c-bbe4-bcef-0ec6-b4c5fc5bb16e	com.northwind.Chat15	Chat 🏭 Werk 2	2.3.13	2.3.13	1872	841024321	f	UNKNOWN_APP_TYPE	f	t	f	f	f	f	t	\N	13
acme-cloud	8a278db0-5b0d-79b6-3100-47505bacf9fb	com.wonka.Timesheet0	Timesheet	1.9.20	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N	14
acme-cloud	459e3b83-de32-f69a-2fe8-5d1c70960091	com.cyberdyne.Travel1	Travel	4.9.12	\N	\N	\N	t	PUBLIC	\N	\N	\N	\N	\N	\N	\N	\N	15
acme-cloud	05215c47-2104-e972-f146-613e54f05874	com.initech.Notes2	Notes	9.3.16	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N	16
acme-cloud	22271b2c-7b0a-c389-a931-bf7efe2c2fed	com.soylent.Inspector3	Inspector	15.9.7	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N	17
acme-cloud	13936feb-5139-a52a-9e79-58be7b0cf7b7	com.tyrell.Scanner8	Scanner Büro Süd\nHaus 3	1.5.10	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N	18
acme-cloud	9733958f-05f8-87f6-a47e-7838b1d56dfd	com.soylent.Roster9	Roster	1.3.18	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N	19
acme-cloud	1633605f-38aa-b1b0-613d-b24ce152e69a	com.vandelay.Mail15	Mail	9.5.2	\N	\N	\N	f	UNKNOWN_APP_TYPE	\N	\N	\N	\N	\N	\N	\N	\N	20
\.
COPY uem.stage_device_app_list (tenant, device_id, items, stage_order) FROM stdin;
acme-cloud	3856da1c-9868-44cd-9844-a023529db8c0	{5,2,3,1,4}	19
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	{10,11,13,12}	58
\.
COPY uem.stage_device_certificate_item (tenant, digest, thumbprint, serial_number, subject, subject_cn, issuer, issuer_cn, identity, not_before, not_after, extra, stage_order) FROM stdin;
acme-cloud	a976a00d-c246-2ab8-5f2d-8ec19ead4f38	0079b7d0c84e6bfbea7b77b8a0be0d8f03ce0418	1003	CN=00008111-00005265D7BEC091	00008111-00005265D7BEC091	CN=uem.acme.example,OU=iOSMDMCA,UID=1496738424913	uem.acme.example	t	2024-03-05 14:24:06+00	2034-03-03 14:24:06+00	\N	1
acme-cloud	5cdcb363-efd6-f712-4b04-8a761191fa52	33349ad401cad57c070e0d8df21992a33dc6e586	0	C=US,O=The Old Root Group\\, Inc.,OU=Class 2 Certification Authority	\N	C=US,O=The Old Root Group\\, Inc.,OU=Class 2 Certification Authority	\N	f	2004-06-29 17:06:20+00	2034-06-29 17:06:20+00	\N	2
acme-cloud	d2cdeb4d-b998-3c7b-3847-94985d883169	9e5278a4e92312ea35cf6d14014d3add9b32a31d	664051241	CN=uem.acme.example,OU=SystemRootCA,UID=1496738416965	uem.acme.example	CN=uem.acme.example,OU=SystemRootCA,UID=1496738416965	uem.acme.example	f	2017-06-06 08:35:16+00	2047-05-30 08:35:16+00	\N	3
acme-cloud	fe6efaa2-e47c-29f9-2143-9fcdd749e11c	772352ab867ebfe23848210add14e96390de1440	6548823551089638213	CN=00008111-00005265D7BEC091	00008111-00005265D7BEC091	CN=uem.acme.example,OU=AppStoreFrontCA,UID=1496738420411	uem.acme.example	t	2024-05-09 13:54:32+00	2025-05-09 13:54:32+00	\N	4
acme-cloud	a976a00d-c246-2ab8-5f2d-8ec19ead4f38	0079b7d0c84e6bfbea7b77b8a0be0d8f03ce0418	1003	CN=00008111-00005265D7BEC091	00008111-00005265D7BEC091	CN=uem.acme.example,OU=iOSMDMCA,UID=1496738424913	uem.acme.example	t	2024-03-05 14:24:06+00	2034-03-03 14:24:06+00	\N	5
acme-cloud	5cdcb363-efd6-f712-4b04-8a761191fa52	33349ad401cad57c070e0d8df21992a33dc6e586	0	C=US,O=The Old Root Group\\, Inc.,OU=Class 2 Certification Authority	\N	C=US,O=The Old Root Group\\, Inc.,OU=Class 2 Certification Authority	\N	f	2004-06-29 17:06:20+00	2034-06-29 17:06:20+00	\N	6
acme-cloud	d2cdeb4d-b998-3c7b-3847-94985d883169	9e5278a4e92312ea35cf6d14014d3add9b32a31d	664051241	CN=uem.acme.example,OU=SystemRootCA,UID=1496738416965	uem.acme.example	CN=uem.acme.example,OU=SystemRootCA,UID=1496738416965	uem.acme.example	f	2017-06-06 08:35:16+00	2047-05-30 08:35:16+00	\N	7
acme-cloud	1ae584d6-3bf6-c3de-32b2-ca381b1a0cad	9845103889945b2825535945fb38abcc9caee916	14228068120266343718	CN=00008111-00005265D7BEC091	00008111-00005265D7BEC091	CN=uem.acme.example,OU=AppStoreFrontCA,UID=1496738420411	uem.acme.example	t	2024-10-08 12:37:58+00	2025-10-08 12:37:58+00	\N	8
acme-cloud	29c8ae44-d1b4-d503-4fe1-e723138d43b6	f5e027efb5625e999665ecf3e129936505a4bd14	1006	CN=a9f8c2fc623356b51c312b29b598755a175ac107	a9f8c2fc623356b51c312b29b598755a175ac107	CN=uem.acme.example,OU=iOSMDMCA,UID=1496738424913	uem.acme.example	t	2024-02-12 01:15:04+00	2034-02-09 01:15:04+00	\N	9
acme-cloud	903436db-5dfd-61b8-c36a-876d024ee58b	bbc318f95f0fee5bdb968196ec5f64165769dbe7	4139161988832589150	CN=a9f8c2fc623356b51c312b29b598755a175ac107	a9f8c2fc623356b51c312b29b598755a175ac107	CN=uem.acme.example,OU=AppStoreFrontCA,UID=1496738420411	uem.acme.example	t	2024-03-22 21:36:27+00	2025-03-22 21:36:27+00	\N	10
\.
COPY uem.stage_device_certificate_list (tenant, device_id, items, stage_order) FROM stdin;
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	{8,6,5,7}	60
\.
COPY uem.stage_device_configuration (tenant, device_id, profile_type, profile_id, uuid, name, category, status, updated_at, extra, stage_order) FROM stdin;
\.
COPY uem.stage_device_fetch (tenant, device_id, entity, fetched_at, check_in_at, outcome, rows, digest, stage_order) FROM stdin;
acme-cloud	3856da1c-9868-44cd-9844-a023529db8c0	device_app	2026-01-15 12:00:03.514+00	2025-03-02 05:51:45.293+00	complete	5	c8f94db813aff061	20
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	device_certificate	2026-01-15 12:00:03.523+00	2025-03-02 05:40:58.616+00	complete	4	0013691a7b23f8ad	21
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	device_profile	2026-01-15 12:00:03.528+00	2025-03-02 05:40:58.616+00	complete	2	9a7ac4e150d387e2	22
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	device_app	2026-01-15 12:00:03.555+00	2025-03-02 05:40:58.616+00	complete	4	c25ac0c2110686f9	38
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	device_setting	2026-01-15 12:00:03.559+00	2025-03-02 05:40:58.616+00	complete	2	b5d19b9c7f53b86c	39
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	device_app	2026-01-15 12:00:04.972+00	2025-03-03 14:15:44.992+00	complete	4	8363c56f580930a4	59
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	device_certificate	2026-01-15 12:00:04.986+00	2025-03-03 14:15:44.992+00	complete	4	bfe832ba9c11c282	61
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	device_profile	2026-01-15 12:00:05.013+00	2025-03-03 14:15:44.992+00	complete	2	e8efc81225bca7de	63
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	device_setting	2026-01-15 12:00:05.022+00	2025-03-03 14:15:44.992+00	failed	2	450a042b7f53b86c	65
acme-cloud	7d954c61-e36c-420e-8f77-bc18a5aa837a	device_app	2026-01-15 12:00:05.051+00	2025-03-03 08:16:27.924+00	complete	7	a138be8c8a96cf79	81
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	device_certificate	2026-01-15 12:00:05.056+00	2025-03-03 23:58:50.93+00	complete	4	abd7537155cef7a5	82
acme-cloud	d75e3b85-96cd-41fd-a980-0e44079bf6c6	device_profile	2026-01-15 12:00:05.068+00	2025-03-03 23:58:50.93+00	complete	2	2b056e247ccc9b63	83
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	device_setting	2026-01-15 12:00:05.068+00	2025-03-03 14:15:44.992+00	failed	2	450a042bab3a66ad	85
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	device_setting	2026-01-15 12:00:05.068+00	2025-03-03 14:15:44.992+00	complete	2	450a042bab3a66ad	86
\.
COPY uem.stage_device_group (tenant, group_id, name, description, definition, is_static, label_id, device_count, extra, stage_order) FROM stdin;
acme-cloud	38000	All Devices	Targets any type of device.	\N	\N	\N	\N	\N	40
acme-cloud	38007	Android Devices	Targets all Android devices	PLATFORMTYPE EQ 'ANDROID'	f	\N	\N	\N	41
acme-cloud	38014	Android Enterprise Devices	Targets all Android Enterprise devices	PLATFORMTYPE EQ 'ANDROID' AND ANDROIDWORKENABLED EQ 'true'	f	\N	\N	\N	42
acme-cloud	38021	iOS Devices	Targets all iOS devices	PLATFORMTYPE EQ 'IOS'	f	\N	\N	\N	43
acme-cloud	38028	Windows Devices	Targets all Windows devices	PLATFORMTYPE EQ 'WINDOWS_PHONE'	f	\N	\N	\N	44
acme-cloud	38035	macOS Devices	Targets all OSX devices	PLATFORMTYPE EQ 'OSX'	f	\N	\N	\N	45
acme-cloud	38042	tvOS Devices	Targets all tvOS devices.	PLATFORMTYPE EQ 'IOS' AND MODEL STARTS_WITH 'AppleTV'	f	\N	\N	\N	46
\.
COPY uem.stage_device_group_member_item (tenant, digest, group_id, stage_order) FROM stdin;
acme-cloud	3c9b3ca5-c24a-ab7a-4512-95948b7a0558	38000	1
acme-cloud	bd192f01-790b-e635-4a9c-6062fc63e958	38035	2
acme-cloud	0ade7fc2-09b8-282d-66fb-577db8b94819	38028	3
acme-cloud	3c9b3ca5-c24a-ab7a-4512-95948b7a0558	38000	4
acme-cloud	bd192f01-790b-e635-4a9c-6062fc63e958	38035	5
acme-cloud	0ade7fc2-09b8-282d-66fb-577db8b94819	38028	6
\.
COPY uem.stage_device_group_member_list (tenant, device_id, items, stage_order) FROM stdin;
\.
COPY uem.stage_device_location (tenant, device_id, captured_at, latitude, longitude, stage_order) FROM stdin;
\.
COPY uem.stage_device_profile_item (tenant, digest, uuid, identifier, display_name, description, organization, version, encrypted, managed, has_removal_passcode, removal_disallowed, content, extra, stage_order) FROM stdin;
acme-cloud	c3857139-6ad2-d6e4-1566-1331f03567d8	de929516-d308-40ba-a506-d65c5121c558	mi.webclip.35016	Catalogue of apps	Opens the catalogue of apps by a web clip.	Acme, Inc.	1	t	t	f	t	\N	\N	1
acme-cloud	b762ec77-ae55-65f8-6fd7-81992eea02c1	26dcfc04-4284-4f7c-9db9-ad51e067337a	mi.wifi.35017	Wi-Fi “HQ”	The network of the offices.	Acme, Inc.	1	f	t	f	t	\N	\N	2
acme-cloud	816ebaff-bdd5-50f8-1918-51bd62511b78	de929516-d308-40ba-a506-d65c5121c558	mi.webclip.35016	Catalogue of apps	Opens the catalogue of apps by a web clip.	Acme, Inc.	2	t	t	f	t	\N	\N	3
acme-cloud	b762ec77-ae55-65f8-6fd7-81992eea02c1	26dcfc04-4284-4f7c-9db9-ad51e067337a	mi.wifi.35017	Wi-Fi “HQ”	The network of the offices.	Acme, Inc.	1	f	t	f	t	\N	\N	4
acme-cloud	c3857139-6ad2-d6e4-1566-1331f03567d8	de929516-d308-40ba-a506-d65c5121c558	mi.webclip.35016	Catalogue of apps	Opens the catalogue of apps by a web clip.	Acme, Inc.	1	t	t	f	t	\N	\N	5
acme-cloud	1d2b3222-dd86-4288-42b8-97def8a53662	5e63e040-c919-474e-b115-f9305ec926a9	mi.wifi.35017	Wi-Fi “HQ”	The network of the offices.	Acme, Inc.	1	f	t	f	t	\N	\N	6
\.
COPY uem.stage_device_profile_list (tenant, device_id, items, stage_order) FROM stdin;
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	{3,4}	62
\.
COPY uem.stage_device_setting (tenant, device_id, setting, enabled, stage_order) FROM stdin;
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	DATA_ROAMING	t	64
acme-cloud	9e6b29da-1166-4614-8f09-adf8506ed38b	PERSONAL_HOTSPOT	f	84
\.
COPY uem.stage_policy (tenant, policy_id, name, origin, category, status, active, description, priority, device_count, pending_count, extra, stage_order) FROM stdin;
\.
COPY uem.stage_policy_rule (tenant, policy_id, type, value, resources, stage_order) FROM stdin;
\.
COPY uem.stage_rejected_record (run_id, ordinal, tenant, entity, record_key, reason, payload, payload_bytes, payload_sha256, rejected_at, stage_order) FROM stdin;
\.
COPY uem.stage_removal (tenant, relation, key, stage_order) FROM stdin;
\.
COPY uem.stage_replace (tenant, relation, owner, stage_order) FROM stdin;
\.
COPY uem.stage_run (tenant, fingerprint, stage_order) FROM stdin;
acme-core	ac1f39337e15ea54ba823171b1350e0977403c5ae2e82f85a660c0eb4e49d2ee	0
acme-cloud	d9373914b3841f1f514a06110a5ff6b55759b33cd3fa45799fdb8fc1f16f76ca	0
\.
COPY uem.stage_user_account (tenant, user_id, user_uuid, email_address, display_name, first_name, last_name, enabled, account_source, created_at, custom_attributes, ldap_attributes, ldap_standard_attributes, extra, stage_order) FROM stdin;
acme-cloud	olga.garcia0@acme.example	a882faa5-21d6-4940-981d-bdffa3849ff3	olga.garcia0@acme.example	olga Keller	olga	Keller	t	LOCAL	2023-03-31 15:34:26+00	{"site": "Paris, La Défense"}	\N	\N	\N	67
acme-cloud	ines.jones1@acme.example	8c6c7350-5715-434f-9b0a-eb54b116872c	ines.jones1@acme.example	ines de Vries	ines	de Vries	t	LOCAL	2022-07-18 02:16:07+00	{"badge number": "B-978538"}	\N	\N	\N	68
acme-cloud	omar.tanaka2@acme.example	73fc33ca-d43d-4fa8-b980-8661c8b7daf9	omar.tanaka2@acme.example	omar de Vries	omar	de Vries	t	LOCAL	2024-05-05 03:56:10+00	{"site": "Zürich \\"Nord\\""}	\N	\N	\N	69
acme-cloud	chiara.weber3@acme.example	eb147bf0-9efe-4d00-a4b9-bbb6d20f7d9e	chiara.weber3@acme.example	chiara da "Costa"	chiara	da "Costa"	t	LDAP	2023-10-26 07:15:57+00	\N	{"objectguid": "66303cb8f291c427838274fae2af8158", "userprincipalname": "chiara.weber3@acme.example"}	{"samaccountname": "chiara.weber3", "distinguishedname": "CN=chiara.weber3,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "chiara.weber3@acme.example"}	\N	70
acme-cloud	fatima.de-vries4@acme.example	786cf36d-4f22-47da-8077-b98c57078eaa	fatima.de-vries4@acme.example	fatima Åberg	fatima	Åberg	t	LOCAL	2023-11-17 17:09:02+00	\N	\N	\N	\N	71
acme-cloud	thomas.o-brien5@acme.example	21f668a2-3d47-40e8-8908-fc55fa47ccf2	thomas.o-brien5@acme.example	thomas Åberg	thomas	Åberg	t	LOCAL	2023-11-19 05:45:53+00	\N	\N	\N	\N	72
acme-cloud	ines.silva6@acme.example	913cc1cb-756f-414a-ba49-f3776ad8e12c	ines.silva6@acme.example	ines Nowak	ines	Nowak	t	LDAP	2024-01-23 07:47:20+00	{"badge number": "B-717987"}	{"objectguid": "ab0a8a38241ae71e1b58d34198499ba5", "userprincipalname": "ines.silva6@acme.example"}	{"samaccountname": "ines.silva6", "distinguishedname": "CN=ines.silva6,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "ines.silva6@acme.example"}	\N	73
acme-cloud	emma.silva7@acme.example	42cdc688-a676-466e-9c27-e86428a1bdb7	emma.silva7@acme.example	emma O'Brien	emma	O'Brien	t	LDAP	2023-06-29 16:54:41+00	\N	{"objectguid": "df3d4915d09bbde08b0b9878817d46bd", "userprincipalname": "emma.silva7@acme.example"}	{"samaccountname": "emma.silva7", "distinguishedname": "CN=emma.silva7,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "emma.silva7@acme.example"}	\N	74
acme-cloud	7th-floor.priya.jones0@branch.example	6174521e-114d-4af9-a23a-4535ab3b9610	7th-floor.priya.jones0@branch.example	priya Smith	priya	Smith	t	LDAP	2024-03-10 12:26:51+00	\N	{"objectguid": "c5a1025be9cc28dbd0e3f632901517f4", "msexchmailboxguid": "k��Vt�N��S)⢞=", "userprincipalname": "7th-floor.priya.jones0@branch.example"}	{"samaccountname": "7th-floor.priya.jones0", "distinguishedname": "CN=7th-floor.priya.jones0,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "7th-floor.priya.jones0@branch.example"}	\N	75
acme-cloud	wei.garcia1@branch.example	ad05cd07-11b9-4e14-811f-4bc892351e7e	wei.garcia1@branch.example	wei Müller	wei	Müller	t	LDAP	2022-08-03 07:41:41+00	\N	{"objectguid": "87ea6a141a333ad0ea6e549f0e87cd12", "msexchmailboxguid": "k��Vt�N��S)⢞=", "userprincipalname": "wei.garcia1@branch.example"}	{"samaccountname": "wei.garcia1", "distinguishedname": "CN=wei.garcia1,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "wei.garcia1@branch.example"}	\N	76
acme-cloud	omar.o-brien2@branch.example	6b0fbd13-8476-4dc8-8f7b-f3eb9cf27dfa	omar.o-brien2@branch.example	omar Smith	omar	Smith	t	LOCAL	2023-01-08 02:48:41+00	\N	\N	\N	\N	77
acme-cloud	bram.o-brien3@branch.example	f9ac49ec-5506-4392-93f2-7ba0371a3206	bram.o-brien3@branch.example	bram Smith	bram	Smith	t	LDAP	2022-08-04 03:27:38+00	{"badge number": "B-143743"}	{"objectguid": "46a5bc771fd1c1801ad9c6a580a27cad", "msexchmailboxguid": "k��Vt�N��S)⢞=", "userprincipalname": "bram.o-brien3@branch.example"}	{"samaccountname": "bram.o-brien3", "distinguishedname": "CN=bram.o-brien3,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "bram.o-brien3@branch.example"}	\N	78
\.
COPY uem.sync_run (run_id, tenant, started_at, finished_at, outcome, version, message) FROM stdin;
20260115T120000Z-b63e49f6	acme-cloud	2026-01-15 12:00:00.722+00	2026-01-15 12:00:01.641+00	complete	0.1.0	\N
20260115T120000Z-6679d7e8	acme-core	2026-01-15 12:00:00.727+00	2026-01-15 12:00:01.776+00	complete	0.1.0	\N
20260115T120002Z-38b2b3e4	acme-cloud	2026-01-15 12:00:02.191+00	2026-01-15 12:00:02.449+00	partial	0.1.0	user_account: 1 rejected
20260115T120002Z-0164f79f	acme-core	2026-01-15 12:00:02.211+00	2026-01-15 12:00:02.7+00	partial	0.1.0	user_account: 1 rejected
20260115T120003Z-8cabcadc	acme-cloud	2026-01-15 12:00:03.311+00	2026-01-15 12:00:03.807+00	interrupted	0.1.0	interrupted
20260115T120004Z-073e7c23	acme-cloud	2026-01-15 12:00:04.538+00	\N	running	0.1.0	\N
\.
COPY uem.sync_run_entity (run_id, entity, calls, retries, bytes, fetched, inserted, updated, deleted, unchanged, rejected, seconds, completeness) FROM stdin;
20260115T120000Z-b63e49f6	device	3	0	9246	12	12	0	0	0	0	0.113	proven
20260115T120000Z-b63e49f6	device_app	11	0	14084	55	55	0	0	0	0	0.201	proven
20260115T120000Z-b63e49f6	device_certificate	5	0	5997	20	20	0	0	0	0	0.188	proven
20260115T120000Z-b63e49f6	device_profile	5	0	6715	10	10	0	0	0	0	0.188	proven
20260115T120000Z-b63e49f6	device_setting	10	0	1286	10	10	0	0	0	0	0.2	proven
20260115T120000Z-b63e49f6	device_group	3	0	1187	7	7	0	0	0	0	0.165	proven
20260115T120000Z-b63e49f6	device_group_member	11	0	3671	25	25	0	0	0	0	0.202	proven
20260115T120000Z-b63e49f6	user_account	3	0	6457	12	12	0	0	0	0	0.17	proven
20260115T120000Z-b63e49f6	app_catalog	3	0	1258	8	8	0	0	0	0	0.172	proven
20260115T120000Z-6679d7e8	device	16	0	36449	6	6	0	0	0	0	0.293	proven
20260115T120000Z-6679d7e8	device_app	6	0	6606	19	19	0	0	0	0	0.365	proven
20260115T120000Z-6679d7e8	device_certificate	4	0	4825	16	16	0	0	0	0	0.352	proven
20260115T120000Z-6679d7e8	device_profile	4	0	5381	8	8	0	0	0	0	0.354	proven
20260115T120000Z-6679d7e8	device_setting	8	0	1046	8	8	0	0	0	0	0.374	proven
20260115T120000Z-6679d7e8	device_location	5	0	735	5	5	0	0	0	0	0.361	proven
20260115T120000Z-6679d7e8	device_group	4	0	3341	7	7	0	0	0	0	0.258	proven
20260115T120000Z-6679d7e8	device_group_member	6	0	1424	10	10	0	0	0	0	0.366	proven
20260115T120000Z-6679d7e8	user_account	3	0	6184	12	12	0	0	0	0	0.245	proven
20260115T120000Z-6679d7e8	app_catalog	3	0	1300	8	8	0	0	0	0	0.25	proven
20260115T120000Z-6679d7e8	device_configuration	6	0	9000	34	34	0	0	0	0	0.368	proven
20260115T120000Z-6679d7e8	policy	1	0	5259	4	4	0	0	0	0	0.173	proven
20260115T120000Z-6679d7e8	policy_rule	0	0	0	21	21	0	0	0	0	0.173	proven
20260115T120000Z-6679d7e8	app_setting	1	0	2701	4	4	0	0	0	0	0.179	proven
20260115T120000Z-6679d7e8	activesync_device	1	0	2289	3	3	0	0	0	0	0.184	proven
20260115T120000Z-6679d7e8	alert	1	0	5381	6	6	0	0	0	0	0.19	proven
20260115T120000Z-6679d7e8	appconnect_session	1	0	545	7	7	0	0	0	0	0.2	proven
20260115T120000Z-6679d7e8	carrier	1	0	2028	8	8	0	0	0	0	0.214	proven
20260115T120000Z-6679d7e8	country	1	0	1577	8	8	0	0	0	0	0.216	proven
20260115T120002Z-38b2b3e4	device	4	0	8520	11	0	5	1	6	0	0.035	proven
20260115T120002Z-38b2b3e4	device_app	5	0	4480	21	1	0	8	2	0	0.065	proven
20260115T120002Z-38b2b3e4	device_certificate	1	0	1217	4	0	0	4	0	0	0.041	proven
20260115T120002Z-38b2b3e4	device_profile	1	0	1349	2	0	0	2	0	0	0.044	proven
20260115T120002Z-38b2b3e4	device_setting	2	0	270	2	0	0	2	0	0	0.049	proven
20260115T120002Z-38b2b3e4	device_group	3	0	1187	7	0	0	0	7	0	0.047	proven
20260115T120002Z-38b2b3e4	device_group_member	10	0	3392	23	0	0	2	0	0	0.08	proven
20260115T120002Z-38b2b3e4	user_account	82	0	12961	12	2	1	2	9	1	0.109	proven
20260115T120002Z-38b2b3e4	app_catalog	3	0	1258	8	0	0	0	8	0	0.048	proven
20260115T120002Z-0164f79f	device	16	0	36490	6	0	4	0	2	0	0.076	proven
20260115T120002Z-0164f79f	device_app	3	0	475	3	1	0	1	2	0	0.086	proven
20260115T120002Z-0164f79f	device_certificate	1	0	1217	4	0	0	0	0	0	0.079	proven
20260115T120002Z-0164f79f	device_profile	1	0	1349	2	0	0	0	0	0	0.08	proven
20260115T120002Z-0164f79f	device_setting	2	0	268	2	0	0	0	0	0	0.083	proven
20260115T120002Z-0164f79f	device_location	2	0	296	2	0	2	0	0	0	0.084	proven
20260115T120002Z-0164f79f	device_group	4	0	3341	7	0	0	0	7	0	0.064	proven
20260115T120002Z-0164f79f	device_group_member	5	0	1145	8	0	0	0	0	0	0.09	proven
20260115T120002Z-0164f79f	user_account	84	0	12374	12	0	0	0	12	1	0.115	proven
20260115T120002Z-0164f79f	app_catalog	3	0	1300	8	0	0	0	8	0	0.063	proven
20260115T120002Z-0164f79f	device_configuration	3	0	3614	13	0	2	0	4	0	0.088	proven
20260115T120002Z-0164f79f	policy	1	0	5259	4	0	4	0	0	0	0.045	proven
20260115T120002Z-0164f79f	policy_rule	0	0	0	21	0	0	0	21	0	0.045	proven
20260115T120002Z-0164f79f	app_setting	1	0	2701	4	0	4	0	0	0	0.054	proven
20260115T120002Z-0164f79f	activesync_device	1	0	2289	3	0	2	0	1	0	0.055	proven
20260115T120002Z-0164f79f	alert	1	0	5382	6	0	1	0	5	0	0.056	proven
20260115T120002Z-0164f79f	appconnect_session	1	0	557	8	1	7	0	0	0	0.057	proven
20260115T120002Z-0164f79f	carrier	1	0	2028	8	0	0	0	8	0	0.058	proven
20260115T120002Z-0164f79f	country	1	0	1577	8	0	0	0	8	0	0.059	proven
20260115T120003Z-8cabcadc	device	3	0	8522	11	0	0	0	0	0	0.124	proven
20260115T120003Z-8cabcadc	device_app	2	0	2266	9	0	0	0	0	0	0	unproven
20260115T120003Z-8cabcadc	device_certificate	1	0	1172	4	0	0	0	0	0	0.139	proven
20260115T120003Z-8cabcadc	device_profile	1	0	1334	2	0	0	0	0	0	0.144	proven
20260115T120003Z-8cabcadc	device_setting	2	0	239	2	0	0	0	0	0	0.175	proven
20260115T120003Z-8cabcadc	device_group	3	0	1187	7	0	0	0	0	0	0.159	proven
20260115T120003Z-8cabcadc	device_group_member	2	0	578	4	0	0	0	0	0	0	unproven
20260115T120003Z-8cabcadc	user_account	3	0	6562	12	0	0	0	0	0	0.16	proven
20260115T120003Z-8cabcadc	app_catalog	3	0	1258	8	0	0	0	0	0	0.169	proven
\.
COPY uem.user_account (tenant, user_id, user_uuid, email_address, display_name, first_name, last_name, enabled, account_source, created_at, custom_attributes, ldap_attributes, ldap_standard_attributes, extra) FROM stdin;
acme-cloud	olga.garcia0@acme.example	a882faa5-21d6-4940-981d-bdffa3849ff3	olga.garcia0@acme.example	olga Keller	olga	Keller	t	LOCAL	2023-03-31 15:34:26+00	{"site": "Paris, La Défense"}	\N	\N	\N
acme-cloud	ines.jones1@acme.example	8c6c7350-5715-434f-9b0a-eb54b116872c	ines.jones1@acme.example	ines de Vries	ines	de Vries	t	LOCAL	2022-07-18 02:16:07+00	{"badge number": "B-978538"}	\N	\N	\N
acme-cloud	chiara.weber3@acme.example	eb147bf0-9efe-4d00-a4b9-bbb6d20f7d9e	chiara.weber3@acme.example	chiara da "Costa"	chiara	da "Costa"	t	LDAP	2023-10-26 07:15:57+00	\N	{"objectguid": "66303cb8f291c427838274fae2af8158", "userprincipalname": "chiara.weber3@acme.example"}	{"samaccountname": "chiara.weber3", "distinguishedname": "CN=chiara.weber3,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "chiara.weber3@acme.example"}	\N
acme-cloud	fatima.de-vries4@acme.example	786cf36d-4f22-47da-8077-b98c57078eaa	fatima.de-vries4@acme.example	fatima Åberg	fatima	Åberg	t	LOCAL	2023-11-17 17:09:02+00	\N	\N	\N	\N
acme-cloud	thomas.o-brien5@acme.example	21f668a2-3d47-40e8-8908-fc55fa47ccf2	thomas.o-brien5@acme.example	thomas Åberg	thomas	Åberg	t	LOCAL	2023-11-19 05:45:53+00	\N	\N	\N	\N
acme-cloud	ines.silva6@acme.example	913cc1cb-756f-414a-ba49-f3776ad8e12c	ines.silva6@acme.example	ines Nowak	ines	Nowak	t	LDAP	2024-01-23 07:47:20+00	{"badge number": "B-717987"}	{"objectguid": "ab0a8a38241ae71e1b58d34198499ba5", "userprincipalname": "ines.silva6@acme.example"}	{"samaccountname": "ines.silva6", "distinguishedname": "CN=ines.silva6,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "ines.silva6@acme.example"}	\N
acme-cloud	emma.silva7@acme.example	42cdc688-a676-466e-9c27-e86428a1bdb7	emma.silva7@acme.example	emma O'Brien	emma	O'Brien	t	LDAP	2023-06-29 16:54:41+00	\N	{"objectguid": "df3d4915d09bbde08b0b9878817d46bd", "userprincipalname": "emma.silva7@acme.example"}	{"samaccountname": "emma.silva7", "distinguishedname": "CN=emma.silva7,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "emma.silva7@acme.example"}	\N
acme-cloud	7th-floor.priya.jones0@branch.example	6174521e-114d-4af9-a23a-4535ab3b9610	7th-floor.priya.jones0@branch.example	priya Smith	priya	Smith	t	LDAP	2024-03-10 12:26:51+00	\N	{"objectguid": "c5a1025be9cc28dbd0e3f632901517f4", "msexchmailboxguid": "k��Vt�N��S)⢞=", "userprincipalname": "7th-floor.priya.jones0@branch.example"}	{"samaccountname": "7th-floor.priya.jones0", "distinguishedname": "CN=7th-floor.priya.jones0,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "7th-floor.priya.jones0@branch.example"}	\N
acme-cloud	wei.garcia1@branch.example	ad05cd07-11b9-4e14-811f-4bc892351e7e	wei.garcia1@branch.example	wei Müller	wei	Müller	t	LDAP	2022-08-03 07:41:41+00	\N	{"objectguid": "87ea6a141a333ad0ea6e549f0e87cd12", "msexchmailboxguid": "k��Vt�N��S)⢞=", "userprincipalname": "wei.garcia1@branch.example"}	{"samaccountname": "wei.garcia1", "distinguishedname": "CN=wei.garcia1,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "wei.garcia1@branch.example"}	\N
acme-core	peter.ivanova0@acme.example	0ec2c593-b2db-412f-b6d0-73f5d843b4c2	peter.ivanova0@acme.example	peter Nowak	peter	Nowak	t	LOCAL	2024-04-16 23:21:43+00	\N	\N	\N	\N
acme-core	emma.tanaka1@acme.example	4969cc61-6de9-495e-8257-bd9359ac30f4	emma.tanaka1@acme.example	emma 王	emma	王	t	LDAP	2024-04-11 16:41:44+00	{"badge number": "B-223952"}	{"objectguid": "f3dcd158e714154ad9f53a45543e6fa0", "msexchmailboxguid": "k��Vt�N��S)⢞=", "userprincipalname": "emma.tanaka1@acme.example"}	{"samaccountname": "emma.tanaka1", "distinguishedname": "CN=emma.tanaka1,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "emma.tanaka1@acme.example"}	\N
acme-core	wei.kim2@acme.example	b5422f2e-09c9-4d6d-a71b-9fd8fb8c45d9	wei.kim2@acme.example	wei =Rossi	wei	=Rossi	t	LDAP	2024-02-06 05:41:17+00	\N	{"objectguid": "f35023e9bcc8d50e03c1a507755d6c1d", "msexchmailboxguid": "k��Vt�N��S)⢞=", "userprincipalname": "wei.kim2@acme.example"}	{"samaccountname": "wei.kim2", "distinguishedname": "CN=wei.kim2,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "wei.kim2@acme.example"}	\N
acme-core	sofia.mensah3@acme.example	2d7aa5d9-50f2-49ac-9b61-754112200124	sofia.mensah3@acme.example	sofia Müller	sofia	Müller	t	LDAP	2024-01-19 03:04:27+00	\N	{"objectguid": "ae3dafd7f4bd387122e43e8b45a6916f", "msexchmailboxguid": "k��Vt�N��S)⢞=", "userprincipalname": "sofia.mensah3@acme.example"}	{"samaccountname": "sofia.mensah3", "distinguishedname": "CN=sofia.mensah3,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "sofia.mensah3@acme.example"}	\N
acme-core	7th-floor.priya.kim0@branch.example	6165621b-d4d5-4b60-8c10-cb23f0e6e816	7th-floor.priya.kim0@branch.example	priya Müller	priya	Müller	t	LOCAL	2022-06-26 11:39:43+00	\N	\N	\N	\N
acme-core	ingrid.schmidt1@branch.example	ca3bec69-c29e-42d1-badc-f47c523b1b43	ingrid.schmidt1@branch.example	ingrid 王	ingrid	王	t	LOCAL	2024-04-23 01:09:12+00	\N	\N	\N	\N
acme-core	anna.jones2	1bda7e35-5a54-45e7-9e1e-65cad4ddb197	anna.jones2@branch.example	anna Müller	anna	Müller	t	LDAP	2023-10-14 15:42:07+00	\N	{"objectguid": "2d24f3a23aeb3f4c84ec19843a038264", "userprincipalname": "anna.jones2@branch.example"}	{"samaccountname": "anna.jones2", "distinguishedname": "CN=anna.jones2,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "anna.jones2@branch.example"}	\N
acme-core	yuki.dubois3	5d50af88-b69d-4249-b579-b7dab0297983	yuki.dubois3@branch.example	yuki Keller	yuki	Keller	t	LDAP	2024-02-23 23:59:29+00	{"site": "Zürich \\"Nord\\""}	{"objectguid": "46988d1f9768162c84032688217afb53", "userprincipalname": "yuki.dubois3@branch.example"}	{"samaccountname": "yuki.dubois3", "distinguishedname": "CN=yuki.dubois3,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "yuki.dubois3@branch.example"}	\N
acme-core	jean-luc.svensson4@branch.example	9c5ebc54-11b5-4c11-b4c9-eade391c91de	jean-luc.svensson4@branch.example	jean-luc Łukasz	jean-luc	Łukasz	t	LOCAL	2022-08-26 22:52:38+00	\N	\N	\N	\N
acme-core	noah.nowak5@branch.example	4dd009fb-1cd0-4aa8-ad23-572b25b3b190	noah.nowak5@branch.example	noah Nowak	noah	Nowak	t	LOCAL	2023-03-10 01:02:56+00	\N	\N	\N	\N
acme-core	carlos.rossi6	80ad4db1-12c1-4169-834b-2c209f9ec202	carlos.rossi6@branch.example	carlos de Vries	carlos	de Vries	t	LDAP	2022-06-03 01:57:20+00	\N	{"objectguid": "fc46a5c293cb3d306734e6c2e8940551", "userprincipalname": "carlos.rossi6@branch.example"}	{"samaccountname": "carlos.rossi6", "distinguishedname": "CN=carlos.rossi6,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "carlos.rossi6@branch.example"}	\N
acme-core	carlos.schmidt7@branch.example	8a541fe7-9ae4-4966-a09f-5e1543ed12ce	carlos.schmidt7@branch.example	carlos da "Costa"	carlos	da "Costa"	t	LOCAL	2022-11-27 10:22:03+00	\N	\N	\N	\N
acme-cloud	omar.tanaka2@acme.example	73fc33ca-d43d-4fa8-b980-8661c8b7daf9	omar.tanaka2@acme.example	omar de Vries	omar	de Vries	t	LOCAL	2024-05-05 03:56:10+00	{"site": "Zürich \\"Nord\\""}	\N	\N	\N
acme-cloud	bram.o-brien3@branch.example	f9ac49ec-5506-4392-93f2-7ba0371a3206	bram.o-brien3@branch.example	bram Smith	bram	Smith	t	LDAP	2022-08-04 03:27:38+00	{"badge number": "B-143743"}	{"objectguid": "46a5bc771fd1c1801ad9c6a580a27cad", "msexchmailboxguid": "k��Vt�N��S)⢞=", "userprincipalname": "bram.o-brien3@branch.example"}	{"samaccountname": "bram.o-brien3", "distinguishedname": "CN=bram.o-brien3,OU=Staff\\\\, all,DC=acme,DC=example", "userprincipalname": "bram.o-brien3@branch.example"}	\N
acme-cloud	omar.o-brien2@branch.example	6b0fbd13-8476-4dc8-8f7b-f3eb9cf27dfa	omar.o-brien2@branch.example	omar Smith	omar	Smith	t	LOCAL	2023-01-08 02:48:41+00	\N	\N	\N	\N
\.
SELECT pg_catalog.setval('uem.app_catalog_item_item_id_seq', 16, true);
SELECT pg_catalog.setval('uem.device_app_item_item_id_seq', 57, true);
SELECT pg_catalog.setval('uem.device_certificate_item_item_id_seq', 22, true);
SELECT pg_catalog.setval('uem.device_group_member_item_item_id_seq', 9, true);
SELECT pg_catalog.setval('uem.device_profile_item_item_id_seq', 11, true);
ALTER TABLE ONLY uem.activesync_device
    ADD CONSTRAINT activesync_device_pkey PRIMARY KEY (tenant, eas_uuid);
ALTER TABLE ONLY uem.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (tenant, alert_id);
ALTER TABLE ONLY uem.app_catalog_item
    ADD CONSTRAINT app_catalog_item_pkey PRIMARY KEY (item_id);
ALTER TABLE ONLY uem.app_catalog_item
    ADD CONSTRAINT app_catalog_item_tenant_digest_key UNIQUE (tenant, digest);
ALTER TABLE ONLY uem.app_catalog_list
    ADD CONSTRAINT app_catalog_list_pkey PRIMARY KEY (tenant);
ALTER TABLE ONLY uem.app_setting
    ADD CONSTRAINT app_setting_pkey PRIMARY KEY (tenant, setting_id);
ALTER TABLE ONLY uem.appconnect_session
    ADD CONSTRAINT appconnect_session_pkey PRIMARY KEY (tenant, app_id, device_id, started_at);
ALTER TABLE ONLY uem.carrier
    ADD CONSTRAINT carrier_pkey PRIMARY KEY (tenant, carrier_id);
ALTER TABLE ONLY uem.country
    ADD CONSTRAINT country_pkey PRIMARY KEY (tenant, country_name);
ALTER TABLE ONLY uem.device_app_item
    ADD CONSTRAINT device_app_item_pkey PRIMARY KEY (item_id);
ALTER TABLE ONLY uem.device_app_item
    ADD CONSTRAINT device_app_item_tenant_digest_key UNIQUE (tenant, digest);
ALTER TABLE ONLY uem.device_app_list
    ADD CONSTRAINT device_app_list_pkey PRIMARY KEY (tenant, device_id);
ALTER TABLE ONLY uem.device_certificate_item
    ADD CONSTRAINT device_certificate_item_pkey PRIMARY KEY (item_id);
ALTER TABLE ONLY uem.device_certificate_item
    ADD CONSTRAINT device_certificate_item_tenant_digest_key UNIQUE (tenant, digest);
ALTER TABLE ONLY uem.device_certificate_list
    ADD CONSTRAINT device_certificate_list_pkey PRIMARY KEY (tenant, device_id);
ALTER TABLE ONLY uem.device_configuration
    ADD CONSTRAINT device_configuration_pkey PRIMARY KEY (tenant, device_id, profile_type, profile_id);
ALTER TABLE ONLY uem.device_fetch
    ADD CONSTRAINT device_fetch_pkey PRIMARY KEY (tenant, device_id, entity);
ALTER TABLE ONLY uem.device_group_member_item
    ADD CONSTRAINT device_group_member_item_pkey PRIMARY KEY (item_id);
ALTER TABLE ONLY uem.device_group_member_item
    ADD CONSTRAINT device_group_member_item_tenant_digest_key UNIQUE (tenant, digest);
ALTER TABLE ONLY uem.device_group_member_list
    ADD CONSTRAINT device_group_member_list_pkey PRIMARY KEY (tenant, device_id);
ALTER TABLE ONLY uem.device_group
    ADD CONSTRAINT device_group_pkey PRIMARY KEY (tenant, group_id);
ALTER TABLE ONLY uem.device_history
    ADD CONSTRAINT device_history_pkey PRIMARY KEY (tenant, device_id, valid_from);
ALTER TABLE ONLY uem.device_location
    ADD CONSTRAINT device_location_pkey PRIMARY KEY (tenant, device_id);
ALTER TABLE ONLY uem.device
    ADD CONSTRAINT device_pkey PRIMARY KEY (tenant, device_id);
ALTER TABLE ONLY uem.device_profile_item
    ADD CONSTRAINT device_profile_item_pkey PRIMARY KEY (item_id);
ALTER TABLE ONLY uem.device_profile_item
    ADD CONSTRAINT device_profile_item_tenant_digest_key UNIQUE (tenant, digest);
ALTER TABLE ONLY uem.device_profile_list
    ADD CONSTRAINT device_profile_list_pkey PRIMARY KEY (tenant, device_id);
ALTER TABLE ONLY uem.device_setting
    ADD CONSTRAINT device_setting_pkey PRIMARY KEY (tenant, device_id, setting);
ALTER TABLE ONLY uem.policy
    ADD CONSTRAINT policy_pkey PRIMARY KEY (tenant, policy_id);
ALTER TABLE ONLY uem.policy_rule
    ADD CONSTRAINT policy_rule_pkey PRIMARY KEY (tenant, policy_id, type);
ALTER TABLE ONLY uem.rejected_record
    ADD CONSTRAINT rejected_record_pkey PRIMARY KEY (run_id, ordinal);
ALTER TABLE ONLY uem.schema_version
    ADD CONSTRAINT schema_version_pkey PRIMARY KEY (version);
ALTER TABLE ONLY uem.sync_run_entity
    ADD CONSTRAINT sync_run_entity_pkey PRIMARY KEY (run_id, entity);
ALTER TABLE ONLY uem.sync_run
    ADD CONSTRAINT sync_run_pkey PRIMARY KEY (run_id);
ALTER TABLE ONLY uem.user_account
    ADD CONSTRAINT user_account_pkey PRIMARY KEY (tenant, user_id);
CREATE UNIQUE INDEX device_history_tenant_device_id_idx ON uem.device_history USING btree (tenant, device_id) WHERE (valid_to IS NULL);
CREATE INDEX device_history_tenant_valid_to_idx ON uem.device_history USING btree (tenant, valid_to) WHERE (valid_to IS NOT NULL);
CREATE INDEX sync_run_tenant_started_at_idx ON uem.sync_run USING btree (tenant, started_at);
