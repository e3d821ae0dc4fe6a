/* JSON (RFC 8259), read. Strings are bytes: \u escapes beyond ASCII are refused. */
#ifndef CTX_TESTING_BENCH_JSON_H_
#define CTX_TESTING_BENCH_JSON_H_

#include <stddef.h>

typedef struct json json;

/* json_parse returns what the text says, for json_free; or null if it is not JSON, or nested deeper
 * than 64. */
json *json_parse(const char *text);
void json_free(json *value);

/* Each of these takes null, and what is not of its kind: then the result is null, 0 or the default.
 */
const json *json_member(const json *object, const char *name);
const json *json_item(const json *array, size_t index);
const json *json_next(const json *item); /* the one behind it in its array */
size_t json_num_items(const json *array);
const char *json_string(const json *value);
double json_number(const json *value, double otherwise);

#endif /* CTX_TESTING_BENCH_JSON_H_ */
