#include "sync/progress.h"

void progress_show(const struct progress *progress, const char *tenant, const char *entity,
    const struct progress_step *step)
{
    if (progress != NULL && progress->show != NULL) {
        progress->show(progress->context, tenant, entity, step);
    }
}

void progress_end(
    const struct progress *progress, const char *tenant, const char *entity, enum progress_end end)
{
    if (progress != NULL && progress->end != NULL) {
        progress->end(progress->context, tenant, entity, end);
    }
}

void progress_say(
    const struct progress *progress, const char *tenant, const char *word, bool is_over)
{
    if (progress != NULL && progress->say != NULL) {
        progress->say(progress->context, tenant, word, is_over);
    }
}

void progress_at(const struct progress *progress, const char *tenant, const char *relation)
{
    if (progress != NULL && progress->at != NULL) {
        progress->at(progress->context, tenant, relation);
    }
}

void progress_tick(const struct progress *progress)
{
    if (progress != NULL && progress->tick != NULL) {
        progress->tick(progress->context);
    }
}
