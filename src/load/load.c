#include "load/load.h"

#include <stdlib.h>

#include "load/csv/csv.h"
#include "load/postgres/pg_report.h"
#include "load/postgres/postgres.h"

/* The destinations, by load_settings.type. */
static const struct {
    bool (*open)(const struct load_settings *settings, const struct load_schema *schema,
        const struct load_run *run, const struct log *log, struct load **load, struct error *err);
    bool (*open_reader)(const struct load_settings *settings, const struct load_schema *schema,
        const struct load_run *run, const struct log *log, struct load **load, struct error *err);
    bool (*check)(const struct load_settings *settings, const struct load_schema *schema,
        char *text, size_t size, struct error *err);
    bool (*check_tenant)(const struct load_settings *settings, const char *tenant,
        struct error *err); /* NULL: a tenant has no place of its own */
    bool (*migrate)(const struct load_settings *settings, const struct load_schema *schema,
        char *text, size_t size, struct error *err);
    bool (*erase)(const struct load_settings *settings, const struct load_schema *schema,
        const char *tenant, const char *device, char *text, size_t size, struct error *err);
} destinations[] = {
    [LOAD_POSTGRES] = {postgres_open, postgres_open_reader, postgres_check, NULL, postgres_migrate,
        postgres_erase},
    [LOAD_CSV] = {csv_open, csv_open_reader, csv_check, csv_check_tenant, csv_migrate, csv_erase},
};

bool load_run_takes(const struct load_run *run, struct str relation)
{
    bool takes = run->takes == NULL;

    for (size_t i = 0; !takes && i < run->take_count; i++) {
        takes = str_is(relation, run->takes[i]);
    }
    return takes;
}

bool load_open(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct log *log, struct load **load, struct error *err)
{
    return destinations[settings->type].open(settings, schema, run, log, load, err);
}

bool load_open_reader(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct log *log, struct load **load, struct error *err)
{
    return destinations[settings->type].open_reader(settings, schema, run, log, load, err);
}

bool load_open_report(const struct load_settings *settings, struct load **load, struct error *err)
{
    *load = NULL;
    return settings->type == LOAD_POSTGRES
               ? pg_report_open(settings, load, err)
               : error_set(err, ERROR_CONFIG,
                     "destination.type is csv: a report is made of PostgreSQL's views");
}

bool load_open_stream(
    const struct load_stream_settings *settings, struct load **load, struct error *err)
{
    return csv_open_stream(settings, load, err);
}

bool load_check(const struct load_settings *settings, const struct load_schema *schema, char *text,
    size_t size, struct error *err)
{
    return destinations[settings->type].check(settings, schema, text, size, err);
}

bool load_check_tenant(const struct load_settings *settings, const char *tenant, struct error *err)
{
    return destinations[settings->type].check_tenant == NULL ||
           destinations[settings->type].check_tenant(settings, tenant, err);
}

bool load_erase(const struct load_settings *settings, const struct load_schema *schema,
    const char *tenant, const char *device, char *text, size_t size, struct error *err)
{
    return destinations[settings->type].erase(settings, schema, tenant, device, text, size, err);
}

bool load_migrate(const struct load_settings *settings, const struct load_schema *schema,
    char *text, size_t size, struct error *err)
{
    return destinations[settings->type].migrate(settings, schema, text, size, err);
}

bool load_published(struct load *load, const struct relation *relation, const size_t *columns,
    size_t count, load_row_fn *each, void *context, struct error *err)
{
    return load->ops->published == NULL ||
           load->ops->published(load, relation, columns, count, each, context, err);
}

bool load_count(
    struct load *load, const struct relation *relation, int64_t *rows, struct error *err)
{
    *rows = 0;
    return load->ops->count == NULL || load->ops->count(load, relation, rows, err);
}

bool load_report(struct load *load, const char *name, const char *tenant, size_t count,
    load_row_fn *each, void *context, struct error *err)
{
    return load->ops->report == NULL ||
           load->ops->report(load, name, tenant, count, each, context, err);
}

bool load_staged(struct load *load, const size_t *columns, size_t count, load_row_fn *each,
    void *context, struct error *err)
{
    return load->ops->staged == NULL || load->ops->staged(load, columns, count, each, context, err);
}

bool load_lacks(struct load *load, const struct relation *relation, size_t column)
{
    return load->ops->lacks != NULL && load->ops->lacks(load, relation, column);
}

bool load_save(struct load *load, struct error *err)
{
    return load->ops->save == NULL || load->ops->save(load, err);
}

void load_drop(struct load *load)
{
    if (load->ops->drop != NULL) {
        load->ops->drop(load);
    }
}

bool load_tell(struct load *load, const struct row *rows, size_t count, struct error *err)
{
    return load->ops->tell == NULL || load->ops->tell(load, rows, count, err);
}

bool load_rename(struct load *load, struct str from, struct str to, struct error *err)
{
    return load->ops->rename == NULL || load->ops->rename(load, from, to, err);
}

bool load_stage(struct load *load, const struct row *row, struct error *err)
{
    return load->ops->stage == NULL || load->ops->stage(load, row, err);
}

bool load_item(struct load *load, const struct row *row, struct load_item *item, struct error *err)
{
    item->form = (struct str){"", 0};
    return load->ops->item == NULL || load->ops->item(load, row, item, err);
}

bool load_list(struct load *load, const struct relation *relation, struct str owner,
    const struct load_item *items, size_t count, struct error *err)
{
    return load->ops->list == NULL || load->ops->list(load, relation, owner, items, count, err);
}

bool load_replace(
    struct load *load, const struct relation *relation, const struct str *owner, struct error *err)
{
    return load->ops->replace == NULL || load->ops->replace(load, relation, owner, err);
}

bool load_remove(
    struct load *load, const struct relation *relation, const struct str *key, struct error *err)
{
    return load->ops->remove == NULL || load->ops->remove(load, relation, key, err);
}

bool load_mark(struct load *load, const struct relation *relation, struct error *err)
{
    return load->ops->mark == NULL || load->ops->mark(load, relation, err);
}

bool load_forget(struct load *load, const struct relation *relation, struct error *err)
{
    return load->ops->forget == NULL || load->ops->forget(load, relation, err);
}

bool load_publish(struct load *load, struct load_counts *counts, size_t count,
    const struct load_end *end, bool *changed, struct error *err)
{
    *changed = false;
    return load->ops->publish == NULL || load->ops->publish(load, counts, count, end, changed, err);
}

void load_close(struct load *load)
{
    if (load != NULL) {
        load->ops->close(load);
    }
}
