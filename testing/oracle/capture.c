#include <string.h>

#include "testing/oracle/probe.h"

oracle_capture oracle_captured;
oracle_reply oracle_to_reply;

static const oracle_copy *wanted;
static size_t num_wanted;

void oracle_capture_reset(size_t num_words) {
  oracle_captured.num_calls = 0;
  oracle_captured.num_words =
      num_words < ORACLE_MAX_STACK_WORDS ? num_words : ORACLE_MAX_STACK_WORDS;
  oracle_captured.num_copies = 0;
  num_wanted = 0;
}

void oracle_capture_copies(const oracle_copy *copies, size_t num_copies) {
  wanted = copies;
  num_wanted = num_copies;
}

/* Where an address cannot be one, the copy is not there, and the verdict sees that one is missing.
 */
void oracle_follow_copies(void) {
  for (size_t i = 0; i < num_wanted; i++) {
    const oracle_copy *copy = &wanted[i];
    if (copy->in_memory && copy->index >= oracle_captured.num_words) return;
    uint64_t address = copy->in_memory
                           ? oracle_captured.words[copy->index]
                           : oracle_general_argument(&oracle_captured.registers, copy->index);
    if (address < 4096) return;
    memcpy(&oracle_captured.copied[copy->at], (const void *)(uintptr_t)address, copy->size);
    oracle_captured.copy_address[i] = address;
    oracle_captured.num_copies = i + 1;
  }
}
