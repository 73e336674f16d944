-- What the pipelines and the floors load: the columns of device_app in one flat table.
CREATE TABLE app (
    tenant text,
    device_id text,
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
);
