# How the answers of the CPS API read as rows: each function takes one answer, or one record of a
# list, and gives arrays of a row's columns. Written from the product's page, and sharing nothing
# with the mappings.

# --- columns --------------------------------------------------------------------------------

def quoted: "\"" + gsub("\""; "\"\"") + "\"";

# As PostgreSQL prints jsonb: keys by length and then by bytes.
def jsonb:
    if type == "object" then
        "{" + (to_entries | sort_by([(.key | utf8bytelength), .key]) |
            map((.key | tojson) + ": " + (.value | jsonb)) | join(", ")) + "}"
    elif type == "array" then "[" + (map(jsonb) | join(", ")) + "]"
    else tojson
    end;

def cell:
    if . == null then ""
    elif . == true then "t"
    elif . == false then "f"
    elif type == "number" then tojson
    elif . == "" then "\"\""
    elif test("[,\"\r\n]") then quoted
    else .
    end;

# A line end within the row is told apart from that of the line.
def line: map(cell) | join(",") | gsub("\n"; "\u0001");

def time:
    if . == null then null
    else (. / 1000 | floor | strftime("%Y-%m-%dT%H:%M:%S")) + "." +
        (. % 1000 | tostring | ("000" + .)[-3:]) + "Z"
    end;

def extra($taken): delpaths([$taken[] | [.]]) | if . == {} then null else jsonb end;

def object: if . == null then null else jsonb end;

# --- whose it is ----------------------------------------------------------------------------

def device_of:
    if .deviceGuid then .deviceGuid | ascii_downcase
    else $names[0][.deviceMdmId // .identifier]
    end;

# --- the relations --------------------------------------------------------------------------

def device_app:
    ["identifier", "name", "version", "shortVersion", "bundleVersion", "externalVersionIdentifier",
        "managed", "source", "adHocCodeSigned", "appStoreVendable", "betaApp", "deviceBasedVPP",
        "updateAvailable", "installing", "validated"] as $taken |
    .[] | device_of as $device | .applications[] | . as $app |
    ["acme", $device] + [$taken[] as $key | $app[$key]] + [extra($taken)];

def common_name: capture("(^|,)CN=(?<name>[^,]*)").name // null;

def device_certificate:
    ["thumbPrint", "serialNumber", "subject", "issuer", "identity", "notBefore", "notAfter"] as
        $taken |
    .[] | device_of as $device | .certificates[] |
    ["acme", $device, (.thumbPrint | ascii_downcase), .serialNumber, .subject,
        ((.subject | common_name) // null), .issuer, ((.issuer | common_name) // null), .identity,
        (.notBefore | time), (.notAfter | time), extra($taken)];

# The secrets of the demonstration profiles, by the guide of Apple's payloads.
def masked:
    if type == "array" then map(masked)
    elif type == "object" then
        (.PayloadType == "com.apple.security.pkcs12") as $identity |
        with_entries(
            if (.key | IN("Password", "UserPassword", "Challenge")) or
                ($identity and .key == "PayloadContent") then .value = "***"
            else .value |= masked
            end)
    else .
    end;

def device_profile:
    ["uuid", "identifier", "displayName", "description", "organization", "version", "encrypted",
        "managed", "hasRemovalPasscode", "removalDisallowed"] as $taken |
    .[] | device_of as $device | .profiles[] | . as $profile |
    ["acme", $device] + [$taken[] as $key | $profile[$key]] +
        [if $content == "on" and .content then .content | masked | jsonb else null end,
            extra($taken + ["content"])];

def device_setting:
    .settings[] | ["acme", device_of, .settings.type, .settings.value.enabled];

def device_group_member: .result[] | device_of as $device | .rules[] | ["acme", .id, $device];

def device_group:
    ["acme", .id, .name, .description, .definition,
        (if $kind == "cloud" and .definition then false else null end), null, null,
        extra(["id", "name", "description", "definition"])];

def lower_keys: if . == null then null else with_entries(.key |= ascii_downcase) end;

# Escaped on Cloud (\3f\21...), plain on Core.
def plain_guid: if has("objectguid") then .objectguid |= gsub("\\\\"; "") else . end;

def user_account:
    ["userId", "userUuid", "emailAddress", "displayName", "firstName", "lastName", "enabled",
        "accountSource", "createdAt", "customAttributes", "badge number", "ldapCustomAttributes",
        "ldapStandardAttributes"] as $taken |
    ((.customAttributes // {}) +
        (if has("badge number") then {"badge number": .["badge number"]} else {} end)) as $custom |
    ["acme", .userId, .userUuid, .emailAddress, .displayName, .firstName, .lastName, .enabled,
        .accountSource, (.createdAt | time),
        (if $custom == {} then null else $custom | jsonb end),
        (.ldapCustomAttributes | lower_keys | if . then plain_guid else . end | object),
        (.ldapStandardAttributes | lower_keys | object), extra($taken)];

def app_catalog:
    {"iOS": "IOS", "Android": "ANDROID", "Mac OS X": "OSX", "Windows": "WINDOWS",
        "Web Applications": "WEBAPPS"} as $words |
    ["acme", .identifier, $words[.platformType], .name, .version, .buildNumber, (.createdAt | time),
        extra(["identifier", "platformType", "name", "version", "buildNumber", "createdAt"])];
