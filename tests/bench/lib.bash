# shellcheck shell=bash
# What the measurements share: a folder and a PostgreSQL of their own, the demonstration server,
# configurations, and the clock. UEMSYNC and UEMSIM name other programs than those of the release
# build, so that a small copy of a measurement runs as a test.
# shellcheck disable=SC2034,SC2119,SC2120 # what stands here is used, and called, by the scripts
set -euo pipefail
shopt -s inherit_errexit

top=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
readonly top
readonly uemsync=${UEMSYNC:-$top/build/release/uemsync}
readonly uemsim=${UEMSIM:-$top/build/release/tests/uemsim/uemsim}
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY UEMSYNC_CONFIG
unset REQUESTS_CA_BUNDLE CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR
server=

fail() {
    echo "${0##*/}: $*" >&2
    exit 1
}

# enter_cluster ARGUMENT...: runs the script again, with these, beside a database that flushes to
# disk as one in production does; goes on in that second run, in a folder of its own, where the
# certificates are.
enter_cluster() {
    local program
    if [ -z "${BENCH_FOLDER-}" ]; then
        for program in "$uemsync" "$uemsim"; do
            [ -x "$program" ] || fail "no $program: cmake --workflow --preset release"
        done
        BENCH_FOLDER=$(mktemp -d)
        export BENCH_FOLDER XDG_STATE_HOME=$BENCH_FOLDER/state WITH_CLUSTER_DURABLE=1
        trap 'rm -rf -- "$BENCH_FOLDER"' EXIT
        "$top/tests/postgres/with_cluster" "$0" "$@"
        exit
    fi
    cd -- "$BENCH_FOLDER"
    trap stop_server EXIT
    "$top/tests/pki/make_pki" pki >/dev/null
}

# What those need who talk to the server: BENCH_URL, BENCH_USER, BENCH_PASSWORD, BENCH_CA.
start_server() {
    export BENCH_USER=api@acme.example BENCH_PASSWORD=secret BENCH_CA=$BENCH_FOLDER/pki/ca.pem
    rm -f port
    "$uemsim" --port 0 --ready-file port --cert pki/server.pem --key pki/server.key \
        --user "$BENCH_USER:$BENCH_PASSWORD:cps,api" "$@" >uemsim.log 2>&1 &
    server=$!
    until [ -s port ]; do
        kill -0 "$server" 2>/dev/null || fail "uemsim did not start: $(<uemsim.log)"
        sleep 0.02
    done
    BENCH_URL=https://127.0.0.1:$(<port)
    export BENCH_URL
}

stop_server() {
    if [ -n "$server" ]; then
        kill "$server"
        wait "$server" || true
    fi
    server=
}

# write_configs [LINE]...: csv.yaml and postgres.yaml for the server, its limits off, with further
# lines of the tenant, which is of the kind in bench_kind
bench_kind=cloud
write_configs() {
    local destination
    for destination in csv postgres; do
        {
            echo "destination:"
            echo "  type: $destination"
            [ "$destination" = postgres ] || echo "  directory: $BENCH_FOLDER/inventory"
            echo "tenants:"
            printf '%s\n' "- name: acme" "kind: $bench_kind" "url: $BENCH_URL" "username: $BENCH_USER" \
                "password_env: BENCH_PASSWORD" "ca_file: $BENCH_CA" "rate_share: 1000" "$@" |
                sed 's/^[^-]/  &/; s/^/  /'
        } >"$destination.yaml"
    done
}

# statement FILE [PSQL_OPTION...]: runs a statement of this folder; rows alone, fields apart by |. None
# of them is measured, so that they may have memory.
statement() {
    PGOPTIONS='-c work_mem=1GB' psql -XqAt -v ON_ERROR_STOP=1 "${@:2}" -f "$top/tests/bench/pipelines/$1.sql"
}

# Both destinations as if nothing had ever been there, and nothing left to be written for others.
clear_destinations() {
    rm -rf inventory state
    PGOPTIONS='-c client_min_messages=warning' psql -XqAt -c 'DROP SCHEMA IF EXISTS uem CASCADE'
    psql -XqAt -c 'CHECKPOINT'
    sync -f .
}

# timed COMMAND...: sets wall and cpu, in seconds, and peak, in MiB: of the largest process. What
# the command says is in the file `said`; the code is its own.
timed() {
    local code=0 user system kilobytes
    /usr/bin/time -q -f '%e %U %S %M' -o clock "$@" >said 2>&1 </dev/null || code=$?
    read -r wall user system kilobytes < <(tail -n 1 clock)
    cpu=$(awk "BEGIN { printf \"%.2f\", $user + $system }")
    peak=$(awk "BEGIN { printf \"%.1f\", $kilobytes / 1024 }")
    return "$code"
}
