#include "ctx/ctx.h"

const char *ctx_version(void) { return CTX_VERSION; }
