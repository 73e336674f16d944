# shellcheck shell=bash
# What the scripts of tests/cli share: a folder of their own, demonstration servers, configurations,
# runs of the program, and checks. A script sets UEMSYNC, UEMSIM and PKI by its environment.
#
# A check prints one line. Nothing waits but for a sign of what it waits for.
# shellcheck disable=SC2034,SC2119,SC2120 # what stands here is used, and called, by the scripts
set -euo pipefail
shopt -s inherit_errexit

: "${UEMSYNC:?the program}" "${UEMSIM:?the demonstration server}" "${PKI:?the folder of make_pki}"
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY UEMSYNC_CONFIG
export no_proxy='*'
# What a sanitizer finds ends the program with a code that no check expects.
export ASAN_OPTIONS="exitcode=86:detect_leaks=1:${ASAN_OPTIONS-}"
export UBSAN_OPTIONS="exitcode=86:print_stacktrace=1:${UBSAN_OPTIONS-}"
export UEM_PASSWORD=secret P12_PASSWORD=secret

readonly api=/msa/v1/cps
work=$(mktemp -d)
export XDG_STATE_HOME=$work/state
unset STATE_DIRECTORY
config=$work/uemsync.yaml
out=$work/out
err=$work/err
servers=()  # process ids of uemsim
runs=()     # process ids of uemsync in the background
destination=csv
inventory=$work/inventory
schema=uem
fresh_number=0
passed=0
failed=0

clean_up() {
    local code=$? id
    for id in "${runs[@]}" "${servers[@]}"; do
        kill -KILL "$id" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    rm -rf -- "$work"
    return "$code"
}
trap clean_up EXIT

# finish: the closing line, and the exit code of the script
finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}

# --- checks ---------------------------------------------------------------------------------

pass() {
    passed=$((passed + 1))
    echo "ok   $1"
}

# fail NAME WHY [FILE...]: the files are shown
fail() {
    local file
    failed=$((failed + 1))
    echo "FAIL $1: ${2:0:1000}"
    for file in "${@:3}"; do
        head -c 3000 -- "$file" 2>/dev/null | sed 's/^/     | /' || true
    done
}

# is NAME WANTED GOT
is() {
    if [ "$2" = "$3" ]; then
        pass "$1"
    else
        fail "$1" "wanted [$2], got [$3]"
    fi
}

# isnt NAME UNWANTED GOT
isnt() {
    if [ "$2" != "$3" ]; then
        pass "$1"
    else
        fail "$1" "got [$3]"
    fi
}

# below NAME LIMIT GOT
below() {
    if [ "$3" -lt "$2" ]; then
        pass "$1"
    else
        fail "$1" "wanted less than $2, got $3"
    fi
}

# has NAME REGEX FILE
has() {
    if grep -Eq -- "$2" "$3"; then
        pass "$1"
    else
        fail "$1" "nothing like [$2] in" "$3"
    fi
}

# lacks NAME REGEX FILE
lacks() {
    if ! grep -Eq -- "$2" "$3"; then
        pass "$1"
    else
        fail "$1" "found [$2] in" "$3"
    fi
}

# true_that NAME COMMAND...: the command succeeds
true_that() {
    local name=$1
    shift
    if "$@" >"$work/said" 2>&1; then
        pass "$name"
    else
        fail "$name" "$* failed" "$work/said"
    fi
}

# until_true COMMAND...: waits for it, 20 s at most
until_true() {
    local tries=400
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        if [ "$tries" -eq 0 ]; then
            echo "waited in vain for: $*" >&2
            return 1
        fi
        sleep 0.05
    done
}

# --- the demonstration server ---------------------------------------------------------------

# start_uemsim OPTION...: sets `base` and `server`; one user, TLS and control unless the options
# say --plain or name another certificate
start_uemsim() {
    local ready=$work/port.${#servers[@]} scheme=https
    local -a options=(--cert "$PKI/server.pem" --key "$PKI/server.key")
    case " $* " in
    *' --plain '*)
        scheme=http
        options=()
        ;;
    *' --cert '*) options=() ;;
    esac
    case " $* " in
    *' --user '* | *' --cert-email '*) ;;
    *) options+=(--user api@acme.example:secret) ;;
    esac
    "$UEMSIM" --port 0 --ready-file "$ready" --control "${options[@]}" "$@" \
        >"$work/uemsim.log" 2>&1 &
    server=$!
    servers+=("$server")
    if ! until_true test -s "$ready"; then
        cat "$work/uemsim.log" >&2
        exit 1
    fi
    base=$scheme://127.0.0.1:$(<"$ready")
}

stop_uemsim() {
    kill -TERM "$server"
    wait "$server" || true
}

# control METHOD CALL [BODY]
control() {
    curl -sS --insecure --fail --max-time 20 -X "$1" ${3+--data-binary "$3"} "$base/uemsim/$2" \
        ${client_identity:+--cert "$client_identity"}
}

# Forgets faults and counters.
reset_uemsim() {
    fault
}

# fault SPEC...: these faults and no others, with counters at zero; by one curl, as there are many
fault() {
    local spec
    local -a each=(-sS --insecure --fail --max-time 20 -o "$work/said"
        ${client_identity:+--cert "$client_identity"})
    local -a calls=("${each[@]}" -X DELETE "$base/uemsim/fault"
        --next "${each[@]}" -X POST "$base/uemsim/reset")
    for spec in "$@"; do
        calls+=(--next "${each[@]}" --data-binary "$spec" "$base/uemsim/fault")
    done
    curl "${calls[@]}"
}

# tenant_has JSON: changes the tenant, such as {"devices":55}
tenant_has() {
    control POST tenant "$1" >/dev/null
}

# counted JQ_ARGUMENT...: of the server's counters
counted() {
    control GET calls | jq -r "$@"
}

# called METHOD PATH: how often the call below the API's path was made
called() {
    counted ".calls[\"$1 $api$2\"] // 0"
}

# --- configurations -------------------------------------------------------------------------

# use csv|postgres: the destination of the configurations written from now on, an empty one
# What `control` shows a demonstration server that asks for client certificates: a PEM file.
client_identity=

use() {
    destination=$1
    fresh_number=$((fresh_number + 1))
    inventory=$work/inventory$fresh_number
    schema=uem$fresh_number
}

# The destinations that are at hand, for loops.
destinations() {
    echo "csv${PGHOST:+ postgres}"
}

# write_config [KEY: VALUE]...: one tenant of the server at `base`, of which devices alone are asked
# for. A key of the tenant, or of the destination (destination.KEY), replaces or joins what stands
# here; without a value it goes. Hardly anything is asked for again for its age alone, as each device
# has a moment for it, and one of them may come within a test.
write_config() {
    local pair key
    local -A tenant=([name]=acme [kind]=cloud [url]=$base [username]=api@acme.example
        [password_env]=UEM_PASSWORD [ca_file]=$PKI/ca.pem [retries]=0
        [rate_share]=1000 [entities]='[device]' [refetch_after]=365d)
    local -A target=([type]=$destination)
    if [ "$destination" = csv ]; then
        target[directory]=$inventory
    else
        target[schema]=$schema
    fi
    for pair in "$@"; do
        key=${pair%%:*}
        case "$key" in
        destination.*) target[${key#destination.}]=${pair#*: } ;;
        *) tenant[$key]=${pair#*: } ;;
        esac
        [ "$pair" != "$key:" ] || unset "tenant[$key]" "target[${key#destination.}]"
    done
    # The limits are lifted for a server on this machine alone.
    [[ ${tenant[url]-} =~ //(127\.0\.0\.1|localhost|\[::1\])[:/] ]] || unset "tenant[rate_share]"
    {
        echo "destination:"
        for key in "${!target[@]}"; do
            printf '  %s: %s\n' "$key" "${target[$key]}"
        done
        printf 'tenants:\n  -\n'
        for key in "${!tenant[@]}"; do
            printf '    %s: %s\n' "$key" "${tenant[$key]}"
        done
    } >"$config"
}

# --- runs -----------------------------------------------------------------------------------

# run ARGUMENT...: sets `code`; the files $out and $err hold what was written
run() {
    code=0
    timeout --foreground -k 5 "${run_limit:-60}" "$UEMSYNC" -c "$config" "$@" \
        >"$out" 2>"$err" </dev/null || code=$?
}

# start_run ARGUMENT...: in the background, its id in `running`
start_run() {
    env --default-signal=INT,TERM,HUP "$UEMSYNC" -c "$config" "$@" \
        >"$work/background.out" 2>"$work/background.err" </dev/null &
    running=$!
    runs+=("$running")
}

# kill_run DESTINATION: kills the run that start_run began, and waits for what it held to be free
kill_run() {
    kill -KILL "$running"
    wait "$running" 2>/dev/null || true
    if [ "$1" = postgres ]; then
        until_true no_locks
    fi
}

no_locks() {
    [ "$(sql "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")" -eq 0 ]
}

# error_lines: what of standard error tells a failure
error_lines() {
    grep -E '^([^ ]+Z error |uemsync: )' "$err" || true
}

# The tables of the schema, and what a SELECT has to say of each row that shows any change of it, be
# it one that writes the same again. The stages are no part of what is published, and what is kept of
# a day changes at midnight.
readonly table_states="SELECT string_agg(format('SELECT %L, count(*), md5(string_agg(t::text
            || t.ctid::text || t.xmin::text, ''|'' ORDER BY t.ctid))
        FROM %s AS t HAVING count(*) > 0', relname, oid::regclass), ' UNION ALL ' ORDER BY relname)
    FROM pg_class WHERE relkind = 'r'
        AND relname NOT IN ('schema_version', 'sync_run', 'sync_run_entity', 'compliance_kept')
        AND relname NOT LIKE 'stage\_%' AND relnamespace = "

# Each file of the destination, or the state of each table, so that any change shows, but for what a
# run says of itself and what it leaves for the next one. An empty destination holds nothing, as one
# that is not there.
published() {
    local text='' statement
    if [ "$destination" = csv ] && [ -d "$inventory" ]; then
        text=$(cd "$inventory" &&
            find . \( -name sync_run -o -name sync_run_entity -o -name work -o -name pending \
                \) -prune -o ! -type d ! -name lock -printf '%p %i %T@ %m %s %l\n' | sort &&
            find . \( -name sync_run -o -name sync_run_entity -o -name work -o -name pending \
                \) -prune -o -type f ! -name lock -exec sha256sum {} + | sort)
    elif [ "$destination" = postgres ] && [ -n "$(sql "SELECT to_regnamespace('$schema')")" ]; then
        statement=$(sql "$table_states '$schema'::regnamespace")
        text=$(sql "${statement:-SELECT WHERE false}")
    fi
    echo "${text:-nothing}"
}

# sql STATEMENT...: rows alone, fields apart by |
sql() {
    local statement
    local -a commands=()
    for statement in "$@"; do
        commands+=(-c "$statement")
    done
    PGOPTIONS="-c client_min_messages=warning" psql -XqAt -v ON_ERROR_STOP=1 "${commands[@]}"
}

# rows: how many devices are published. No value of the demonstration tenants holds a line's end.
rows() {
    if [ "$destination" = csv ]; then
        [ ! -e "$inventory/acme/device.csv" ] || tail -n +2 "$inventory/acme/device.csv" | wc -l
    else
        sql "SELECT count(*) FROM $schema.device"
    fi
}

# ids: the keys of the published devices, sorted bytewise
ids() {
    if [ "$destination" = csv ]; then
        tail -n +2 "$inventory/acme/device.csv" | cut -d , -f 2
    else
        sql "SELECT device_id FROM $schema.device ORDER BY device_id COLLATE \"C\""
    fi
}

# expect_rows NAME COUNT
expect_rows() {
    is "$1" "$2" "$(rows)"
}

# expect_code NAME CODE ARGUMENT...: runs the program
expect_code() {
    local name=$1 wanted=$2
    shift 2
    run "$@"
    if [ "$code" -eq "$wanted" ]; then
        pass "$name"
    else
        fail "$name" "wanted exit code $wanted, got $code" "$err" "$out"
    fi
}

# expect_text NAME REGEX: in what the last run wrote to standard error
expect_text() {
    has "$1" "$2" "$err"
}

# expect_failure NAME CODE REGEX ARGUMENT...: the code, one message that says it, and what was
# published untouched
expect_failure() {
    local name=$1 wanted=$2 regex=$3 before wrong=
    shift 3
    before=$(published)
    run "$@"
    [ "$code" -eq "$wanted" ] || wrong+="exit code $code and not $wanted; "
    [ "$(error_lines | wc -l)" -eq 1 ] || wrong+="not one message; "
    error_lines | grep -Eq -- "$regex" || wrong+="no message like [$regex]; "
    [ "$(published)" = "$before" ] || wrong+="what was published changed; "
    if [ -z "$wrong" ]; then
        pass "$name: exit code $wanted, one message, nothing touched"
    else
        fail "$name" "$wrong" "$err"
    fi
}

# count_of KEY: of the first entity in the last run's --json
count_of() {
    jq -r ".tenants[0].entities[0].$1" "$out"
}

# entity_has ENTITY JQ: of that entity in the last run's --json
entity_has() {
    jq -r --arg entity "$1" ".tenants[0].entities[] | select(.entity == \$entity) | $2" "$out"
}

# fetches ENTITY OUTCOME: the devices of which device_fetch says that, sorted
fetches() {
    if [ "$destination" = csv ]; then
        awk -F, -v entity="$1" -v outcome="$2" '$3 == entity && $6 == outcome { print $2 }' \
            "$inventory/acme/device_fetch.csv"
    else
        sql "SELECT device_id FROM $schema.device_fetch WHERE entity = '$1' AND outcome = '$2'"
    fi | LC_ALL=C sort
}

# rejects: of the last run that rejected any, a line a record: entity|key|reason. Texts of the
# demonstration server hold no line ends there.
rejects() {
    if [ "$destination" = csv ]; then
        find "$inventory/.uemsync/acme" -path '*/rejected_record/*.csv' -printf '%T@ %p\n' |
            sort -n | tail -n 1 | cut -d ' ' -f 2 | xargs -r tail -q -n +2 | awk -F, '{ print $4 "|" $5 "|" $6 }'
    else
        sql "SELECT entity, record_key, reason FROM $schema.rejected_record
            WHERE run_id = (SELECT run_id FROM $schema.rejected_record
                ORDER BY rejected_at DESC LIMIT 1) ORDER BY ordinal"
    fi
}

# expect_counts NAME WANTED: inserted, updated, deleted, unchanged, rejected of the last --json
expect_counts() {
    is "$1" "$2" "$(jq -r '.tenants[0].entities[0] |
        [.inserted, .updated, .deleted, .unchanged, .rejected] | join(" ")' "$out")"
}

# published_first DESTINATION [KEY: VALUE]...: one that holds the 60 devices that the server had; it has
# changed since, so that a run that loads anything shows
published_first() {
    use "$1"
    write_config "${@:2}"
    reset_uemsim
    tenant_has '{"devices":60,"revision":0}'
    run sync
    is "$1: something is published" "0 60" "$code $(rows)"
    tenant_has '{"revision":1}'
}
