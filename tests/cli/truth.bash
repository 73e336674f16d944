# shellcheck shell=bash
# What a demonstration server holds, as rows of the relations: gathered by curl, turned into rows
# by truth.jq, and so by nothing that the program itself is made of. Brings lib.bash.
truth_folder=$(dirname -- "${BASH_SOURCE[0]}")
readonly truth_folder
# shellcheck source=lib.bash
. "$truth_folder/lib.bash"

# ask METHOD PATH [BODY]: as the user
ask() {
    curl -sS --insecure --fail --max-time 20 -u api@acme.example:secret -X "$1" \
        ${3+--data-binary "$3"} "$base$api$2"
}

# Most records that the server lists in a page.
page_cap=500

# ask_pages PATH: all records of a list, a JSON value a line
ask_pages() {
    local offset=0 page count separator='?'
    [[ $1 != *\?* ]] || separator='&'
    while page=$(ask GET "$1${separator}offset=$offset&limit=$page_cap"); do
        count=$(jq '.searchResults | length' <<<"$page")
        jq -c '.searchResults[]' <<<"$page"
        [ "$count" -eq "$page_cap" ] || break
        offset=$((offset + count))
    done
}

# ask_batches PATH BODY FILE: the answers to POSTs with the identifiers of FILE, 200 at a time, one
# a line; BODY is a JSON object without them
ask_batches() {
    local from total body
    total=$(wc -l <"$3")
    for ((from = 1; from <= total; from += 200)); do
        body=$(sed -n "$from,$((from + 199))p" "$3" | jq -cRn --argjson body "$2" \
            '$body + {identifiers: [inputs]}')
        ask POST "$1" "$body"
        echo
    done
}

# The relations that gather_truth makes.
readonly truth_relations='device_app device_certificate device_profile device_setting device_group
    device_group_member user_account app_catalog'

# gather_truth FOLDER [KIND]: makes FOLDER/RELATION for each relation, its rows as folded lines of
# CSV, sorted. The counters of the server are at zero afterwards.
gather_truth() {
    local in=$1.raw
    mkdir -p "$1" "$in"
    ask_pages /device >"$in/all"
    jq -c 'select(.status != "RETIRED" and .status != "WIPED")' "$in/all" >"$in/devices"
    jq -r '.deviceGuid // empty' "$in/all" | LC_ALL=C sort >"$in/all_guids"
    jq -r '.deviceGuid // empty' "$in/devices" >"$in/guids"
    # One identifier, two devices: it means the one that registered last.
    jq -sc '[.[] | select(.identifier)] | group_by(.identifier) | map(max_by(.registrationTime)) |
        map({key: .identifier, value: (.deviceGuid // "mdm:\(.identifier)")}) | from_entries' \
        "$in/devices" >"$in/names"
    jq -r 'select(.deviceGuid | not) | .identifier' "$in/devices" >"$in/without_guid"
    jq -r --slurpfile names "$in/names" 'select(.os == "IOS" and .identifier) |
        select($names[0][.identifier] == (.deviceGuid // "mdm:\(.identifier)")) | .identifier' \
        "$in/devices" >"$in/ios"
    jq -r 'select(.os == "IOS") | .deviceGuid // empty' "$in/devices" >"$in/ios_guids"
    jq -r 'select(.os == "IOS" and (.deviceGuid | not)) | .identifier' "$in/devices" \
        >"$in/ios_without_guid"
    {
        ask_batches /device/application '{"identifierType":"GUID"}' "$in/guids"
        ask_batches /device/application '{}' "$in/without_guid"
    } >"$in/device_app"
    ask_batches /device/certificate '{}' "$in/ios" >"$in/device_certificate"
    {
        ask_batches /device/profile '{"identifierType":"GUID"}' "$in/ios_guids"
        ask_batches /device/profile '{}' "$in/ios_without_guid"
    } >"$in/device_profile"
    {
        ask_batches /device/getDeviceSettings '{"settingsType":"DATA_ROAMING"}' "$in/ios"
        ask_batches /device/getDeviceSettings '{"settingsType":"PERSONAL_HOTSPOT"}' "$in/ios"
    } >"$in/device_setting"
    ask_batches /rule/deviceGuid '{}' "$in/guids" >"$in/device_group_member"
    ask_pages /rule >"$in/device_group"
    ask_pages '/user?uid=&fields=ldapStandardAttributes' >"$in/user_account"
    ask_pages /appcatalog/apps >"$in/app_catalog"
    # shellcheck disable=SC2086 # words are relations
    make_truth "$1" "${2:-cloud}" $truth_relations
    reset_uemsim
}

# make_truth FOLDER KIND RELATION...: of what was gathered
make_truth() {
    local name
    for name in "${@:3}"; do
        jq -r -L "$truth_folder" --slurpfile names "$1.raw/names" --arg kind "$2" \
            --arg content "${truth_content:-}" \
            "import \"truth\" as truth; truth::$name | truth::line" "$1.raw/$name" |
            LC_ALL=C sort -u >"$1/$name"
    done
}

# gather_users FOLDER: as gather_truth, of user_account alone
gather_users() {
    mkdir -p "$1" "$1.raw"
    echo '{}' >"$1.raw/names"
    ask_pages '/user?uid=&fields=ldapStandardAttributes' >"$1.raw/user_account"
    make_truth "$1" any user_account
    reset_uemsim
}

# keep_gone BEFORE AFTER: to the rows of AFTER come those that BEFORE has of devices that are RETIRED
# or WIPED since: nobody asks for their inventory any more, and they have not left.
keep_gone() {
    local relation
    LC_ALL=C sort "$2.raw/guids" | LC_ALL=C comm -23 "$2.raw/all_guids" - |
        LC_ALL=C comm -12 - "$1.raw/all_guids" | tr '[:upper:]' '[:lower:]' >"$work/gone"
    for relation in device_app device_certificate device_profile device_setting \
        device_group_member; do
        { grep -Ff "$work/gone" "$1/$relation" || true; } | LC_ALL=C sort -u -o "$2/$relation" - "$2/$relation"
    done
}

# folded: records of CSV as one line each, whatever line ends they hold; unfolded is the way back
folded() {
    awk '{ record = record $0; quotes += gsub(/"/, "&") }
        quotes % 2 { record = record "\001"; next }
        { print record; record = ""; quotes = 0 }'
}

unfolded() {
    tr '\001' '\n'
}

# published_rows RELATION: as folded lines, sorted; only of the CSV destination
published_rows() {
    tail -n +2 "$inventory/acme/$1.csv" | folded | LC_ALL=C sort
}

# differences RELATION FILE: how many of the published rows are not in the file, and the other way
# round. PostgreSQL loads the file as CSV, so that types count and not their spelling.
differences() {
    if [ "$destination" = csv ]; then
        published_rows "$1" >"$work/published_rows"
        echo "$(LC_ALL=C comm -23 "$work/published_rows" "$2" | wc -l)" \
            "$(LC_ALL=C comm -13 "$work/published_rows" "$2" | wc -l)"
    else
        unfolded <"$2" >"$work/truth.csv"
        PGOPTIONS='-c client_min_messages=warning' psql -XqAt -F ' ' -v ON_ERROR_STOP=1 <<EOF
CREATE TEMP TABLE truth (LIKE $schema.$1);
\\copy truth from '$work/truth.csv' csv
SELECT (SELECT count(*) FROM (SELECT p::text FROM $schema.$1 AS p WHERE tenant = 'acme'
            EXCEPT ALL SELECT t::text FROM truth AS t) AS x),
    (SELECT count(*) FROM (SELECT t::text FROM truth AS t
            EXCEPT ALL SELECT p::text FROM $schema.$1 AS p WHERE tenant = 'acme') AS x);
EOF
    fi
}

# expect_truth NAME FOLDER [RELATION...]: what is published is what gather_truth found (all its
# relations, or these)
expect_truth() {
    local relation found wrong=
    local -a relations
    read -r -d '' -a relations <<<"$truth_relations" || true
    [ $# -eq 2 ] || relations=("${@:3}")
    for relation in "${relations[@]}"; do
        found=$(differences "$relation" "$2/$relation")
        [ "$found" = "0 0" ] || wrong+="$relation: rows too many and too few: $found; "
    done
    if [ -z "$wrong" ]; then
        pass "$1"
    else
        fail "$1" "$wrong"
    fi
}
