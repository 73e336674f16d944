#include "wire/bench.h"

#include "base/stop.h"

int bench_setup(void **state)
{
    struct bench *bench = test_calloc(1, sizeof *bench);
    struct error err = {0};

    stop_signal = 0;
    bench->tenant = (struct sync_tenant){.name = "acme",
        .kind = SYNC_CLOUD,
        .username = WIRE_USER,
        .all_entities = true,
        .batch_size = 100,
        .page_size = 100,
        .connections = 1,
        .max_removal = 1};
    bench->run_id = "r1";
    assert_true(secret_init(&bench->tenant.password, str_of(WIRE_PASSWORD), &err));
    assert_true(catalogue_load(&bench->catalogue, NULL, &err));
    fake_open(&bench->fake);
    bench->log = (struct log){.out = open_memstream(&bench->said, &bench->said_size)};
    assert_non_null(bench->log.out);
    *state = bench;
    return 0;
}

void bench_forget(struct bench *bench)
{
    for (size_t i = 0; i < bench->text_count; i++) {
        free(bench->texts[i]);
    }
    bench->text_count = 0;
    bench->reply_count = 0;
    memset(bench->replies, 0, sizeof bench->replies);
}

int bench_teardown(void **state)
{
    struct bench *bench = *state;

    bench_forget(bench);
    (void)fclose(bench->log.out);
    free(bench->said);
    fake_close(&bench->fake.load);
    catalogue_release(&bench->catalogue);
    secret_release(&bench->tenant.password);
    test_free(bench);
    return 0;
}

const char *bench_keep(struct bench *bench, struct buffer *buffer)
{
    char *text = fake_copy(buffer_view(buffer));

    assert_true(bench->text_count < BENCH_TEXTS && buffer_ok(buffer));
    bench->texts[bench->text_count++] = text;
    buffer_release(buffer);
    return text;
}

void bench_answer(struct bench *bench, const char *on, int status, const char *body)
{
    struct buffer text;

    assert_true(bench->reply_count < SCRIPT_REPLIES);
    buffer_init(&text, CEILING_RECORD);
    buffer_printf(
        &text, "HTTP/1.1 %d X\r\nContent-Length: %zu\r\n\r\n%s", status, strlen(body), body);
    bench->replies[bench->reply_count++] =
        (struct script_reply){.bytes = bench_keep(bench, &text), .after = SCRIPT_KEEP, .on = on};
}

void bench_await(struct bench *bench, int requests)
{
    assert_true(bench->reply_count > 0);
    bench->replies[bench->reply_count - 1].await = requests;
}

const char *bench_guid(struct bench *bench, int n)
{
    struct buffer text;

    buffer_init(&text, 100);
    buffer_printf(&text, "00000000-0000-4000-8000-%012d", n);
    return bench_keep(bench, &text);
}

void bench_answer_devices(struct bench *bench, int count, const char *records)
{
    struct buffer body;

    buffer_init(&body, CEILING_RECORD);
    buffer_printf(&body, "{\"result\":%d}", count);
    bench_answer(bench, "GET /msa/v1/cps/device/count ", 200, bench_keep(bench, &body));
    bench_answer(bench, "GET /msa/v1/cps/device/$metadata ", 200, "[]");
    buffer_init(&body, CEILING_RECORD);
    buffer_printf(&body, "{\"searchResults\":[%s],\"results\":%d}", records, count);
    bench_answer(bench, DEVICE_LIST, 200, bench_keep(bench, &body));
}

void bench_answer_numbered(struct bench *bench, int count, int64_t check_in)
{
    struct buffer records;

    buffer_init(&records, CEILING_RECORD);
    for (int n = 1; n <= count; n++) {
        buffer_printf(&records,
            "%s{\"deviceGuid\":\"%s\",\"identifier\":\"id-%d\",\"status\":\"ACTIVE\","
            "\"os\":\"IOS\",\"registrationTime\":%d,\"lastCheckInTime\":%lld}",
            n > 1 ? "," : "", bench_guid(bench, n), n, n, (long long)check_in);
    }
    bench_answer_devices(bench, count, bench_keep(bench, &records));
}

static bool bench_fetch(struct bench *bench, struct fetch *fetch)
{
    struct server server = {0};
    bool ok = server_open(&server, &bench->tenant, NULL, "test", &bench->log, &bench->err);

    fetch->server = &server;
    ok = ok && flows_fetch(fetch, bench->reports, 2, &bench->err);
    server_close(&server);
    return ok;
}

bool bench_run_ends(struct bench *bench, const char *entity)
{
    const struct load_run run = {.run_id = bench->run_id,
        .tenant = "acme",
        .started_at = timestamp_now(),
        .version = "test"};
    struct fetch fetch = {.load = bench->load != NULL ? bench->load : &bench->fake.load,
        .catalogue = &bench->catalogue,
        .tenant = &bench->tenant,
        .run = &run,
        .log = &bench->log,
        .names = bench->names,
        .name_count = bench->name_count,
        .full = bench->full,
        .once = bench->once};
    char url[64];
    bool ok;

    error_clear(&bench->err);
    bench->reports[0] = (struct sync_entity_report){.entity = "device"};
    bench->reports[1] = (struct sync_entity_report){.entity = entity};
    script_start(&bench->server, bench->replies, NULL);
    (void)snprintf(url, sizeof url, "http://localhost:%d", bench->server.port);
    bench->tenant.url = url;
    ok = bench_fetch(bench, &fetch);
    bench->tenant.url = NULL;
    script_stop(&bench->server);
    (void)fflush(bench->log.out);
    assert_lacks(bench->said, WIRE_PASSWORD);
    return ok;
}

void bench_run(struct bench *bench, const char *entity)
{
    if (!bench_run_ends(bench, entity)) {
        fail_msg("%s", bench->err.text);
    }
}

const struct sync_entity_report *bench_report(const struct bench *bench)
{
    return &bench->reports[1];
}

int bench_requests(const struct bench *bench, const char *part)
{
    int count = 0;

    for (int i = 0; i < bench->server.requests; i++) {
        count += strstr(bench->server.request[i], part) != NULL ? 1 : 0;
    }
    return count;
}

const char *bench_request(const struct bench *bench, const char *part, int n)
{
    const char *found = NULL;
    int seen = 0;

    for (int i = 0; i < bench->server.requests; i++) {
        if (strstr(bench->server.request[i], part) != NULL && seen++ == n) {
            found = bench->server.request[i];
        }
    }
    assert_non_null(found);
    return found;
}

void bench_list_is(const struct bench *bench, const char *device, const char *forms)
{
    const struct fake_list *list =
        fake_find_list(&bench->fake, bench_report(bench)->entity, device);

    if (forms == NULL) {
        assert_null(list);
    } else {
        assert_non_null(list);
        assert_string_equal(list->forms, forms);
    }
}

const char *bench_known(const struct bench *bench, const char *device, const char *column)
{
    const char *text = NULL;

    for (size_t n = 0; n < fake_count(&bench->fake, "device_fetch"); n++) {
        if (strcmp(fake_text(&bench->fake, "device_fetch", n, "device_id"), device) == 0 &&
            strcmp(fake_text(&bench->fake, "device_fetch", n, "entity"),
                bench_report(bench)->entity) == 0) {
            text = fake_text(&bench->fake, "device_fetch", n, column);
        }
    }
    return text;
}

void bench_outcome_is(const struct bench *bench, const char *device, const char *outcome)
{
    const char *text = bench_known(bench, device, "outcome");

    if (outcome == NULL) {
        assert_null(text);
    } else {
        assert_non_null(text);
        assert_string_equal(text, outcome);
    }
}

void bench_counts_are(const struct bench *bench, int asked, int unanswered, int failed)
{
    assert_int_equal(bench_report(bench)->asked, asked);
    assert_int_equal(bench_report(bench)->unanswered, unanswered);
    assert_int_equal(bench_report(bench)->failed, failed);
}
