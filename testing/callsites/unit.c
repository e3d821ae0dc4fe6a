#include "testing/callsites/unit.h"

#include <dlfcn.h>

#include "testing/callsites/writer.h"

static const char f16_text[] = "_Float16 f(_Float16 x) { return x; }";

/* _Float16 is there, or is there with the instructions that were made for it. */
static const char *flags_of(const compiler *by, const selection *set) {
  const processor_feature *feature = selection_feature(set);
  if (feature != NULL) return feature->compiler_flag;
  return set->has_f16 && !compiler_takes(by, "", f16_text) ? processor_f16.compiler_flag : "";
}

const char *unit_cannot(const compiler *by, const selection *set) {
  if (!compiler_is_there(by)) return "the compiler is not installed";
  const processor_feature *feature = selection_feature(set);
  if (feature != NULL && !compiler_cpu_has(feature->cpu_feature)) {
    return "this processor has no such registers";
  }
  const char *flags = flags_of(by, set);
  if (set->has_f16 && flags == processor_f16.compiler_flag &&
      !(compiler_cpu_has(processor_f16.cpu_feature) && compiler_takes(by, flags, f16_text))) {
    return "this compiler has _Float16 only for processors with instructions for it";
  }
  return NULL;
}

typedef struct part {
  const selection *set;
  size_t first;
  size_t num_cases;
} part;

static void write_part(FILE *out, const void *data) {
  const part *of = data;
  writer_write(out, of->set, of->first, of->num_cases);
}

bool unit_load(const compiler *by, const selection *set, size_t first, size_t num_cases,
               unit *out) {
  const part of = {set, first, num_cases};
  out->library = compiler_load(by, flags_of(by, set), write_part, &of);
  out->loaded = out->library != NULL ? dlsym(out->library, SITE_UNIT_NAME) : NULL;
  return out->loaded != NULL && out->loaded->num_sites == num_cases;
}

void unit_unload(unit *loaded) {
  if (loaded->library != NULL) dlclose(loaded->library);
  *loaded = (unit){NULL, NULL};
}
