# shellcheck shell=bash
# The two tenants of which a release leaves something behind (make), and with which the present
# program goes on (tests/cli/upgrade_postgres, upgrade_csv). To be sourced after tests/cli/lib.bash.
# shellcheck disable=SC2034,SC2119,SC2120,SC2154 # what stands here is used by those scripts, and the other way round

# Small, so that what is left can be read, and of everything there is.
readonly tenant_size=(--apps 5 --catalog 60 --profiles 2 --users 12 --store 8 --groups 7 --churn 25
    --check-ins 40 --eas 6 --alerts 6 --policies 4 --app-settings 4)
readonly core_entities='device, device_app, device_certificate, device_profile, device_setting,
      device_location, device_group, device_group_member, user_account, app_catalog,
      device_configuration, policy, policy_rule, app_setting, activesync_device, alert,
      appconnect_session, carrier, country'

# start_tenants: a Cloud (`cloud` is its address) and a Core (`core`), both as of their first day
start_tenants() {
    start_uemsim --core --seed 2 --devices 5 --v1-only 1 --cps-only 1 "${tenant_size[@]}" \
        --user api@acme.example:secret:cps,api
    core=$base
    start_uemsim --devices 12 "${tenant_size[@]}"
    cloud=$base
}

# both COMMAND...: of tests/cli/lib.bash, for each of the two servers
both() {
    base=$core
    "$@"
    base=$cloud
    "$@"
}

# write_tenants [LINE]...: both in one configuration; the lines join those of the destination. No
# device is due by its age.
write_tenants() {
    local name
    {
        echo "destination:"
        if [ "$destination" = csv ]; then
            printf '  %s\n' "type: csv" "directory: $inventory" "$@"
        else
            printf '  %s\n' "type: postgres" "schema: $schema" "$@"
        fi
        echo "tenants:"
        for name in cloud core; do
            printf '  - name: acme-%s\n    kind: %s\n    url: %s\n' "$name" "$name" "${!name}"
            printf '    %s\n' "username: api@acme.example" "password_env: UEM_PASSWORD" \
                "ca_file: $PKI/ca.pem" "rate_share: 1000" "retries: 0" "batch_size: 1" \
                "connections: 1" "refetch_after: 365d"
        done
        printf '    %s\n' "max_calls_per_minute: 4000" "appconnect_apps: [com.acme.docs]" \
            "entities: [$core_entities]"
    } >"$config"
}

# The minute in which all runs of a release were, as what it left says.
readonly release_minute='2026-01-15 12:00'

# move_minute FROM TO: for sed, in all forms that rows and the ids of runs have
move_minute() {
    local from=${1//[-: ]/} to=${2//[-: ]/}
    printf 's/%s([ T])%s/%s\\1%s/g; s/%s/%s/g' "${1% *}" "${1#* }" "${2% *}" "${2#* }" \
        "${from:0:8}T${from:8}" "${to:0:8}T${to:8}"
}

# move_folder FOLDER FROM TO: of a CSV destination: names, contents, and what tells the sums of files
move_folder() (
    local -x LC_ALL=C
    local script file from to
    script=$(move_minute "$2" "$3")
    cd -- "$1" || exit
    find . -mindepth 1 -depth -print | while IFS= read -r file; do
        to=${file%/*}/$(sed -E "$script" <<<"${file##*/}")
        [ "$to" = "$file" ] || mv -T -- "$file" "$to"
    done
    find . -type l -print | while IFS= read -r file; do
        to=$(readlink -- "$file" | sed -E "$script")
        ln -sfnT -- "$to" "$file"
    done
    find . -type f -print | while IFS= read -r file; do
        from=$(sha256sum <"$file")
        sed -E -i "$script" "$file"
        to=$(sha256sum <"$file")
        [ "$to" = "$from" ] || echo "s/${from%% *}/${to%% *}/"
    done >"$work/sums"
    find . \( -name manifest.json -o -path '*/states/*' \) -type f -exec sed -i -f "$work/sums" {} +
    # The time at which the first state of the history ended, in milliseconds.
    from=$(date -u -d "$2" +%s)000
    to=$(date -u -d "$3" +%s)000
    find . -path '*/states/*' -type f -print | while IFS= read -r file; do
        awk -v by=$((to - from)) '$1 == "ended" { $2 = sprintf("%.0f", $2 + by) } { print }' \
            "$file" >"$work/state"
        cat "$work/state" >"$file"
    done
)
