/* Assertions on layout.h, for the folders' layout_check.c. */
#ifndef CTX_ARCH_LAYOUT_CHECK_H_
#define CTX_ARCH_LAYOUT_CHECK_H_

#include <stddef.h>

#define CTX_CHECK_OFFSET(type, field, offset)       \
  _Static_assert(offsetof(type, field) == (offset), \
                 "layout.h: " #offset " is not where " #type " has " #field)
#define CTX_CHECK_SIZE(type, size) \
  _Static_assert(sizeof(type) == (size), "layout.h: " #size " is not the size of " #type)

/* An array's first and last elements, which lie where macros of layout.h say. */
#define CTX_CHECK_ARRAY(type, field, count, first, last)                                     \
  CTX_CHECK_OFFSET(type, field[0], first);                                                   \
  CTX_CHECK_OFFSET(type, field[(count)-1], last);                                            \
  _Static_assert(sizeof(((type *)0)->field) == (count) * (((last) - (first)) / ((count)-1)), \
                 "layout.h: " #type " has other elements in " #field)

#endif /* CTX_ARCH_LAYOUT_CHECK_H_ */
