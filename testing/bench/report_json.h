/* Writes what was measured as JSON: one object, with "rows", each of which is on a line of its own.
 * Begin, then any number of the others, then end. */
#ifndef CTX_TESTING_BENCH_REPORT_JSON_H_
#define CTX_TESTING_BENCH_REPORT_JSON_H_

#include "testing/bench/report.h"

/* {"group", "row", "contexts" if it is one of a series, "ns_min", "ns_median", "rounds", "ratios"},
 * or "left_out": why, in place of the numbers. */
void bench_json_begin(FILE *out, const bench_setting *setting);
void bench_json_group(FILE *out, const bench_outcome *outcome);

/* {"group": "Memory", "row", "contexts", "resident_bytes", "page_table_bytes", "mappings"}; bytes
 * are for each context. */
void bench_json_memory(FILE *out, const bench_memory_outcome *outcome);
void bench_json_end(FILE *out);

#endif /* CTX_TESTING_BENCH_REPORT_JSON_H_ */
