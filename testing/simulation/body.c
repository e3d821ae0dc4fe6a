#include "testing/simulation/body.h"

static signature_body current;
static signature_value next_result;

void body_run(signature_id id, const void *const *args) { current(id, args); }

const void *body_result(void) { return next_result.bytes; }

void body_set(signature_body body) { current = body; }

void body_set_result(const signature_value *value) { next_result = *value; }
