# Starts demonstration servers, asks them by curl, and counts what is right. To be sourced by a test
# that has the server's program as its argument and ends with finish.
# shellcheck shell=bash
uemsim=$(realpath -- "$1")
# shellcheck disable=SC2034 # for the tests
make_pki=$(dirname -- "$(realpath -- "$0")")/../pki/make_pki
work=$(mktemp -d)
server=
passed=0
failed=0

stop() {
    local code=0
    if [ -n "$server" ]; then
        kill -TERM "$server" 2>/dev/null || true
        wait "$server" || code=$?
        server=
    fi
    return "$code"
}

clean_up() {
    stop || true
    rm -rf -- "$work"
}
trap clean_up EXIT

# is NAME WANTED GOT
is() {
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
        echo "ok   $1"
    else
        failed=$((failed + 1))
        echo "FAIL $1: wanted [$2], got [${3:0:300}]"
    fi
}

# start OPTION...: sets server and base
start() {
    stop || is "the server before left with 0" 0 "$?"
    rm -f -- "$work/port"
    "$uemsim" --ready-file "$work/port" --control --user api@acme.example:secret "$@" \
        2>"$work/err" &
    server=$!
    for ((round = 0; round < 200; round++)); do
        if [ -s "$work/port" ]; then
            break
        fi
        sleep 0.02
    done
    base="http://127.0.0.1:$(cat "$work/port")"
    # shellcheck disable=SC2034
    cps="$base/msa/v1/cps"
    # shellcheck disable=SC2034
    v1="$base/api/v1"
}

# get CURL_OPTION...: as the user
get() {
    curl -s --max-time 10 -u api@acme.example:secret "$@"
}

# code_of CURL_OPTION...: only the HTTP status, as the user
code_of() {
    get -o /dev/null -w '%{http_code}' "$@"
}

# status CURL_OPTION...: only the HTTP status, as nobody
status() {
    curl -s --max-time 10 -o /dev/null -w '%{http_code}' "$@" || true
}

# exit_code CURL_OPTION...: curl's own
exit_code() {
    local code=0
    get -o /dev/null "$@" || code=$?
    echo "$code"
}

# fault SPEC
fault() {
    curl -s --data-binary "$1" "$base/uemsim/fault" >/dev/null
}

clear_faults() {
    curl -s -X DELETE "$base/uemsim/fault" >/dev/null
}

calls() {
    curl -sk "$base/uemsim/calls" | jq -c "$1"
}

finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
