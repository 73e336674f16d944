#include "sync/ledger.h"

#include <string.h>

#include "base/timestamp.h"

enum { LEDGER_HEX_SIZE = 2 * LEDGER_DIGEST_SIZE };

static const char *const ledger_outcomes[LEDGER_OUTCOME_COUNT] = {
    [LEDGER_COMPLETE] = "complete",
    [LEDGER_UNANSWERED] = "unanswered",
    [LEDGER_FAILED] = "failed",
};

static const struct column device_fetch_columns[] = {
    {"tenant", "Tenant, by its name in the configuration.", COLUMN_TEXT},
    {"device_id", "The device that was asked for.", COLUMN_TEXT},
    {"entity", "What of it was asked for, such as device_app.", COLUMN_TEXT},
    {"fetched_at", "When it was asked for last; in device_group_member, when that last changed.",
        COLUMN_TIMESTAMPTZ},
    {"check_in_at", "When the device had last checked in then.", COLUMN_TIMESTAMPTZ},
    {"outcome", "complete, unanswered (the answer lacked the device) or failed.", COLUMN_TEXT},
    {"rows", "How many rows the device has in the entity.", COLUMN_BIGINT},
    {"digest", "Of these rows; with an equal one nothing is loaded.", COLUMN_TEXT},
};
enum { FETCH_COLUMN_COUNT = sizeof device_fetch_columns / sizeof *device_fetch_columns };

const struct relation ledger_device_fetch = {"device_fetch",
    "What is known of the inventory of each device: when it was fetched, and how that ended.",
    device_fetch_columns, FETCH_COLUMN_COUNT, 3, RELATION_KEYED, 0};

static const struct column rejected_record_columns[] = {
    {"run_id", "The run that met the record.", COLUMN_TEXT},
    {"ordinal", "Its number among the run's rejected records, from 1.", COLUMN_BIGINT},
    {"tenant", "Tenant, by its name in the configuration.", COLUMN_TEXT},
    {"entity", "What the record was to be.", COLUMN_TEXT},
    {"record_key", "The record's key, or its device's, where it is known.", COLUMN_TEXT},
    {"reason", "Why it cannot be used.", COLUMN_TEXT},
    {"payload", "The record as JSON, secrets masked; NULL beyond 64 KiB or where it is unreadable.",
        COLUMN_TEXT},
    {"payload_bytes", "How long the record is, in bytes.", COLUMN_BIGINT},
    {"payload_sha256", "SHA-256 of the record, where it could be read whole.", COLUMN_TEXT},
    {"rejected_at", "When it was rejected.", COLUMN_TIMESTAMPTZ},
};
enum { REJECT_COLUMN_COUNT = sizeof rejected_record_columns / sizeof *rejected_record_columns };

const struct relation ledger_rejected_record = {"rejected_record",
    "Records of the server that could not be used, each with its reason.", rejected_record_columns,
    REJECT_COLUMN_COUNT, 2, RELATION_LOG, 0};

const char *ledger_outcome_name(enum ledger_outcome outcome)
{
    return ledger_outcomes[outcome];
}

enum ledger_outcome ledger_outcome_of(struct str name)
{
    enum ledger_outcome outcome = 0;

    while (outcome < LEDGER_OUTCOME_COUNT && !str_is(name, ledger_outcomes[outcome])) {
        outcome++;
    }
    return outcome;
}

static struct cell ledger_text(struct str text)
{
    return (struct cell){.is_set = text.data != NULL, .text = text};
}

static struct cell ledger_time(int64_t ms)
{
    return (struct cell){.is_set = ms != INT64_MIN, .ms = ms};
}

static struct cell ledger_number(int64_t number)
{
    return (struct cell){.is_set = true, .number = number};
}

static bool ledger_is_known(const uint8_t digest[LEDGER_DIGEST_SIZE])
{
    static const uint8_t none[LEDGER_DIGEST_SIZE];

    return memcmp(digest, none, sizeof none) != 0;
}

static struct str ledger_hex(const uint8_t digest[LEDGER_DIGEST_SIZE], char hex[LEDGER_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < LEDGER_DIGEST_SIZE; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    return (struct str){ledger_is_known(digest) ? hex : NULL, LEDGER_HEX_SIZE};
}

bool ledger_stage_fetch(
    struct load *load, const char *tenant, const struct ledger_fetch *fetch, struct error *err)
{
    char hex[LEDGER_HEX_SIZE];
    const struct cell cells[FETCH_COLUMN_COUNT] = {
        ledger_text(str_of(tenant)),
        ledger_text(fetch->device_id),
        ledger_text(fetch->entity),
        ledger_time(fetch->fetched_at),
        ledger_time(fetch->check_in_at),
        ledger_text(str_of(ledger_outcome_name(fetch->outcome))),
        ledger_number(fetch->rows),
        ledger_text(ledger_hex(fetch->digest, hex)),
    };
    const struct row row = {&ledger_device_fetch, cells};

    return load_stage(load, &row, err);
}

bool ledger_stage_reject(
    struct load *load, const char *tenant, const struct ledger_reject *reject, struct error *err)
{
    const struct cell cells[REJECT_COLUMN_COUNT] = {
        ledger_text(str_of(reject->run_id)),
        ledger_number(reject->ordinal),
        ledger_text(str_of(tenant)),
        ledger_text(str_of(reject->entity)),
        ledger_text(reject->key),
        ledger_text(str_of(reject->reason)),
        ledger_text(reject->payload),
        ledger_number(reject->payload_bytes),
        ledger_text(reject->payload_sha256),
        ledger_time(reject->rejected_at),
    };
    const struct row row = {&ledger_rejected_record, cells};

    return load_stage(load, &row, err);
}

static void ledger_read_hex(struct str hex, uint8_t digest[LEDGER_DIGEST_SIZE])
{
    memset(digest, 0, LEDGER_DIGEST_SIZE);
    for (size_t i = 0; hex.size == LEDGER_HEX_SIZE && i < LEDGER_DIGEST_SIZE; i++) {
        int high = str_hex_digit(hex.data[2 * i]);
        int low = str_hex_digit(hex.data[2 * i + 1]);

        digest[i] = (uint8_t)(high >= 0 && low >= 0 ? high * 16 + low : 0);
    }
}

static int64_t ledger_read_time(struct str text)
{
    int64_t ms = INT64_MIN;

    return text.data != NULL && timestamp_parse_iso(text, &ms) ? ms : INT64_MIN;
}

static int64_t ledger_read_number(struct str text)
{
    int64_t number = 0;

    for (size_t i = 0; i < text.size && str_is_digit(text.data[i]) && number < INT32_MAX; i++) {
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

struct ledger_reader {
    ledger_fetch_fn *each;
    void *context;
};

/* All columns but the tenant's, in their order. */
static bool ledger_take_fetch(void *context, const struct str *texts, struct error *err)
{
    const struct ledger_reader *reader = context;
    struct ledger_fetch fetch = {
        .device_id = texts[0],
        .entity = texts[1],
        .fetched_at = ledger_read_time(texts[2]),
        .check_in_at = ledger_read_time(texts[3]),
        .outcome = ledger_outcome_of(texts[4]),
        .rows = ledger_read_number(texts[5]),
    };

    ledger_read_hex(texts[6], fetch.digest);
    return reader->each(reader->context, &fetch, err);
}

static const size_t ledger_read_columns[] = {1, 2, 3, 4, 5, 6, 7};
enum { LEDGER_READ_COUNT = sizeof ledger_read_columns / sizeof *ledger_read_columns };

bool ledger_read_fetches(struct load *load, ledger_fetch_fn *each, void *context, struct error *err)
{
    struct ledger_reader reader = {each, context};

    return load_published(load, &ledger_device_fetch, ledger_read_columns, LEDGER_READ_COUNT,
        ledger_take_fetch, &reader, err);
}

bool ledger_read_staged(struct load *load, ledger_fetch_fn *each, void *context, struct error *err)
{
    struct ledger_reader reader = {each, context};

    return load_staged(
        load, ledger_read_columns, LEDGER_READ_COUNT, ledger_take_fetch, &reader, err);
}
