/* Calls that would change something. A client that only reads never gets here; who does is counted
 * (request.c), and told that nothing was changed. */
#include "route.h"

void trap_answer(struct request *request, struct reply *reply)
{
    (void)request;
    buf_text(&reply->body, "{\"result\":0}");
}
