#define _GNU_SOURCE /* dl_iterate_phdr */
#include "testing/unwind/symbols.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct function {
  uintptr_t begin;
  uintptr_t end;
  const char *name;
};

static struct function *functions;
static size_t num_functions;

static int compare_functions(const void *left, const void *right) {
  const struct function *a = left;
  const struct function *b = right;
  return (a->begin > b->begin) - (a->begin < b->begin);
}

static int first_object(struct dl_phdr_info *info, size_t size, void *out_bias) {
  (void)size;
  *(uintptr_t *)out_bias = info->dlpi_addr;
  return 1;
}

static const char *map_own_file(void) {
  int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (fd < 0 || fstat(fd, &status) != 0) abort();
  void *file = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (file == MAP_FAILED) abort();
  close(fd);
  return file;
}

static const Elf64_Shdr *section_of_type(const char *file, uint32_t type) {
  const Elf64_Ehdr *header = (const void *)file;
  const Elf64_Shdr *sections = (const void *)(file + header->e_shoff);
  for (size_t i = 0; i < header->e_shnum; i++) {
    if (sections[i].sh_type == type) return &sections[i];
  }
  return NULL;
}

/* Runs before main, so that handlers only read. */
__attribute__((constructor)) static void load_functions(void) {
  const char *file = map_own_file();
  const Elf64_Ehdr *header = (const void *)file;
  const Elf64_Shdr *sections = (const void *)(file + header->e_shoff);
  const Elf64_Shdr *table = section_of_type(file, SHT_SYMTAB);
  if (table == NULL) return; /* stripped: all names will be "?", and every test fails */
  const Elf64_Sym *symbols = (const void *)(file + table->sh_offset);
  const char *strings = file + sections[table->sh_link].sh_offset;
  uintptr_t bias = 0;
  dl_iterate_phdr(first_object, &bias);

  size_t num_symbols = table->sh_size / sizeof *symbols;
  functions = calloc(num_symbols, sizeof *functions);
  if (functions == NULL) abort();
  for (size_t i = 0; i < num_symbols; i++) {
    if (ELF64_ST_TYPE(symbols[i].st_info) != STT_FUNC || symbols[i].st_size == 0) continue;
    uintptr_t begin = bias + symbols[i].st_value;
    functions[num_functions++] =
        (struct function){begin, begin + symbols[i].st_size, strings + symbols[i].st_name};
  }
  qsort(functions, num_functions, sizeof *functions, compare_functions);
}

const char *symbol_name(uintptr_t pc) {
  size_t low = 0;
  size_t high = num_functions;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (functions[middle].begin <= pc) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low != 0 && pc < functions[low - 1].end ? functions[low - 1].name : "?";
}
