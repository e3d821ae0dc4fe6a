#include "testing/hostile/hostile.h"

#include "testing/hostile/complaint.h"
#include "testing/hostile/init.h"
#include "testing/hostile/other.h"
#include "testing/hostile/stack.h"
#include "testing/hostile/type.h"

hostile_counts hostile_counts_so_far;

const char *hostile_call(const uint8_t *data, size_t size) {
  byte_reader in = {data, data + size};
  switch (byte_next(&in) % 8) {
    case 6:
      return hostile_stack(&in);
    case 7:
      return hostile_other(&in);
    default:
      return hostile_init(&in);
  }
}

const char *hostile_types(const uint8_t *data, size_t size) {
  byte_reader in = {data, data + size};
  return hostile_type(&in);
}
