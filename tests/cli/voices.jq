# What the two voices of a Core say of devices, as rows of `device`: written from the product's page
# ("How values are normalised") and the v1 guide, and sharing nothing with the mappings.
#
# A record of v1 is taken as its JSON has it, with every value as the text that XML has. Brings
# truth.jq, and what that wants.
import "truth" as truth;

# --- values ---------------------------------------------------------------------------------

# Field notes, "Core v1": by hexadecimal, lowest bit first.
def bit_names:
    {"0": "COMPROMISED", "1": "OS_VERSION", "2": "HW_VERSION", "3": "DATA_PROTECTION",
        "4": "POLICY_OUT_OF_DATE", "5": "DEVICE_OUT_OF_CONTACT", "6": "APP_CONTROL",
        "7": "PER_MAILBOX_LIMIT", "8": "NOT_REGISTERED", "9": "MANUAL", "10": "EXCHANGE",
        "11": "DEVICE_ADMIN_DEACTIVE", "12": "DISALLOWED_APP_CONTROL",
        "13": "REQUIRED_APP_CONTROL", "14": "ALLOWED_APP_CONTROL", "15": "LOGGED_OUT",
        "16": "ATTESTATION_FAILED", "22": "UNKNOWN"};

def hexadecimal:
    if . < 16 then "0123456789abcdef"[.:. + 1]
    else (. / 16 | floor | hexadecimal) + (. % 16 | hexadecimal)
    end;

def reasons:
    if . == null then null
    else . as $code | "{" + ([range(0; 40) | select(($code / pow(2; .) | floor) % 2 == 1) |
        bit_names[tostring] // "UNKNOWN_0x\(pow(2; .) | hexadecimal)"] | join(",")) + "}"
    end;

def status_word:
    {"IENROLL_COMPLETE": "ACTIVE", "BLOCKED": "ACTIVE", "RETIRE_PENDING": "RETIRE_SENT",
        "VERIFIED": "ENROLLMENT_PENDING", "VERIFICATION_PENDING": "ENROLLMENT_PENDING",
        "IENROLL_VERIFIED": "ENROLLMENT_PENDING", "IENROLL_INPROGRESS": "ENROLLMENT_PENDING"} as
        $words |
    if . == null then null
    elif $words[.] then $words[.]
    elif IN("ACTIVE", "RETIRED", "WIPED", "WIPE_SENT", "RETIRE_SENT", "ENROLLMENT_PENDING",
        "UNKNOWN", "INFECTED", "LOST", "EXPIRED") then .
    else "UNKNOWN"
    end;

def no_placeholder: if IN("na", "(null)", "PDA", "", null) then null else . end;

def truth_value:
    if . == null then null
    elif ascii_downcase | IN("true", "on", "1") then true
    elif ascii_downcase | IN("false", "off", "0") then false
    else null
    end;

def bare_digits:
    no_placeholder | if . == null then null
    else ltrimstr("IMEI:") | ltrimstr("IMSI:") |
        if test("^[0-9 ]+$") then gsub(" "; "") else . end
    end;

def mac:
    no_placeholder | if . == null then null
    else ascii_downcase | gsub("[^0-9a-f]"; "") | [match("..") | .string] as $none |
        [range(0; 12; 2) as $at | .[$at:$at + 2]] | join(":")
    end;

# `2025-02-28T05:49:52+00:00`, as the demonstration server writes times.
def iso: if . == null then null else sub("[+]00:00$"; ".000Z") end;

def version: if . == null then null else (capture("(?<version>[0-9]+([.][0-9]+)*)").version // null) end;

def first_of(values): first((values | select(. != null)), null);

# --- the voices -----------------------------------------------------------------------------

# A record of v1's JSON as XML has it: every value a text, and what is empty absent. `details` is
# an object.
def as_xml:
    .details |= (if type == "array" then map(.entry? // []) else [.entry? // []] end |
        flatten | map({key, value}) | from_entries) |
    with_entries(if .key == "details" then . else .value |= tostring end) |
    with_entries(select(.value != ""));

def v1_row:
    .details as $d | (.compliance | tonumber) as $compliance |
    (.blockReason | tonumber) as $block | (.quarantinedStatus | tonumber) as $quarantine |
    first_of((.currentPhoneNumber, .phoneNumber, $d.current_mobile_number, $d.mobile_number) |
        no_placeholder) as $phone |
    {
        device_id: (.uuid | ascii_downcase),
        device_guid: (.uuid | ascii_downcase),
        status: (.status | status_word),
        source_status: .status,
        compliant: ($compliance == 0),
        quarantined: ($quarantine != 0),
        blocked: ($block != 0 or .status == "BLOCKED"),
        compromised: ($compliance % 2 == 1 or $d.security_state == "Compromised" or
            $d.security_state == "0" or $d.DeviceCompromised == "true"),
        compliance_reasons: ($compliance | reasons),
        quarantine_reasons: ($quarantine | reasons),
        block_reasons: ($block | reasons),
        compliance_code: $compliance,
        quarantine_code: $quarantine,
        block_code: $block,
        os: ({"ANDROID": "ANDROID", "IOS": "IOS", "MAC OS X": "OSX", "WINDOWS": "WINDOWS"}[
            .platform | sub(" [0-9.]+$"; "") | ascii_upcase] // "UNKNOWN"),
        os_version: first_of($d.OSVersion, $d.platform_name, .platform | version),
        source_platform: .platform,
        manufacturer: first_of(.manufacturer, $d.device_manufacturer | no_placeholder),
        model: first_of(.model, $d.device_model | no_placeholder),
        serial_number: ($d.SerialNumber | no_placeholder),
        imei: first_of($d.imei, $d["iPhone IMEI"], $d.ImeiOrMeid | bare_digits),
        imsi: first_of($d.imsi, $d.current_SIM_module_number, $d.SIM_module_number,
            $d.registration_imsi | bare_digits),
        phone_number: $phone,
        mac_address: first_of($d.wifi_mac_addr, $d.WiFiMAC, $d["iPhone MAC_ADDRESS_EN0"] | mac),
        ios_udid: $d["iPhone UDID"],
        ownership: ({"true": "EMPLOYEE", "false": "COMPANY"}[.employeeOwned] // "UNKNOWN"),
        user_id: .principal,
        user_uuid: .userUUID,
        user_display_name: .userDisplayName,
        email_address: .emailAddress,
        comment: .comment,
        country_name: .countryName,
        operator: (.operator | no_placeholder),
        home_operator: (.homeOperator | no_placeholder),
        mdm_managed: (.mdmManaged | truth_value),
        encrypted: (if $d.prv_device_encryption | truth_value != null then
                $d.prv_device_encryption | truth_value
            elif $d.HardwareEncryptionCaps then $d.HardwareEncryptionCaps == "3"
            else null
            end),
        passcode_present: (if $d.prv_password then $d.prv_password else $d.PasscodePresent end |
            truth_value),
        client_version: first_of($d.client_version, $d.Client_version | no_placeholder),
        eas_uuid: .easUuid,
        eas_last_sync_at: (.easLastSyncAttempt | iso),
        registered_at: (.registeredAt | iso),
        last_check_in_at: (.lastConnectedAt | iso),
        # Tokens are secrets of others, and coordinates are kept for those who ask for locations.
        details: ($d | del(.latitude, .longitude, .lat_long_last_captured_at) | with_entries(if .key | ascii_downcase | endswith("token") then
            .value = "***" else . end)),
        extra: (del(.uuid, .status, .compliance, .quarantinedStatus, .blockReason, .platform,
                .manufacturer, .model, .employeeOwned, .principal, .userUUID, .userDisplayName,
                .emailAddress, .comment, .countryName, .operator, .homeOperator, .mdmManaged,
                .easUuid, .easLastSyncAttempt, .registeredAt, .lastConnectedAt, .details,
                .currentPhoneNumber) |
            if .phoneNumber | no_placeholder == null then del(.phoneNumber) else . end)
    };

def cps_row:
    ["cost center", "assetTag"] as $loose |
    {
        device_id: (if .deviceGuid then .deviceGuid | ascii_downcase else "mdm:\(.identifier)" end),
        device_guid: (if .deviceGuid then .deviceGuid | ascii_downcase else null end),
        identifier,
        status,
        source_status: .status,
        compliant, quarantined, blocked, compromised,
        os,
        os_version: .osVersion,
        manufacturer, model,
        serial_number: .serialNumber,
        imei: (.imei | bare_digits),
        imsi: (.imsi | bare_digits),
        phone_number: (.phoneNumber | no_placeholder),
        mac_address: (.macAddress | mac),
        ios_udid: .iosUdid,
        ownership,
        user_id: .userId,
        user_uuid: .userUuid,
        registered_at: (.registrationTime | truth::time),
        last_check_in_at: (.lastCheckInTime | truth::time),
        custom_attributes: ((.customAttributes // {}) + with_entries(select(.key | IN($loose[]))) |
            if . == {} then null else . end),
        extra: (del(.deviceGuid, .identifier, .status, .compliant, .quarantined, .blocked,
            .compromised, .os, .osVersion, .manufacturer, .model, .serialNumber, .imei, .imsi,
            .phoneNumber, .macAddress, .iosUdid, .ownership, .userId, .userUuid,
            .registrationTime, .lastCheckInTime, .customAttributes) |
            with_entries(select(.key | IN($loose[]) | not)))
    };

# --- both -----------------------------------------------------------------------------------

def either($one; $other): if $one == null then $other elif $other == null then $one else $one or $other end;

# CPS wins where both speak, but for what the page excepts. `a // b` would pass over false.
def merged($cps; $v1):
    if $v1 == null then $cps
    elif $cps == null then $v1
    else
        ($v1 + ($cps | with_entries(select(.value != null)))) +
        {
            status: (if ($cps.status | IN("ACTIVE", "UNKNOWN")) and
                ($v1.status | IN("INFECTED", "LOST", "EXPIRED")) then $v1.status
                else $cps.status end),
            source_status: $v1.source_status,
            compliant: ($cps.compliant != false and $v1.compliant != false),
            quarantined: either($cps.quarantined; $v1.quarantined),
            blocked: either($cps.blocked; $v1.blocked),
            compromised: either($cps.compromised; $v1.compromised),
            extra: ($v1.extra + $cps.extra)
        }
    end;

def columns:
    ["device_id", "device_guid", "identifier", "status", "source_status", "compliant",
        "quarantined", "blocked", "compromised", "compliance_reasons", "quarantine_reasons",
        "block_reasons", "compliance_code", "quarantine_code", "block_code", "os", "os_version",
        "source_platform", "manufacturer", "model", "serial_number", "imei", "imsi",
        "phone_number", "mac_address", "ios_udid", "ownership", "user_id", "user_uuid",
        "user_display_name", "email_address", "comment", "country_name", "operator",
        "home_operator", "mdm_managed", "encrypted", "passcode_present", "client_version",
        "eas_uuid", "eas_last_sync_at", "registered_at", "last_check_in_at",
        "custom_attributes", "details", "extra"];

# One row, as its cells.
def cells:
    . as $row | ["acme"] + [columns[] as $column | $row[$column] |
        if type == "object" then (if . == {} then null else truth::jsonb end) else . end];

# All rows: of lists of records of CPS and of v1; `only` keeps the wanted ones.
def devices($cps; $v1; only):
    ($cps | map(cps_row)) as $ours |
    ($v1 | map(as_xml | v1_row | {(.device_id): .}) | add // {}) as $theirs |
    ($ours | map({(.device_id): true}) | add // {}) as $known |
    ($ours[] | merged(.; $theirs[.device_id])), ($theirs[] | select($known[.device_id] | not)) |
    select(only) | cells | truth::line;

# --- groups ---------------------------------------------------------------------------------

# Names are unique: a label is the device group of its name. What is empty in v1 is absent.
def groups($cps; $v1):
    ($v1 | map(with_entries(select(.value != "")) | {(.name): .}) | add // {}) as $many |
    ($cps | map({(.name): true}) | add // {}) as $known |
    ($cps[] | . as $group | $many[.name] as $one |
        ["acme", .id, .name, (.description // $one.description), (.definition // $one.query),
            $one.staticLabel, ($one["@id"] | if . then tonumber else . end), $one.deviceCount]),
    ($many[] | select($known[.name] | not) |
        ["acme", "label:\(.["@id"])", .name, .description, .query, .staticLabel,
            (.["@id"] | tonumber), .deviceCount]) |
    truth::line;
