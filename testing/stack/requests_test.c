/* Stacks ask the kernel for no more than they need, with the flags that they mean. When memory is
 * refused they conclude from /proc why. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

enum { STACK_SIZE = 65536, POPULATE_READ = 22, GUARD_INSTALL = 102 };

/* ---- The kernel ---- */

/* It does what it is asked, if it is not to refuse memory, and counts. */

static bool is_counting;
static struct {
  size_t maps, unmaps, discards, marks, looks, protects, residency, opens, closes;
  int map_flags, open_flags;
  const char *residency_end; /* of the memory that was asked about last */
} asked;

static bool refuses_memory;
static bool has_marks;              /* guards can be marked: the marks are pretended */
static bool refuses_marks;          /* as a kernel does that knows none */
static size_t forgets_after;        /* so many marks it knows no more; 0: it does not forget */
static void (*while_marking)(void); /* null, or called once, where a guard is to be marked */

/* Its files under /proc, which are read one at a time, by the descriptor 0; the list of mappings in
 * pieces, at whose end reading may fail. */
static char limit_file[64];
static char list_file[1 << 17];
static size_t piece;
static bool fails_at_end;
static const char *unread; /* null: none is open */
static bool is_list;
static bool refuses_files;

void *mmap(void *address, size_t size, int protection, int flags, int file, off_t offset) {
  if (is_counting) {
    asked.maps++;
    asked.map_flags = flags;
    if (refuses_memory) {
      errno = ENOMEM;
      return MAP_FAILED;
    }
  }
  return (void *)syscall(SYS_mmap, address, size, protection, flags, file, offset);
}

int munmap(void *start, size_t size) {
  asked.unmaps++;
  return (int)syscall(SYS_munmap, start, size);
}

int madvise(void *start, size_t size, int advice) {
  asked.discards += advice == MADV_DONTNEED;
  asked.marks += advice == GUARD_INSTALL;
  asked.looks += advice == POPULATE_READ;
  if (while_marking != NULL && advice == GUARD_INSTALL) {
    void (*meanwhile)(void) = while_marking;
    while_marking = NULL;
    meanwhile();
  }
  bool has_forgotten = forgets_after != 0 && asked.marks > forgets_after;
  if (is_counting && (refuses_marks || has_forgotten) && advice == GUARD_INSTALL) {
    errno = EINVAL;
    return -1;
  }
  if (is_counting && has_marks) {
    if (advice == GUARD_INSTALL) return 0;
    if (advice == POPULATE_READ) {
      errno = EFAULT;
      return -1;
    }
  }
  return (int)syscall(SYS_madvise, start, size, advice);
}

int mprotect(void *start, size_t size, int protection) {
  asked.protects++;
  return (int)syscall(SYS_mprotect, start, size, protection);
}

int mincore(void *start, size_t size, unsigned char *pages) {
  asked.residency++;
  asked.residency_end = (const char *)start + size;
  return (int)syscall(SYS_mincore, start, size, pages);
}

int open(const char *path, int flags, ...) {
  bool is_limit = strcmp(path, "/proc/sys/vm/max_map_count") == 0;
  if (!is_counting || (!is_limit && strcmp(path, "/proc/self/maps") != 0)) {
    va_list rest;
    va_start(rest, flags);
    int mode = va_arg(rest, int);
    va_end(rest);
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  }
  asked.opens++;
  asked.open_flags = flags;
  if (refuses_files) {
    errno = EMFILE;
    return -1;
  }
  is_list = !is_limit;
  unread = is_list ? list_file : limit_file;
  return 0;
}

/* Behind what is returned there is more of the same in the buffer, which means nothing. */
ssize_t read(int file, void *buffer, size_t size) {
  if (file != 0 || unread == NULL) return syscall(SYS_read, file, buffer, size);
  size_t length = strlen(unread);
  if (is_list && length == 0 && fails_at_end) {
    errno = EIO;
    return -1;
  }
  if (length > size) length = size;
  if (is_list && length > piece) length = piece;
  memset(buffer, is_list ? '\n' : '7', size);
  memcpy(buffer, unread, length);
  unread += length;
  return (ssize_t)length;
}

int close(int file) {
  if (file != 0 || unread == NULL) return (int)syscall(SYS_close, file);
  asked.closes++;
  unread = NULL;
  return 0;
}

static void begin_counting(void) {
  memset(&asked, 0, sizeof asked);
  is_counting = true;
}

/* ---- Mapping ---- */

CTX_TEST(Requests, StacksReserveNothing) {
  ctx_stack stack;
  ctx_stack_pool *pool;
  begin_counting();
  ctx_status status = ctx_stack_map(&stack, STACK_SIZE);
  is_counting = false;
  EXPECT_EQ(CTX_OK, status);
  EXPECT_EQ(MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, asked.map_flags);
  ctx_stack_unmap(&stack);

  const ctx_stack_pool_options huge = {.flags = CTX_STACK_POOL_HUGE_PAGES};
  begin_counting();
  status = ctx_stack_pool_create_with_options(&pool, STACK_SIZE, 2, &huge);
  is_counting = false;
  EXPECT_EQ(CTX_OK, status);
  EXPECT_EQ(MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, asked.map_flags);
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Requests, MarkedGuardsSplitNothing) {
  ctx_stack stack;
  has_marks = true;
  begin_counting();
  ctx_status status = ctx_stack_map(&stack, STACK_SIZE);
  is_counting = false;
  EXPECT_EQ(CTX_OK, status);
  EXPECT_EQ(1, asked.maps);
  EXPECT_EQ(1, asked.marks);
  EXPECT_EQ(1, asked.looks);
  EXPECT_EQ(0, asked.protects);
  EXPECT_EQ(0, asked.unmaps);
  ctx_stack_unmap(&stack);
  EXPECT_EQ(1, asked.unmaps);
  EXPECT_EQ(0, asked.discards);
}

/* One guard in a pool is looked at: the first. */
CTX_TEST(Requests, PoolsGrowByChunks) {
  enum { NUM = 40, CHUNK = 16 };
  ctx_stack_pool *pool;
  ctx_stack stack;
  has_marks = true;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, NUM));
  for (size_t taken = 0; taken < NUM; taken++) {
    begin_counting();
    ctx_status status = ctx_stack_pool_take(pool, &stack);
    is_counting = false;
    ASSERT_EQ(CTX_OK, status);
    size_t rest = NUM - taken;
    ASSERT_EQ(taken % CHUNK != 0 ? 0 : rest < CHUNK ? rest : CHUNK, asked.marks);
    ASSERT_EQ(taken == 0, asked.looks);
    ASSERT_EQ(0, asked.protects);
  }
  ctx_stack_pool_destroy(pool);
}

/* Once the kernel has said that it knows no marks it is not asked again. */
CTX_TEST(Requests, PoolsThatSplitDoNotMark) {
  enum { NUM = 20 };
  const ctx_stack_pool_options options = {.flags = CTX_STACK_POOL_SPLIT_GUARDS};
  ctx_stack_pool *pool;
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, STACK_SIZE, NUM, &options));
  begin_counting();
  for (size_t taken = 0; taken < NUM; taken++)
    EXPECT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  is_counting = false;
  EXPECT_EQ(0, asked.marks);
  EXPECT_EQ(NUM, asked.protects);
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Requests, OptionsOfAPoolDoNotImplyEachOther) {
  const ctx_stack_pool_options options[] = {{.flags = CTX_STACK_POOL_HUGE_PAGES},
                                            {.flags = CTX_STACK_POOL_SPLIT_GUARDS}};
  has_marks = true;
  for (size_t i = 0; i < 2; i++) {
    ctx_stack_pool *pool;
    ctx_stack stack;
    begin_counting();
    EXPECT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, STACK_SIZE, 1, &options[i]));
    EXPECT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    is_counting = false;
    EXPECT_EQ(i == 0 ? 0 : MAP_STACK, asked.map_flags & MAP_STACK);
    EXPECT_EQ(i == 0, asked.marks);
    EXPECT_EQ(i == 1, asked.protects);
    ctx_stack_pool_destroy(pool);
  }
}

/* Only guards that split count as mappings, from the first on that did. */
CTX_TEST(Requests, KernelThatForgetsMarksSplitsFromThenOn) {
  if (ctx_test_is_emulated()) CTX_SKIP("qemu-user does not say what is resident beside a guard");
  enum { NUM_MARKED = 16, NUM = 35 };
  ctx_stack_pool *pool;
  ctx_stack stack;
  ctx_stack_pool_stats stats;
  has_marks = true;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, NUM));
  for (size_t taken = 0; taken < NUM; taken++) {
    refuses_marks = taken >= NUM_MARKED;
    begin_counting();
    ctx_status status = ctx_stack_pool_take(pool, &stack);
    is_counting = false;
    EXPECT_EQ(CTX_OK, status);
    EXPECT_EQ(taken == 0 ? NUM_MARKED : taken == NUM_MARKED, asked.marks);
  }
  refuses_marks = false;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_get_stats(pool, &stats));
  EXPECT_EQ(1 + 2 * (NUM - NUM_MARKED), stats.mappings);
  ctx_stack_pool_destroy(pool);
}

/* Another thread, while the first one is about to mark the first guard: it finds that the kernel
 * knows no marks any more at the third. */
static ctx_stack_pool *grown_by_two;
static void grow_meanwhile(void) {
  ctx_stack stack;
  EXPECT_EQ(CTX_OK, ctx_stack_pool_take(grown_by_two, &stack));
}

CTX_TEST(Requests, GuardsThatSplitAreCountedFromTheLowestOn) {
  if (ctx_test_is_emulated()) CTX_SKIP("qemu-user does not say what is resident beside a guard");
  enum { NUM = 16 };
  ctx_stack stack;
  ctx_stack_pool_stats stats;
  has_marks = true;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&grown_by_two, STACK_SIZE, NUM));
  begin_counting();
  forgets_after = 3;
  while_marking = grow_meanwhile;
  ctx_status status = ctx_stack_pool_take(grown_by_two, &stack);
  is_counting = false;
  forgets_after = 0;
  ASSERT_EQ(CTX_OK, status);
  ASSERT_EQ(CTX_OK, ctx_stack_pool_get_stats(grown_by_two, &stats));
  EXPECT_EQ(2, stats.high_water);
  EXPECT_EQ(1 + 2 * NUM, stats.mappings);
  ctx_stack_pool_destroy(grown_by_two);
}

/* ---- How deep a stack was used ---- */

/* The pages that have no memory are not read, which would map the kernel's page of zeros. */
CTX_TEST(Requests, HighWaterAsksAboutTheStackAndReadsWhatIsThere) {
  if (ctx_test_is_emulated()) CTX_SKIP("qemu-user says of all memory that it is resident");
  unsigned char pages[STACK_SIZE / 4096 + 1] = {0};
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, STACK_SIZE));
  char *end = (char *)stack.base + stack.size;
  end[-1] = 1;
  begin_counting();
  size_t high_water = ctx_stack_high_water(&stack);
  is_counting = false;
  EXPECT_EQ(1, high_water);
  EXPECT_EQ(1, asked.residency);
  EXPECT_TRUE(asked.residency_end == end);
  size_t page_size = (size_t)sysconf(_SC_PAGESIZE);
  ASSERT_EQ(0, syscall(SYS_mincore, stack.base, stack.size, pages));
  for (size_t i = 0; i < stack.size / page_size; i++)
    EXPECT_EQ(i == stack.size / page_size - 1, pages[i] & 1);
  ctx_stack_unmap(&stack);
}

/* ---- Taking and giving ---- */

static void take_and_give(ctx_stack_pool *pool, size_t times) {
  for (size_t i = 0; i < times; i++) {
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    ((volatile char *)stack.base)[stack.size - 1] = 1;
    ctx_stack_pool_give(pool, &stack);
  }
}

static size_t num_asked(void) {
  return asked.maps + asked.unmaps + asked.discards + asked.marks + asked.looks + asked.protects +
         asked.residency + asked.opens;
}

CTX_TEST(Requests, ShallowUseCostsFewAndFewer) {
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  take_and_give(pool, 1);
  begin_counting();
  take_and_give(pool, 4096 - 1);
  is_counting = false;
  EXPECT_EQ(12, asked.residency);
  EXPECT_EQ(12, num_asked());
  begin_counting();
  take_and_give(pool, 4096 - 1);
  is_counting = false;
  EXPECT_EQ(0, num_asked());
  ctx_stack_pool_destroy(pool);
}

/* Contents that say it are enough. */
CTX_TEST(Requests, DeepUseThatIsSeenIsNotAskedAbout) {
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  take_and_give(pool, 1);
  for (size_t i = 0; i < 5; i++) {
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    memset(stack.base, 1, stack.size);
    begin_counting();
    ctx_stack_pool_give(pool, &stack);
    is_counting = false;
    EXPECT_EQ(1, asked.discards);
    EXPECT_EQ(1, num_asked());
  }
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Requests, PoolsThatKeepAllAskNothing) {
  const ctx_stack_pool_options options = {.keep_size = SIZE_MAX};
  ctx_stack_pool *pool;
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, STACK_SIZE, 1, &options));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  memset(stack.base, 1, stack.size);
  begin_counting();
  ctx_stack_pool_give(pool, &stack);
  take_and_give(pool, 10);
  ctx_stack_pool_trim(pool);
  is_counting = false;
  EXPECT_EQ(0, num_asked());
  ctx_stack_pool_destroy(pool);
}

/* Each stack that was given back since costs one, and no stack more than once. */
CTX_TEST(Requests, TrimAsksOnceForEachStack) {
  enum { NUM = 10 };
  ctx_stack_pool *pool;
  ctx_stack stacks[NUM];
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, NUM));
  for (size_t i = 0; i < NUM; i++)
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stacks[i]));
  for (size_t i = 0; i < NUM; i++)
    ctx_stack_pool_give(pool, &stacks[i]);
  begin_counting();
  ctx_stack_pool_trim(pool);
  EXPECT_EQ(NUM, asked.discards);
  EXPECT_EQ(NUM, num_asked());
  ctx_stack_pool_trim(pool);
  is_counting = false;
  EXPECT_EQ(NUM, num_asked());
  ctx_stack_pool_destroy(pool);
}

/* A huge page that is kept is not asked about, and the huge page of zeros is not mapped by reading
 * below it. */
CTX_TEST(Requests, HugePagesAreNotRead) {
  enum { LARGE_SIZE = 8 << 20 };
  const ctx_stack_pool_options options = {.flags = CTX_STACK_POOL_HUGE_PAGES};
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, LARGE_SIZE, 1, &options));
  take_and_give(pool, 2);
  begin_counting();
  take_and_give(pool, 62);
  is_counting = false;
  EXPECT_EQ(0, asked.discards);
  ctx_stack_pool_destroy(pool);
}

/* A stack that lies within one huge page is kept whole: giving a part back would break that up. */
CTX_TEST(Requests, HugePagesAreNotBrokenUp) {
  enum { NUM = 8, HUGE_PAGE = 2 << 20 };
  const ctx_stack_pool_options options = {.flags = CTX_STACK_POOL_HUGE_PAGES, .keep_size = 4096};
  ctx_stack_pool *pool;
  ctx_stack stacks[NUM];
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, STACK_SIZE, NUM, &options));
  size_t num_that_span_two = 0;
  for (size_t i = 0; i < NUM; i++) {
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stacks[i]));
    uintptr_t base = (uintptr_t)stacks[i].base;
    uintptr_t kept = base + stacks[i].size - options.keep_size;
    num_that_span_two += kept / HUGE_PAGE != base / HUGE_PAGE;
  }
  for (size_t i = 0; i < NUM; i++)
    ctx_stack_pool_give(pool, &stacks[i]);
  begin_counting();
  ctx_stack_pool_trim(pool);
  is_counting = false;
  EXPECT_EQ(num_that_span_two, asked.discards);
  ctx_stack_pool_destroy(pool);
}

/* ---- Which limit was it? ---- */

static void write_files(const char *limit, size_t num_mappings) {
  static const char line[] = "7f0000000000-7f0000001000 rw-p 00000000 00:00 0\n";
  strcpy(limit_file, limit);
  char *at = list_file;
  for (size_t i = 0; i < num_mappings; i++) {
    memcpy(at, line, sizeof line - 1);
    at += sizeof line - 1;
  }
  *at = '\0';
}

/* Returns the status of a refusal: memory is refused, and nothing is asked for after that. */
static ctx_status why(size_t size) {
  ctx_stack stack;
  refuses_memory = true;
  begin_counting();
  ctx_status status = ctx_stack_map(&stack, size);
  is_counting = refuses_memory = false;
  EXPECT_EQ(0, asked.marks + asked.looks + asked.protects + asked.unmaps + asked.discards);
  if (!refuses_files) EXPECT_EQ(asked.opens, asked.closes);
  if (asked.opens != 0) EXPECT_EQ(O_RDONLY | O_CLOEXEC, asked.open_flags);
  return status;
}

CTX_TEST(Requests, NumberOfMappingsSaysWhichLimitItWas) {
  if (ctx_test_is_emulated()) CTX_SKIP("qemu-user takes long for so many mappings");
  static const struct {
    const char *limit;
    size_t num_mappings;
    ctx_status expected;
  } cases[] = {
      {"100\n", 97, CTX_ERR_NO_MEMORY},    {"100\n", 98, CTX_ERR_MAP_COUNT},
      {"100\n", 101, CTX_ERR_MAP_COUNT},   {"1029\n", 1026, CTX_ERR_NO_MEMORY},
      {"1029\n", 1027, CTX_ERR_MAP_COUNT}, {"38", 35, CTX_ERR_NO_MEMORY},
      {"38", 36, CTX_ERR_MAP_COUNT},       {"5", 3, CTX_ERR_MAP_COUNT},
      {"", 3, CTX_ERR_NO_MEMORY},          {"65530:\n", 900, CTX_ERR_NO_MEMORY},
      {"9/\n", 90, CTX_ERR_MAP_COUNT},     {"9:\n", 9, CTX_ERR_MAP_COUNT},
  };
  static const size_t pieces[] = {1, 7, 48, 511, 512, 4096};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    write_files(cases[i].limit, cases[i].num_mappings);
    for (size_t j = 0; j < sizeof pieces / sizeof pieces[0]; j++) {
      piece = pieces[j];
      EXPECT_EQ(cases[i].expected, why(STACK_SIZE));
      EXPECT_EQ(cases[i].limit[0] == '\0' ? 1 : 2, asked.opens);
    }
  }
}

CTX_TEST(Requests, ListThatCannotBeReadSaysNothing) {
  write_files("10\n", 20);
  piece = 512;
  EXPECT_EQ(CTX_ERR_MAP_COUNT, why(STACK_SIZE));
  fails_at_end = true;
  EXPECT_EQ(CTX_ERR_NO_MEMORY, why(STACK_SIZE));
  fails_at_end = false;
}

CTX_TEST(Requests, WithoutTheLimitNothingIsCounted) {
  write_files("10\n", 20);
  refuses_files = true;
  EXPECT_EQ(CTX_ERR_NO_MEMORY, why(STACK_SIZE));
  refuses_files = false;
  EXPECT_EQ(1, asked.opens);
}

/* Sizes that are too large are not asked for at all, and so not refused. */
CTX_TEST(Requests, SizesThatAreTooLargeAreNotMapped) {
  static const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 4095, SIZE_MAX - 4094};
  write_files("10\n", 20);
  piece = 512;
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    EXPECT_EQ(CTX_ERR_NO_MEMORY, why(sizes[i]));
    EXPECT_EQ(0, asked.maps);
  }
}

static size_t num_maps_for_pool(size_t stack_size, size_t capacity, size_t guard_size) {
  const ctx_stack_pool_options options = {.guard_size = guard_size};
  ctx_stack_pool *pool;
  write_files("10\n", 20); /* If the kernel refused it, that would be another error. */
  piece = 512;
  refuses_memory = true;
  begin_counting();
  ctx_status status = ctx_stack_pool_create_with_options(&pool, stack_size, capacity, &options);
  is_counting = refuses_memory = false;
  EXPECT_EQ(asked.maps != 0 ? CTX_ERR_MAP_COUNT : CTX_ERR_NO_MEMORY, status);
  return asked.maps;
}

CTX_TEST(Requests, PoolsThatAreTooLargeAreNotMapped) {
  static const struct {
    size_t stack_size;
    size_t capacity;
    size_t guard_size;
  } too_large[] = {
      {SIZE_MAX, 1, 0},
      {SIZE_MAX - 4095, 1, 0},
      {SIZE_MAX - 8191, 1, 0},
      {SIZE_MAX / 2, 2, 0},
      {0, UINT32_MAX, 0},
      {0, (size_t)UINT32_MAX + 1, 0},
      {65536, SIZE_MAX / 65536, 0},
      {65536, 1, SIZE_MAX},
      {65536, 1, SIZE_MAX - 65536 - 4096},
      /* Only with what the links take. */
      {SIZE_MAX - 3 * 4096 + 1, 1, 0},
  };
  for (size_t i = 0; i < sizeof too_large / sizeof too_large[0]; i++) {
    EXPECT_EQ(0, num_maps_for_pool(too_large[i].stack_size, too_large[i].capacity,
                                   too_large[i].guard_size));
  }
  EXPECT_EQ(1, num_maps_for_pool(0, UINT32_MAX - 1, 0));
  EXPECT_EQ(1, num_maps_for_pool(SIZE_MAX - 4 * 4096 + 1, 1, 0));
}
