#include "tools/explain/abi.h"

#include <string.h>

#include "ctx/arch/arch.h"

const abi *const *abi_all(void) {
  static const abi *const all[] = {&abi_x86_64, &abi_aarch64, &abi_riscv64, NULL};
  return all;
}

const abi *abi_of_host(void) {
  /* The ladder names a file of the architecture's folder. */
  static const char path[] = CTX_ARCH_HEADER_(place.h);
  const abi *const *a = abi_all();
  while (strstr(path, (*a)->folder) == NULL)
    a++;
  return *a;
}

const abi *abi_named(const char *name) {
  const abi *const *a = abi_all();
  while (*a != NULL && strcmp((*a)->name, name) != 0)
    a++;
  return *a;
}

const char *abi_names(arena *memory) {
  const char *text = "";
  for (const abi *const *a = abi_all(); *a != NULL; a++)
    text = arena_print(memory, "%s%s%s (%s)", text, *text != '\0' ? ", " : "", (*a)->name,
                       (*a)->title);
  return text;
}

const char *abi_slot_name(const abi *a, arena *memory, size_t offset) {
  size_t distance = offset + a->first_slot;
  if (distance == 0) return a->stack_pointer;
  return arena_print(memory, "%s+%zu", a->stack_pointer, distance);
}
