# shellcheck shell=bash
# What the scripts about a Core's two voices share. The truth is gathered by curl from CPS and from
# v1's JSON, while the program asks v1 for XML, and made into rows by voices.jq. Brings truth.bash.
# shellcheck disable=SC2034 # what stands here is used by the scripts
voices_folder=$(dirname -- "${BASH_SOURCE[0]}")
readonly voices_folder
# shellcheck source=truth.bash
. "$voices_folder/truth.bash"

readonly v1=/api/v1
readonly core_user=(--user "api@acme.example:secret:cps,api")
readonly v1_statuses='ACTIVE BLOCKED IENROLL_VERIFIED IENROLL_INPROGRESS IENROLL_COMPLETE INFECTED
    LOST RETIRED RETIRE_PENDING VERIFIED VERIFICATION_PENDING EXPIRED WIPED'

# serve OPTION...: a Core in the place of the server before; its user may do both unless the options
# say --user
serve() {
    local -a user=("${core_user[@]}")
    [[ " $* " != *' --user '* ]] || user=()
    [ -z "${server-}" ] || stop_uemsim
    start_uemsim --core --threads 4 "${user[@]}" "$@"
}

# ask_v1 PATH: as JSON
ask_v1() {
    curl -sS --insecure --max-time 20 -u api@acme.example:secret -H 'Accept: application/json' \
        "$base$v1$1"
}

# gather_voices FOLDER: what both tell of devices and of groups, records as lines. The counters of
# the server are at zero afterwards.
gather_voices() {
    local status
    mkdir -p "$1"
    ask_pages /device >"$1/cps"
    for status in $v1_statuses; do
        ask_v1 "/dm/devices?status=$status" | jq -c '.devices.device? // empty | arrays[], objects'
    done >"$1/v1"
    ask_pages /rule >"$1/cps_groups"
    ask_v1 /dm/labels | jq -c '.labels.label? // empty | arrays[], objects' >"$1/v1_groups"
    jq -r 'select(.status != "RETIRED" and .status != "WIPED").deviceGuid' "$1/cps" >"$1/guids"
    ask_batches /rule/deviceGuid '{}' "$1/guids" |
        jq -r '.result[] | (.deviceGuid | ascii_downcase) as $device |
            .rules[] | "acme,\(.id),\($device)"' | LC_ALL=C sort >"$1/members"
    reset_uemsim
}

# made_of FOLDER VOICES JQ: a relation of what was gathered by `cps`, `v1` or `both`, sorted lines
made_of() {
    local cps=$1/cps theirs=$1/v1
    [ "$2" != v1 ] || cps=/dev/null
    [ "$2" != cps ] || theirs=/dev/null
    if [ "${4-}" = groups ]; then
        [ "$cps" = /dev/null ] || cps=$1/cps_groups
        [ "$theirs" = /dev/null ] || theirs=$1/v1_groups
    fi
    jq -nr -L "$voices_folder" --slurpfile cps "$cps" --slurpfile v1 "$theirs" --arg kind core \
        --arg content '' --argjson names '[{}]' "import \"voices\" as voices; $3" | LC_ALL=C sort
}

# devices_of FOLDER VOICES [JQ]: rows of `device`; JQ says which of them
devices_of() {
    made_of "$1" "$2" "voices::devices(\$cps; \$v1; ${3:-true})"
}

# groups_of FOLDER VOICES: rows of `device_group`, but for `extra`
groups_of() {
    made_of "$1" "$2" "voices::groups(\$cps; \$v1)" groups
}

# expect_devices NAME FILE: the rows published are these, to the byte or, in PostgreSQL, to the type
expect_devices() {
    local found
    found=$(differences device "$2")
    if [ "$found" = "0 0" ]; then
        pass "$1"
    else
        [ "$destination" = postgres ] || diff "$2" "$work/published_rows" >"$work/said" || true
        fail "$1" "rows too many and too few: $found" "$work/said"
    fi
}

# expect_groups NAME FILE
expect_groups() {
    is "$1" "$(sha256sum <"$2")" "$(columns_of device_group group_id name description definition \
        is_static label_id device_count | sha256sum)"
}

# columns_of RELATION COLUMN...: of the rows published, behind the tenant's, as sorted lines of CSV
columns_of() {
    local list
    list=$(printf ',%s' "${@:2}")
    if [ "$destination" = csv ]; then
        folded <"$inventory/acme/$1.csv" | awk -v wanted="tenant$list" "$csv_columns"
    else
        sql "COPY (SELECT tenant$list FROM $schema.$1) TO STDOUT (FORMAT csv)"
    fi | LC_ALL=C sort
}

# Of lines of CSV without line ends in them, the columns named in `wanted`, as they are written.
# shellcheck disable=SC2016 # it is awk's
readonly csv_columns='
    function split_line(text, fields,    n, at, quoted, c, start) {
        start = 1
        for (at = 1; at <= length(text) + 1; at++) {
            c = substr(text, at, 1)
            if (c == "\"") quoted = !quoted
            if ((c == "," && !quoted) || at > length(text)) {
                fields[++n] = substr(text, start, at - start)
                start = at + 1
            }
        }
        return n
    }
    NR == 1 { count = split(wanted, names, ","); n = split_line($0, fields)
        for (i = 1; i <= n; i++) place[fields[i]] = i
        next }
    { split_line($0, fields); line = fields[place[names[1]]]
        for (i = 2; i <= count; i++) line = line "," fields[place[names[i]]]
        print line }'

# note_of ENTITY: what the last --json notes
note_of() {
    entity_has "$1" '.note // "nothing"'
}
