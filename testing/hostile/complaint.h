/* hostile_call and its parts read bytes, and return complaints. */
#ifndef CTX_TESTING_HOSTILE_COMPLAINT_H_
#define CTX_TESTING_HOSTILE_COMPLAINT_H_

#include <stddef.h>
#include <stdint.h>

/* Beyond the end all bytes are 0. */
typedef struct byte_reader {
  const uint8_t *at;
  const uint8_t *end;
} byte_reader;

static inline unsigned byte_next(byte_reader *in) { return in->at < in->end ? *in->at++ : 0; }

/* Reads as many as it takes, lowest first. */
static inline uint64_t bytes_next(byte_reader *in, size_t size) {
  uint64_t number = 0;
  for (size_t i = 0; i < size; i++)
    number |= (uint64_t)byte_next(in) << (8 * i);
  return number;
}

/* Formats the text that is returned. */
__attribute__((__format__(__printf__, 1, 2))) const char *complain(const char *format, ...);

#endif /* CTX_TESTING_HOSTILE_COMPLAINT_H_ */
