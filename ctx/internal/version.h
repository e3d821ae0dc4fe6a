/* The version of these headers: #define only, for C and for assembly. Included by ctx/ctx.h.
 *
 * Until 1.0 a new minor version may change anything, so a program and the library must have the
 * same one. A new patch version changes nothing that they share. */
#ifndef CTX_INTERNAL_VERSION_H_
#define CTX_INTERNAL_VERSION_H_

#define CTX_VERSION_MAJOR 0
#define CTX_VERSION_MINOR 1
#define CTX_VERSION_PATCH 0

/* CTX_VERSION is "0.1.0". */
#define CTX_VERSION                    \
  CTX_VERSION_TEXT_(CTX_VERSION_MAJOR) \
  "." CTX_VERSION_TEXT_(CTX_VERSION_MINOR) "." CTX_VERSION_TEXT_(CTX_VERSION_PATCH)
#define CTX_VERSION_TEXT_(number) CTX_VERSION_TEXT_OF_(number)
#define CTX_VERSION_TEXT_OF_(number) #number

#endif /* CTX_INTERNAL_VERSION_H_ */
