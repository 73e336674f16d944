// The apps of all devices into the table app, as it is written with Node.js and DuckDB: fetch, four
// calls at a time, into NDJSON; DuckDB flattens that to CSV; psql copies. NODE_PATH leads to the
// package, and NODE_EXTRA_CA_CERTS to the server's authority. Works in the current folder.
'use strict';
const { execFileSync } = require('node:child_process');
const { once } = require('node:events');
const { createWriteStream } = require('node:fs');
const { DuckDBInstance } = require('@duckdb/node-api');

const api = `${process.env.BENCH_URL}/msa/v1/cps`;
const login = `${process.env.BENCH_USER}:${process.env.BENCH_PASSWORD}`;
const headers = {
  authorization: `Basic ${Buffer.from(login).toString('base64')}`,
  'content-type': 'application/json',
};
const batch = 100;
const page = 200;
const calls = 4;

async function call(path, body) {
  const method = body === undefined ? 'GET' : 'POST';
  const answer = await fetch(api + path, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) {
    throw new Error(`${path}: ${answer.status}`);
  }
  return answer.json();
}

async function listDevices() {
  const guids = [];
  let offset = 0;
  let found;
  do {
    found = (await call(`/device?limit=${page}&offset=${offset}`)).searchResults;
    offset += found.length;
    guids.push(...found.filter((device) => !['RETIRED', 'WIPED'].includes(device.status))
      .map((device) => device.deviceGuid));
  } while (found.length > 0);
  return guids;
}

// Takes batches as long as there are any.
async function fetchApps(guids, file) {
  while (guids.length > 0) {
    const asked = { identifierType: 'GUID', identifiers: guids.splice(0, batch) };
    const devices = await call('/device/application', asked);
    const lines = devices.map((device) => `${JSON.stringify(device)}\n`).join('');
    if (!file.write(lines)) {
      await once(file, 'drain');
    }
  }
}

async function flatten() {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`
    COPY (
      SELECT 'acme', lower(deviceGuid), app.identifier, app.name, app.version, app.shortVersion,
             app.bundleVersion, app.externalVersionIdentifier, app.managed, app.source,
             app.adHocCodeSigned, app.appStoreVendable, app.betaApp, app.deviceBasedVPP,
             app.updateAvailable, app.installing, app.validated, NULL
      FROM (SELECT deviceGuid, unnest(applications) AS app
            FROM read_json('apps.ndjson', format = 'newline_delimited', columns = {
              deviceGuid: 'VARCHAR',
              applications: 'STRUCT(identifier VARCHAR, name VARCHAR, "version" VARCHAR,
                shortVersion VARCHAR, bundleVersion VARCHAR, externalVersionIdentifier VARCHAR,
                managed BOOLEAN, source VARCHAR, adHocCodeSigned BOOLEAN,
                appStoreVendable BOOLEAN, betaApp BOOLEAN, deviceBasedVPP BOOLEAN,
                updateAvailable BOOLEAN, installing BOOLEAN, validated BOOLEAN)[]'}))
    ) TO 'apps.csv' (FORMAT csv, HEADER false)`);
}

async function main() {
  const guids = await listDevices();
  const file = createWriteStream('apps.ndjson');
  await Promise.all(Array.from({ length: calls }, () => fetchApps(guids, file)));
  file.end();
  await once(file, 'finish');
  await flatten();
  execFileSync('psql', ['-Xq', '-c', "\\copy app FROM 'apps.csv' (FORMAT csv)"]);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
