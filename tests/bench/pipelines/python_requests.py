#!/usr/bin/python3
"""The apps of all devices into the table app, as it is written with requests and psycopg2.

One session with keep-alive, batches of 100 devices, and a COPY for each batch.
"""
import csv
import io
import os

import psycopg2
import requests

API = os.environ["BENCH_URL"] + "/msa/v1/cps"
BATCH = 100
PAGE = 200
NULL = "\\N"
MEMBERS = ("identifier", "name", "version", "shortVersion", "bundleVersion",
           "externalVersionIdentifier", "managed", "source", "adHocCodeSigned", "appStoreVendable",
           "betaApp", "deviceBasedVPP", "updateAvailable", "installing", "validated")


def open_session():
    session = requests.Session()
    session.auth = (os.environ["BENCH_USER"], os.environ["BENCH_PASSWORD"])
    session.verify = os.environ["BENCH_CA"]
    return session


def result_of(response):
    response.raise_for_status()
    return response.json()


def list_devices(session):
    """The GUIDs of the devices that are neither retired nor wiped."""
    guids = []
    offset = 0
    page = None
    while page != []:
        asked = {"limit": PAGE, "offset": offset}
        page = result_of(session.get(API + "/device", params=asked))["searchResults"]
        offset += len(page)
        guids += [d["deviceGuid"] for d in page if d["status"] not in ("RETIRED", "WIPED")]
    return guids


def rows_of(device):
    for app in device["applications"]:
        values = (app.get(member) for member in MEMBERS)
        yield ["acme", device["deviceGuid"].lower(),
               *(NULL if value is None else value for value in values), NULL]


def copy_batch(cursor, devices):
    text = io.StringIO()
    writer = csv.writer(text)
    for device in devices:
        writer.writerows(rows_of(device))
    text.seek(0)
    cursor.copy_expert("COPY app FROM STDIN (FORMAT csv, NULL '\\N')", text)


def main():
    connection = psycopg2.connect("")
    with open_session() as session, connection, connection.cursor() as cursor:
        guids = list_devices(session)
        for start in range(0, len(guids), BATCH):
            asked = {"identifierType": "GUID", "identifiers": guids[start:start + BATCH]}
            copy_batch(cursor, result_of(session.post(API + "/device/application", json=asked)))
    connection.close()


main()
