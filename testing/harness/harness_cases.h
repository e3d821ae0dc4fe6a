/* Bodies of cases whose expectations fail: harness_test.cc sees them reported. */
#ifndef CTX_TESTING_HARNESS_HARNESS_CASES_H_
#define CTX_TESTING_HARNESS_HARNESS_CASES_H_

#ifdef __cplusplus
extern "C" {
#endif

extern const char *const failing_file;
extern int failing_line; /* of the body that ran last, its first expectation that fails */

void body_passing(void);
void body_failing_bool(void);
void body_failing_eq(void);
void body_failing_eq_after_widening(void);
void body_failing_ne(void);
void body_failing_f64(void);
void body_failing_streq(void);
void body_failing_memeq(void);
void body_failing_with_note(void);
void body_failing_complaint(void);
void body_that_does_not_die(void);
void body_that_dies_otherwise(void);
void body_that_any_death_would_do_for(void);
void body_that_dies_by_another_signal(void);
void body_failing_twice(void);
void body_asserting(void);
void body_failing_too_often(void);
void body_failing_in_signal_handler(void);
void body_failing_on_threads(void);
void body_failing_on_a_childs_stack(void);
void body_skipping(void);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_TESTING_HARNESS_HARNESS_CASES_H_ */
