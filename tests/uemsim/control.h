/* What the tests steer and read the server by: `/uemsim/...`, without a password, only with
 * --control. These calls are neither counted nor logged, and no fault hits them. */
#ifndef UEMSIM_CONTROL_H
#define UEMSIM_CONTROL_H

#include "reply.h"

/* Whether the path is one of control's; never without --control. */
bool control_takes(const struct request *request);
void control_answer(struct request *request, struct reply *reply);

#endif
