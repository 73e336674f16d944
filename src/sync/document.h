/* Entities that are one whole document of Core's v1 web services: policy, alert and the like. What
 * is told by one document is asked for once: policy_rule comes with policy. */
#ifndef UEMSYNC_SYNC_DOCUMENT_H
#define UEMSYNC_SYNC_DOCUMENT_H

#include <stdbool.h>

#include "base/error.h"
#include "sync/fetch.h"
#include "sync/report.h"

/* The call whose answer tells the entity of that name; UEM_CALL_COUNT when it is none of these. */
enum uem_call_id document_call(const char *name);

struct document;

/* `fetch` and `report` are borrowed. */
bool document_new(struct document **document, struct fetch *fetch,
    struct sync_entity_report *report, struct error *err);
void document_free(struct document *document);

/* Another entity that the same call tells, before the flows are turned. `report` is borrowed. */
bool document_add(struct document *document, struct sync_entity_report *report, struct error *err);

/* The flow that asks for the document and stages what came, of the entity that `report` is of: all
 * flows of a document turn the same one. A whole answer is all that there is: what it lacks goes.
 * An answer without a record proves nothing, unless it says itself that there is none. What an
 * answer that breaks off has brought is not published.
 *
 * appconnect_session has a document for each of the tenant's apps, one after the other. */
struct flow document_flow(struct document *document, struct sync_entity_report *report);

#endif
