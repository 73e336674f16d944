# shellcheck shell=bash
# What is kept up for the report views, compared with a count of all devices. To be sourced after
# lib.bash, for PostgreSQL.
# shellcheck disable=SC2154 # lib.bash has what is not here
counts_query=$(dirname -- "${BASH_SOURCE[0]}")/../postgres/counts.sql
readonly counts_query

# counts_wrong [apps|days]...: what of it is kept wrong, a line a row; both by default
counts_wrong() {
    PGOPTIONS="-c client_min_messages=warning -c search_path=$schema" \
        psql -XqAt -v ON_ERROR_STOP=1 -v what="${*:-apps days}" -f "$counts_query"
}

# counts_are_true WHEN [apps|days]...
counts_are_true() {
    is "$1: counts that are kept are those of all devices" "" "$(counts_wrong "${@:2}")"
}

# apps_are_counted WHEN: some are
apps_are_counted() {
    isnt "$1: there are versions of apps" 0 "$(sql "SELECT count(*) FROM $schema.report_app_version")"
}
