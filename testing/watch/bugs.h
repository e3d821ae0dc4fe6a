/* Bugs of code that runs in contexts, one for each thing that a sanitizer is for, each beside its
 * twin that is right and does as much: `wrong` chooses. */
#ifndef CTX_TESTING_WATCH_BUGS_H_
#define CTX_TESTING_WATCH_BUGS_H_

#include <stdbool.h>

/* AddressSanitizer. */
void overflow_a_childs_array(bool wrong);
void overflow_a_childs_array_after_a_switch(bool wrong);
void use_a_childs_local_after_return(bool wrong);
void use_a_childs_local_after_return_on_the_host(bool wrong);
void use_heap_after_free_in_a_child(bool wrong);

/* MemorySanitizer. */
void read_uninitialised_in_a_child(bool wrong);
void read_uninitialised_through_a_switch(bool wrong);
void pass_an_uninitialised_argument(bool wrong);
void read_an_uninitialised_result(bool wrong);
void swap_from_a_host_that_is_not_zeroed(bool wrong);

/* Not a bug: a context's entry does not receive what an earlier call passed uninitialised. */
void take_arguments_after_another_call(void);

/* ThreadSanitizer. */
void race_between_two_contexts(bool wrong);
void resume_elsewhere_without_handing_over(bool wrong);
void publish_a_context_before_it_is_suspended(bool wrong);

#endif /* CTX_TESTING_WATCH_BUGS_H_ */
