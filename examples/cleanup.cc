// Cancelling frees what a suspended context holds: locks, files, memory; innermost first. Once in
// C++, where a coroutine is destroyed; once by ctx_cancel, as a scheduler in C does it.
#include <sys/stat.h>

#include <cstdio>
#include <memory>
#include <mutex>

#include "ctx/ctx.hpp"

namespace {

std::mutex lock;
int last_descriptor;

struct closer {
  void operator()(std::FILE *file) const { std::fclose(file); }
};

struct noisy {
  const char *name;
  ~noisy() { std::printf("  %s ends\n", name); }
};

bool is_open(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0;
}

// Holds a lock, a file and memory, in three frames, and suspends itself.
template <typename Suspend>
void write_file(Suspend suspend) {
  const noisy frame{"write_file"};
  const std::unique_ptr<std::FILE, closer> file(std::tmpfile());
  last_descriptor = fileno(file.get());
  const std::unique_ptr<char[]> buffer(new char[4096]);
  suspend();
  std::puts("not reached");
}
template <typename Suspend>
void with_lock(Suspend suspend) {
  const noisy frame{"with_lock"};
  const std::lock_guard<std::mutex> guard(lock);
  write_file(suspend);
}
template <typename Suspend>
void job(Suspend suspend) {
  const noisy frame{"job"};
  with_lock(suspend);
}

void report(const char *when) {
  const bool is_free = lock.try_lock();
  if (is_free) lock.unlock();
  std::printf("%s: the lock is %s, the file is %s\n", when, is_free ? "free" : "held",
              is_open(last_descriptor) ? "open" : "closed");
}

ctx_context host, child;

// The external function, by a pointer that compilers cannot see through: so each of them runs the
// cleanups of the function that is suspended, too. docs/pitfalls.md has a table.
ctx_context *(*volatile external_yield)(ctx_context *) = ctx_yield;

void entry() {
  job([] { (void)external_yield(&child); });
}

}  // namespace

int main() {
  {
    ctx::coroutine<void> task([](ctx::self &self) { job([&] { self.yield(); }); });
    task.resume();
    report("coroutine, suspended");
  }
  report("coroutine, destroyed");

  ctx_stack stack;
  if (ctx_stack_map(&stack, CTX_STACK_DEFAULT_SIZE) != CTX_OK) return 1;
  if (CTX_START(&child, stack.base, stack.size, entry) != CTX_OK) return 1;
  ctx_swap(&host, &child);
  report("context, suspended");
  const ctx_status status = ctx_cancel(&host, &child);
  std::printf("ctx_cancel: %s\n", ctx_status_message(status));
  report("context, cancelled");
  ctx_stack_unmap(&stack);
  return 0;
}
