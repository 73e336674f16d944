/* Every ceiling of the program, each with its reason. A value beyond one is a named error and
 * never a larger allocation: what a server sends is input, and memory stays bounded by these. */
#ifndef UEMSYNC_BASE_CEILINGS_H
#define UEMSYNC_BASE_CEILINGS_H

enum {
    /* One record (a device) of JSON or XML. Real ones take 1 to 4 KiB; custom attributes may be
       long. */
    CEILING_RECORD = 1024 * 1024,
    /* What an answer holds around its records: counts, errors, offsets. */
    CEILING_ENVELOPE = 64 * 1024,
    /* An answer that is one small document ($metadata, version, a count). */
    CEILING_DOCUMENT = 1024 * 1024,
    /* Nesting within a record; the guides show three levels. */
    CEILING_DEPTH = 64,
    /* One tag, comment or instruction of XML, which its parser holds whole: the guide's tags have
     * one attribute, an id. */
    CEILING_TAG = 64 * 1024,
    /* One name of an element or attribute of XML, and as many different ones in one answer, as its
     * parser remembers them all: an answer of the guide has below a hundred, and none of 50 bytes.
     */
    CEILING_NAME = 1024,
    CEILING_NAMES = 2048,
    /* Open elements of XML, for each of which its parser has some 150 bytes and the name. Records
     * beyond CEILING_DEPTH are skipped, this ends an answer that does nothing but nest. */
    CEILING_OPEN = 4096,
    /* One column's text, in bytes: 64 KiB strings must pass, PostgreSQL takes far more. */
    CEILING_TEXT = 256 * 1024,
    /* One column of a key, in bytes: PostgreSQL's index takes rows of 2,700 bytes at most. */
    CEILING_KEY = 512,
    /* All cells of one row together, so that quoting and escaping still fit below CEILING_ROW. */
    CEILING_CELLS = 2 * 1024 * 1024,
    /* What the rows of one record may take after mapping: each source byte can become six
     * (\u0001 in jsonb), and a value may stand in a column and in `extra`. */
    CEILING_ROW = 8 * 1024 * 1024,
    /* One arena of a record: its parse tree, or its cells. A tree takes some 64 bytes a value, so
     * that this ends a record of more than 200,000 values; real ones have below a hundred. */
    CEILING_TREE = 16 * 1024 * 1024,
    /* Bytes of one answer, unpacked: a page of 200 large devices is far below. It ends an
     * answer that never ends. */
    CEILING_ANSWER = 1024 * 1024 * 1024,
    /* What is kept of an error answer's body for its message. */
    CEILING_ERROR_BODY = 512,
    /* Devices of one tenant: 20 times what we design for. It ends a listing that never ends. */
    CEILING_DEVICES = 2 * 1000 * 1000,
    /* One device's list of records: as many (5,000 apps are many), and so many bytes of a
     * destination's writing of them. As many lists as there are connections are held at once. */
    CEILING_LIST = 256 * 1024,
    CEILING_LIST_BYTES = 8 * 1024 * 1024,
    /* What is remembered of records that come again and again, in a destination's writing. */
    CEILING_MEMO = 4 * 1024 * 1024,
    /* What v1 says of a tenant's devices, in a temporary file until CPS has spoken, in MiB: as much
     * as CEILING_ANSWER allows for an answer, in each of 16 (there are 13 statuses to ask for). */
    CEILING_SPOOL_MIB = 16 * 1024,
    /* Devices in groups, where the groups' devices have to be listed (a Core older than 10.8), with
     * eight bytes each. */
    CEILING_MEMBERS = 4 * 1024 * 1024,
    /* A ZIP archive, which is kept on disk until it is whole: CSV packs to a quarter or less, and
     * what it unpacks to is bounded as any answer is (CEILING_UNPACKED). */
    CEILING_ARCHIVE = 256 * 1024 * 1024,
    /* An archive's directory, and its entries: two files for each of 50,000 devices that have used
     * the app, of some 110 bytes and 160 at most. While an archive is read, 370 bytes are held for
     * each, so that more would take the run beyond the 64 MiB that it may have; libzip learns the
     * number as it reads, so that the bytes are bounded too. */
    CEILING_ARCHIVE_DIRECTORY = 16 * 1024 * 1024,
    CEILING_ARCHIVE_ENTRIES = 100 * 1000,
    /* The name of an entry, in bytes: an app's id, a device's and a file's name take below 150. */
    CEILING_ARCHIVE_NAME = 512,
    /* What all entries of an archive unpack to, and what one does, which is held whole until its
     * checksum was right: half a million sessions of one device. */
    CEILING_UNPACKED = 1024 * 1024 * 1024,
    CEILING_UNPACKED_ENTRY = 16 * 1024 * 1024,
    /* How many bytes one packed byte may become, beyond the first CEILING_RATIO_FREE: CSV of
     * numbers reaches 10, text that is the same all through 1,000. */
    CEILING_RATIO = 100,
    CEILING_RATIO_FREE = 256 * 1024,
    /* A field of a session, which holds one number. */
    CEILING_FIELD = 4096,
    /* An app's version, the whole of a file. */
    CEILING_VERSION = 256,
    /* What of a rejected record is kept. */
    CEILING_PAYLOAD = 64 * 1024,
    /* A configuration or mapping file. */
    CEILING_FILE = 1024 * 1024,
    /* A time zone's file; those of the system have below 4 KiB. */
    CEILING_ZONE = 64 * 1024,
    /* A password or key file. */
    CEILING_SECRET = 64 * 1024,
    /* Rows that the CSV destination sorts in memory before it spills a run to disk. */
    CEILING_SORT = 4 * 1024 * 1024,
    /* The names of owners whose lists the CSV destination replaces, where they must be held: those
     * of CEILING_DEVICES devices, of some 45 bytes each with what is noted of them. */
    CEILING_OWNERS = 128 * 1024 * 1024,
    /* Devices that have another name than before, as pairs of some 80 bytes until they are
     * published: those of a Core of 200,000 devices that learns their GUIDs all at once. */
    CEILING_RENAMES = 16 * 1024 * 1024,
    /* The texts of a report's figures, of one tenant: some 500 of 200 characters at most; and those
     * of the heads of all tenants, some 60 short names each. */
    CEILING_FIGURES = 4 * 1024 * 1024,
    /* A tenant's chapter of a report as HTML: some 150 KiB, or the head of it with a line for each
     * tenant. */
    CEILING_PAGE = 8 * 1024 * 1024,
    /* What a command tells of one tenant, as a table, JSON or metrics: some 30 tests of a `check`,
     * or 24 entities and 3 runs, each with a message of 4 KiB at most, of which each byte can
     * become six. Hardly any takes 20 KiB. */
    CEILING_TOLD = 1024 * 1024,
    /* A row of a table: its cells, and a message. */
    CEILING_TABLE_ROW = 64 * 1024,
};

#endif
