#define _GNU_SOURCE
#include "testing/stack/memory_use.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static FILE *open_or_abort(const char *path) {
  FILE *file = fopen(path, "r");
  if (file == NULL) abort();
  return file;
}

size_t num_mappings_between(const void *low, const void *high) {
  FILE *maps = open_or_abort("/proc/self/maps");
  char line[512];
  size_t num = 0;
  while (fgets(line, sizeof line, maps) != NULL) {
    uintptr_t start;
    uintptr_t end;
    if (sscanf(line, "%zx-%zx", &start, &end) != 2) continue;
    if (start < (uintptr_t)high && end > (uintptr_t)low) num++;
  }
  fclose(maps);
  return num;
}

size_t num_mappings(void) { return num_mappings_between(NULL, (const void *)UINTPTR_MAX); }

size_t num_descriptors(void) {
  DIR *directory = opendir("/proc/self/fd");
  if (directory == NULL) abort();
  size_t num = 0;
  while (readdir(directory) != NULL)
    num++;
  closedir(directory);
  return num;
}

static size_t number_after(const char *path, const char *name) {
  FILE *file = open_or_abort(path);
  char line[256];
  size_t number = 0;
  while (fgets(line, sizeof line, file) != NULL) {
    if (strncmp(line, name, strlen(name)) == 0) {
      number = strtoull(line + strlen(name), NULL, 10);
      break;
    }
  }
  fclose(file);
  return number;
}

size_t resident_size(void) { return 1024 * number_after("/proc/self/status", "VmRSS:"); }
size_t page_table_size(void) { return 1024 * number_after("/proc/self/status", "VmPTE:"); }
size_t address_space_size(void) { return 1024 * number_after("/proc/self/status", "VmSize:"); }
size_t available_memory(void) { return 1024 * number_after("/proc/meminfo", "MemAvailable:"); }
size_t max_map_count(void) { return number_after("/proc/sys/vm/max_map_count", ""); }

bool mapping_has_flag(const void *byte, const char *flag) {
  FILE *maps = open_or_abort("/proc/self/smaps");
  char line[512];
  bool in_mapping = false;
  bool found = false;
  while (fgets(line, sizeof line, maps) != NULL) {
    uintptr_t start;
    uintptr_t end;
    if (sscanf(line, "%zx-%zx ", &start, &end) == 2) {
      in_mapping = start <= (uintptr_t)byte && (uintptr_t)byte < end;
    } else if (in_mapping && strncmp(line, "VmFlags:", 8) == 0) {
      found = strstr(line + 8, flag) != NULL;
    }
  }
  fclose(maps);
  return found;
}

bool is_resident(const void *byte) {
  uintptr_t page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
  unsigned char page;
  void *start = (void *)((uintptr_t)byte & ~(page_size - 1));
  if (mincore(start, page_size, &page) != 0) return false;
  return (page & 1) != 0;
}

size_t num_resident_pages_at_end(const ctx_stack *stack) {
  size_t page_size = (size_t)sysconf(_SC_PAGESIZE);
  const char *byte = (const char *)stack->base + stack->size - 1;
  size_t num = 0;
  while (byte >= (const char *)stack->base && is_resident(byte)) {
    num++;
    byte -= page_size;
  }
  return num;
}

void touch_to_depth(const ctx_stack *stack, size_t depth) {
  size_t page_size = (size_t)sysconf(_SC_PAGESIZE);
  volatile char *end = (char *)stack->base + stack->size;
  for (size_t at = page_size; at < depth; at += page_size)
    end[-(ptrdiff_t)at] = 1;
  end[-(ptrdiff_t)depth] = 1;
}
