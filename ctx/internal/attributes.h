/* Attributes of functions within the library. */
#ifndef CTX_INTERNAL_ATTRIBUTES_H_
#define CTX_INTERNAL_ATTRIBUTES_H_

/* CTX_HIDDEN functions are seen within the library only, so that a call needs no detour through a
 * table of the dynamic linker's. */
#define CTX_HIDDEN __attribute__((visibility("hidden")))

#define CTX_NOINLINE __attribute__((noinline))

#endif /* CTX_INTERNAL_ATTRIBUTES_H_ */
