/* Attributes of functions within the library. */
#ifndef CTX_INTERNAL_ATTRIBUTES_H_
#define CTX_INTERNAL_ATTRIBUTES_H_

/* Within the library only: called without a detour through a table of the dynamic linker's. */
#define CTX_HIDDEN __attribute__((visibility("hidden")))

#define CTX_NOINLINE __attribute__((noinline))

#endif /* CTX_INTERNAL_ATTRIBUTES_H_ */
