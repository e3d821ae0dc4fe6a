/* Surviving a call that goes wrong: one overflows its stack, one writes past the end of its memory.
 *
 * A handler on an alternate stack sees the fault and redirects to the host, which goes on. It needs
 * the alternate stack: there may be no room left on the one that faulted. The call is dropped where
 * it stood. Nothing of it is undone: a lock that it held would stay locked. And only what runs into
 * a guard page is noticed: a call that writes elsewhere in the program is not stopped. */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ctx/ctx.h"

enum { STACK_SIZE = 64 * 1024, MEMORY_SIZE = 64 * 1024 };

static ctx_context host, guest;
static char *stack, *memory; /* a guard page lies below the stack and above the memory */
static size_t page_size;

/* Written by the handler, read after the swap that it redirected to. */
static const char *volatile fault;

static bool in_page(const char *page, const void *address) {
  return (uintptr_t)address - (uintptr_t)page < page_size;
}

static void on_fault(int number, siginfo_t *info, void *ucontext) {
  if (in_page(stack - page_size, info->si_addr)) {
    fault = "stack overflow";
  } else if (in_page(memory + MEMORY_SIZE, info->si_addr)) {
    fault = "write past the end of its memory";
  } else {
    /* A fault of our own: let it happen again, and end the program as usual. */
    signal(number, SIG_DFL);
    return;
  }
  ctx_redirect_signal(ucontext, &host);
}

static char *map(size_t size) {
  void *mapping = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED) {
    perror("mmap");
    exit(1);
  }
  return mapping;
}

static void make_guard(char *page) {
  if (mprotect(page, page_size, PROT_NONE) != 0) {
    perror("mprotect");
    exit(1);
  }
}

static void set_up(void) {
  page_size = (size_t)sysconf(_SC_PAGESIZE);
  stack = map(page_size + STACK_SIZE) + page_size;
  make_guard(stack - page_size);
  memory = map(MEMORY_SIZE + page_size);
  make_guard(memory + MEMORY_SIZE);

  /* Roomy: with AVX-512 the kernel's frame alone takes more than SIGSTKSZ's traditional 8 KiB. */
  stack_t alternate = {.ss_sp = map(STACK_SIZE), .ss_size = STACK_SIZE};
  struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  if (sigaltstack(&alternate, NULL) != 0 || sigaction(SIGSEGV, &action, NULL) != 0) {
    perror("sigaction");
    exit(1);
  }
}

/* Runs one call, on the same stack and in the same context as the one before, faulted or not. */
static void run(const char *title, ctx_entry entry, const ctx_value *args, size_t num_args) {
  ctx_status status = ctx_init(&guest, stack, STACK_SIZE, entry, args, num_args);
  if (status != CTX_OK) {
    fprintf(stderr, "ctx_init: %s\n", ctx_status_message(status));
    exit(1);
  }
  ctx_swap(&host, &guest);
  if (ctx_has_returned(&guest)) {
    printf("%s: returned %llu\n", title, (unsigned long long)ctx_retval_u64(&guest));
  } else {
    printf("%s: %s\n", title, fault);
  }
}

/* The guest's functions. They know nothing of contexts. */
static uint64_t ackermann(uint64_t m, uint64_t n) {
  if (m == 0) return n + 1;
  return ackermann(m - 1, n == 0 ? 1 : ackermann(m, n - 1));
}

static size_t fill(char *bytes, size_t size, char byte) {
  memset(bytes, byte, size);
  return size;
}

int main(void) {
  set_up();
  run("ackermann(2, 3)", (ctx_entry)ackermann, CTX_ARGS(ctx_u64(2), ctx_u64(3)));
  run("ackermann(4, 2)", (ctx_entry)ackermann, CTX_ARGS(ctx_u64(4), ctx_u64(2)));
  run("fill, all of it", (ctx_entry)fill, CTX_ARGS(memory, ctx_usize(MEMORY_SIZE), 'x'));
  run("fill, and one more", (ctx_entry)fill, CTX_ARGS(memory, ctx_usize(MEMORY_SIZE + 1), 'x'));
  run("ackermann(3, 3)", (ctx_entry)ackermann, CTX_ARGS(ctx_u64(3), ctx_u64(3)));
  return 0;
}
