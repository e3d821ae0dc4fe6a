#ifdef __linux__

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ctx/internal/uninstrumented.h"
#include "ctx/system/system.h"

/* These are newer than the headers of many a C library. */
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif
#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif
#ifndef AT_MINSIGSTKSZ
#define AT_MINSIGSTKSZ 51
#endif

size_t ctx_system_page_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

size_t ctx_system_signal_frame_size(void) {
  /* Kernels before 5.14 may not say. Their largest state is AVX-512's, which fits into this. */
  size_t least = 4096;
  size_t told = getauxval(AT_MINSIGSTKSZ);
  return told > least ? told : least;
}

size_t ctx_system_huge_page_size(void) {
  /* A page of page tables maps it, which has an entry of 8 bytes for each page. */
  return ctx_system_page_size() / 8 * ctx_system_page_size();
}

static ctx_status ctx_why_no_memory(void);

/* Returns what a refusal means: the system lacks something, or has something against it. */
static ctx_status ctx_why_refused(int error, ctx_status refused) {
  /* EAGAIN: more memory would be locked than may be. */
  return error == ENOMEM || error == EAGAIN ? ctx_why_no_memory() : refused;
}

ctx_status ctx_system_map(char **out, size_t size, bool huge_pages) {
  /* Since Linux 6.7 MAP_STACK alone keeps huge pages away. The mapping has it from the start, so
   * that the kernel does not merge it with a neighbour and split it again at madvise. */
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | (huge_pages ? 0 : MAP_STACK);
  char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (memory == MAP_FAILED) return ctx_why_refused(errno, CTX_ERR_MAP_REFUSED);
  /* A kernel without huge pages answers EINVAL, and does what is wanted. To a sandbox that refuses
   * the advice, memory is as good without. */
  if (madvise(memory, size, huge_pages ? MADV_HUGEPAGE : MADV_NOHUGEPAGE) != 0 && errno == ENOMEM) {
    ctx_status status = ctx_why_no_memory();
    ctx_system_unmap(memory, size);
    return status;
  }
  *out = memory;
  return CTX_OK;
}

void ctx_system_unmap(char *memory, size_t size) {
  /* The kernel may have merged it with a neighbour. To cut it out can then fail for the number of
   * mappings. At least no memory is lost. */
  if (munmap(memory, size) != 0) ctx_system_discard(memory, size);
}

/* Not MADV_FREE, which keeps the pages until memory is short. The process would look as large as
 * before. Old bytes might also stay in the page whose zeros show that a stack was shallow. */
bool ctx_system_discard(char *memory, size_t size) {
  return madvise(memory, size, MADV_DONTNEED) == 0;
}

bool ctx_system_pages_resident(char *memory, size_t num_pages, unsigned char *out) {
  return mincore(memory, num_pages * ctx_system_page_size(), out) == 0;
}

/* AddressSanitizer would have a frame of its own for the array, and over time touch 2 MiB for such
 * frames in each thread. */
CTX_UNINSTRUMENTED bool ctx_system_resident(char *memory, size_t size, size_t *out) {
  size_t page_size = ctx_system_page_size();
  size_t num_pages = size / page_size;
  size_t num_resident = 0;
  while (num_pages != 0) {
    /* Few: the caller may be on a small stack. */
    unsigned char pages[CTX_SYSTEM_MAX_PAGES];
    size_t part = num_pages < CTX_SYSTEM_MAX_PAGES ? num_pages : CTX_SYSTEM_MAX_PAGES;
    if (!ctx_system_pages_resident(memory, part, pages)) return false;
    for (size_t i = 0; i < part; i++)
      num_resident += pages[i] & 1;
    memory += part * page_size;
    num_pages -= part;
  }
  *out = num_resident * page_size;
  return true;
}

ctx_status ctx_system_guard_mark(char *guard, size_t size) {
  bool is_marked = madvise(guard, size, MADV_GUARD_INSTALL) == 0;
  return is_marked ? CTX_OK : ctx_why_refused(errno, CTX_ERR_GUARD_REFUSED);
}

bool ctx_system_guard_holds(char *guard) {
  return madvise(guard, 1, MADV_POPULATE_READ) != 0 && errno == EFAULT;
}

ctx_status ctx_system_guard_split(char *guard, size_t size) {
  bool is_split = mprotect(guard, size, PROT_NONE) == 0;
  return is_split ? CTX_OK : ctx_why_refused(errno, CTX_ERR_GUARD_REFUSED);
}

/* ---- Which limit was it? ---- */

/* The kernel has one errno for both. Buffers are small: the caller may be on a small stack. */

static bool ctx_read_max_map_count(size_t *out) {
  int file = open("/proc/sys/vm/max_map_count", O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  char digits[32];
  ssize_t length = read(file, digits, sizeof digits);
  close(file);
  size_t number = 0;
  for (ssize_t i = 0; i < length && digits[i] >= '0' && digits[i] <= '9'; i++) {
    number = number * 10 + (size_t)(digits[i] - '0');
  }
  *out = number;
  return length > 0;
}

static bool ctx_count_mappings(size_t *out) {
  int file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  size_t num_lines = 0;
  char text[512];
  ssize_t length;
  while ((length = read(file, text, sizeof text)) > 0) {
    const char *at = text;
    const char *end = text + length;
    while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
      num_lines++;
      at++;
    }
  }
  close(file);
  *out = num_lines;
  return length == 0;
}

static ctx_status ctx_why_no_memory(void) {
  size_t num_mappings;
  size_t max_mappings;
  if (!ctx_read_max_map_count(&max_mappings) || !ctx_count_mappings(&num_mappings)) {
    return CTX_ERR_NO_MEMORY;
  }
  /* A split needs two more, and the list shows one that does not count. */
  return num_mappings + 2 >= max_mappings ? CTX_ERR_MAP_COUNT : CTX_ERR_NO_MEMORY;
}

#endif /* __linux__ */
