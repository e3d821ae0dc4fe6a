// Coroutines and generators of C++17 and later, on stacks of their own. A header alone; Bazel's
// target is //ctx:cc.
//
//     ctx::coroutine task([](ctx::self &self, std::string name) {
//       self.yield();
//       return name.size();
//     }, "name");
//     while (task.resume()) {}
//     size_t size = task.result();
//
//     ctx::generator<int> numbers([](auto &yield, int limit) {
//       for (int i = 0; i < limit; i++) yield(i);
//     }, 10);
//     for (int i : numbers) ...
//
// A callable and its arguments are decayed and moved, as by std::thread: wrap what is to be a
// reference in std::ref. They lie on the coroutine's stack, and nothing is on the heap.
//
// Exceptions. What leaves the callable is thrown by resume(). A coroutine that is destroyed while
// it is suspended is cancelled: its yield() throws an object of a private type, so that all
// destructors run, whatever the compiler. Code that catches it with `catch (...)` and goes on may
// not yield again: that is std::terminate. A suspension inside a `catch` block is fine, which it is
// not in plain ctx: each coroutine has its own list of handled exceptions. With -fno-exceptions a
// coroutine that is destroyed while it is suspended is dropped, without destructors, and what
// cannot be made ends the program.
//
// Threads. A coroutine may be resumed by one thread after another, if the two are ordered. It is
// destroyed by who may resume it, never by itself.
#ifndef CTX_CTX_HPP_
#define CTX_CTX_HPP_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <functional>
#include <iterator>
#include <memory>
#include <new>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "ctx/ctx.h"

#ifdef __cpp_exceptions
#include <cxxabi.h>
#define CTX_HPP_HAS_EXCEPTIONS_ 1
#else
#define CTX_HPP_HAS_EXCEPTIONS_ 0
#endif

namespace ctx {

/* ---- Errors ---- */

// Thrown where a stack or a context cannot be made.
class error : public std::exception {
 public:
  explicit error(ctx_status status) : status_(status) {}
  ctx_status status() const noexcept { return status_; }
  const char *what() const noexcept override { return ctx_status_message(status_); }

 private:
  ctx_status status_;
};

namespace detail {

inline void check(ctx_status status) {
  if (status == CTX_OK) return;
#if CTX_HPP_HAS_EXCEPTIONS_
  throw error(status);
#else
  std::abort();
#endif
}

}  // namespace detail

/* ---- Stacks ---- */

// A stack that is given back where it came from. Move-only.
class stack {
 public:
  // Mapped, with a guard: ctx_stack_map.
  explicit stack(std::size_t size = CTX_STACK_DEFAULT_SIZE) {
    detail::check(ctx_stack_map(&stack_, size));
    release_ = [](void *, ctx_stack *of) { ctx_stack_unmap(of); };
  }
  // Memory of the caller's, which has to live as long: its end a multiple of 16.
  stack(void *base, std::size_t size) : stack_{} {
    stack_.base = base;
    stack_.size = size;
    release_ = [](void *, ctx_stack *) {};
  }
  stack(stack &&other) noexcept
      : stack_(other.stack_),
        release_(std::exchange(other.release_, nullptr)),
        owner_(other.owner_) {}
  stack &operator=(stack &&other) noexcept {
    if (this != &other) {
      this->~stack();
      new (this) stack(std::move(other));
    }
    return *this;
  }
  ~stack() {
    if (release_ != nullptr) release_(owner_, &stack_);
  }

  void *base() const noexcept { return stack_.base; }
  std::size_t size() const noexcept { return stack_.size; }

 private:
  friend class stack_pool;
  using releaser = void (*)(void *owner, ctx_stack *of);
  stack(const ctx_stack &taken, releaser release, void *owner) noexcept
      : stack_(taken), release_(release), owner_(owner) {}

  ctx_stack stack_;
  releaser release_;
  void *owner_ = nullptr;
};

// ctx_stack_pool, with its rules for threads. It has to outlive its stacks.
class stack_pool {
 public:
  stack_pool(std::size_t stack_size, std::size_t capacity) {
    ctx_stack_pool *pool;
    detail::check(ctx_stack_pool_create(&pool, stack_size, capacity));
    pool_.reset(pool);
  }
  stack take() {
    ctx_stack taken;
    detail::check(ctx_stack_pool_take(pool_.get(), &taken));
    return stack(
        taken,
        [](void *pool, ctx_stack *of) {
          ctx_stack_pool_give(static_cast<ctx_stack_pool *>(pool), of);
        },
        pool_.get());
  }
  ctx_stack_pool *get() const noexcept { return pool_.get(); }

 private:
  struct destroy {
    void operator()(ctx_stack_pool *pool) const noexcept { ctx_stack_pool_destroy(pool); }
  };
  std::unique_ptr<ctx_stack_pool, destroy> pool_;
};

namespace detail {

/* ---- Handled exceptions ---- */

#if CTX_HPP_HAS_EXCEPTIONS_

// Thrown to cancel. Not an std::exception, so that few handlers take it.
struct cancelled {};

// The list of handled exceptions, and the number of uncaught ones: Itanium C++ ABI, exception
// handling, 2.2.2. They are the thread's, so a switch exchanges them.
struct handled_exceptions {
  void *caught = nullptr;
  unsigned num_uncaught = 0;
  std::uintptr_t any() const noexcept {
    return reinterpret_cast<std::uintptr_t>(caught) | num_uncaught;
  }
};

// Those of the calling thread. The C++ library's header says that the result is always the same,
// and a compiler would ask once where a coroutine goes from thread to thread; or it has no such
// declaration.
handled_exceptions *handled_by_this_thread() noexcept __asm__("__cxa_get_globals");

// Where they are, once the thread has asked. Until then they seem to have something in them.
inline handled_exceptions not_asked_for{&not_asked_for, 1};

// A library that is loaded later may have no room for a thread-local of the quick kind.
#if defined(__PIC__) && !defined(__PIE__)
inline __thread handled_exceptions *handled_here = &not_asked_for;
[[gnu::noinline]] inline handled_exceptions *handled_now() noexcept {
  handled_exceptions **here = &handled_here;
  __asm__ volatile("" : "+r"(here));
  return *here;
}
#else
inline __thread handled_exceptions *handled_here __asm__("ctx_handled_here_")
    __attribute__((tls_model("initial-exec"), used)) = &not_asked_for;
[[gnu::always_inline]] inline handled_exceptions *handled_now() noexcept {
  handled_exceptions *here;
  CTX_LOAD_OF_THREAD_(here, "ctx_handled_here_");
  return here;
}
#endif

#endif

/* ---- What all coroutines have ---- */

// It lies above the stack that it runs on, in the same memory.
struct core {
  ctx_context child;
  ctx_context host = {};
  stack memory;
  void (*destroy)(core *) noexcept;
  bool is_cancelling = false;
  bool is_done = false;
  const volatile void *value = nullptr;  // what a generator has yielded last
#if CTX_HPP_HAS_EXCEPTIONS_
  handled_exceptions handled;  // of the side that is suspended
  std::exception_ptr thrown;   // once it is done
#endif

  explicit core(void (*by)(core *) noexcept) noexcept : memory(nullptr, 0), destroy(by) {}

  // A step is inlined: a function of its own would have all registers to save.
  [[gnu::always_inline]] void run() {
    swap();
#if CTX_HPP_HAS_EXCEPTIONS_
    if (is_done) rethrow();
#endif
  }

  [[gnu::always_inline]] void swap() noexcept {
#if CTX_HPP_HAS_EXCEPTIONS_
    // Mostly nobody handles anything, on either side.
    if (__builtin_expect((handled_now()->any() | handled.any()) != 0, 0))
      return swap_and_exchange();
    ctx_swap(&host, &child);
    // Nothing was saved of this side, so only the other side can have something.
    if (__builtin_expect(handled_now()->any() != 0, 0)) exchange();
#else
    ctx_swap(&host, &child);
#endif
  }

#if CTX_HPP_HAS_EXCEPTIONS_
  [[gnu::noinline]] void swap_and_exchange() noexcept {
    exchange();
    ctx_swap(&host, &child);
    exchange();
  }
  [[gnu::noinline]] void exchange() noexcept {
    handled_here = handled_by_this_thread();
    std::swap(*handled_here, handled);
  }
  [[gnu::noinline]] void rethrow() {
    if (thrown != nullptr) std::rethrow_exception(std::exchange(thrown, nullptr));
  }
#endif

  void yield() {
#if CTX_HPP_HAS_EXCEPTIONS_
    if (is_cancelling) std::terminate();
    (void)ctx_yield(&child);
    if (is_cancelling) throw cancelled();
#else
    (void)ctx_yield(&child);
#endif
  }

  // Ends it, with its destructors, and gives the memory back, in which it lies.
  void end() noexcept {
#if CTX_HPP_HAS_EXCEPTIONS_
    if (ctx_state(&child) == CTX_STATE_STARTED) {
      is_cancelling = true;
      swap();
    }
#endif
    stack last = std::move(memory);
    destroy(this);
  }
};

// A result, once there is one.
template <typename R>
struct core_of : core {
  using core::core;
  std::optional<R> result;
  template <typename Call>
  void call(Call &&by) {
    result.emplace(std::forward<Call>(by)());
  }
  R take() { return std::move(*result); }
};
template <typename R>
struct core_of<R &> : core {
  using core::core;
  R *result = nullptr;
  template <typename Call>
  void call(Call &&by) {
    result = std::addressof(std::forward<Call>(by)());
  }
  R &take() { return *result; }
};
template <>
struct core_of<void> : core {
  using core::core;
  template <typename Call>
  void call(Call &&by) {
    std::forward<Call>(by)();
  }
  void take() {}
};

// With the callable. `Handle`, of a core, is what the callable yields by; one that does not take it
// does not yield.
template <typename R, typename Handle, typename F, typename... A>
struct frame final : core_of<R> {
  F function;
  std::tuple<A...> arguments;

  template <typename G, typename... B>
  explicit frame(G &&f, B &&...b)
      : core_of<R>([](core *of) noexcept { static_cast<frame *>(of)->~frame(); }),
        function(std::forward<G>(f)),
        arguments(std::forward<B>(b)...) {}

  R call_function() {
    return std::apply(
        [this](A &...a) -> R {
          if constexpr (std::is_invocable_v<F, Handle &, A...>) {
            Handle handle(*this);
            return std::invoke(std::move(function), handle, std::move(a)...);
          } else {
            return std::invoke(std::move(function), std::move(a)...);
          }
        },
        arguments);
  }

  static void enter(frame *self) {
    run(self);
    self->is_done = true;
  }

 private:
  static void run(frame *self) {
#if CTX_HPP_HAS_EXCEPTIONS_
    try {
      self->call([self]() -> R { return self->call_function(); });
    } catch (const cancelled &) {
#ifdef __GLIBCXX__
    } catch (const abi::__forced_unwind &) {
      throw;  // the thread ends
#endif
    } catch (...) {
      self->thrown = std::current_exception();
    }
#else
    self->call([self]() -> R { return self->call_function(); });
#endif
  }
};

// An exception in here leaves the stack to the caller, which gives it back.
template <typename R, typename Handle, typename F, typename... A>
core_of<R> *make(stack memory, F &&f, A &&...a) {
  using made = frame<R, Handle, std::decay_t<F>, std::decay_t<A>...>;
  const std::uintptr_t base = reinterpret_cast<std::uintptr_t>(memory.base());
  const std::uintptr_t end = base + memory.size();
  if (memory.size() < sizeof(made) + alignof(made)) check(CTX_ERR_STACK_SMALL);
  const std::uintptr_t place = (end - sizeof(made)) / alignof(made) * alignof(made);
  void *const low = memory.base();
  auto *core =
      new (reinterpret_cast<void *>(place)) made(std::forward<F>(f), std::forward<A>(a)...);
  const ctx_status status = CTX_START(&core->child, low, place - base, &made::enter, core);
  if (status != CTX_OK) {
    core->~made();
    check(status);
  }
  core->memory = std::move(memory);
  return core;
}

template <typename Handle, typename F, typename... A>
using result_of = typename std::conditional_t<std::is_invocable_v<F, Handle &, A...>,
                                              std::invoke_result<F, Handle &, A...>,
                                              std::invoke_result<F, A...>>::type;

// Owns a core.
template <typename R>
class owner {
 public:
  explicit owner(core_of<R> *of) noexcept : core_(of) {}
  owner(owner &&other) noexcept : core_(std::exchange(other.core_, nullptr)) {}
  owner &operator=(owner &&other) noexcept {
    std::swap(core_, other.core_);
    return *this;
  }
  ~owner() {
    if (core_ != nullptr) core_->end();
  }
  core_of<R> *operator->() const noexcept { return core_; }

 private:
  core_of<R> *core_;
};

}  // namespace detail

/* ---- Coroutines ---- */

// A coroutine yields by it. It lives as long as the callable runs.
class self {
 public:
  explicit self(detail::core &of) noexcept : core_(of) {}
  self(const self &) = delete;
  self &operator=(const self &) = delete;
  // Goes on in whoever has called resume().
  void yield() { core_.yield(); }

 private:
  detail::core &core_;
};

// A call that can be suspended. Move-only; the moved-from one can only be destroyed or assigned to.
// REQUIRES: no thread ends in it (pthread_exit). Otherwise its frames are unwound, and the program
// ends by std::terminate.
template <typename R>
class coroutine {
 public:
  // f(self, a...), or f(a...) if it cannot be called so: on a mapped stack, or on this one.
  template <typename F, typename... A,
            typename = std::enable_if_t<!std::is_same_v<std::decay_t<F>, stack> &&
                                        !std::is_same_v<std::decay_t<F>, coroutine>>>
  explicit coroutine(F &&f, A &&...a)
      : coroutine(stack(), std::forward<F>(f), std::forward<A>(a)...) {}
  template <typename F, typename... A>
  coroutine(stack on, F &&f, A &&...a)
      : core_(detail::make<R, self>(std::move(on), std::forward<F>(f), std::forward<A>(a)...)) {}

  // Runs it until it yields, or ends. Returns whether it can be resumed again. Throws what the
  // callable has thrown: it has ended then. Of one that has ended it does nothing.
  [[gnu::always_inline]] bool resume() {
    if (done()) return false;
    core_->run();
    return !done();
  }
  bool done() const noexcept { return core_->is_done; }

  // Returns what the callable has returned, once. REQUIRES: it has.
  R result() { return core_->take(); }

 private:
  detail::owner<R> core_;
};
template <typename F, typename... A>
coroutine(F &&, A &&...) -> coroutine<detail::result_of<self, std::decay_t<F>, std::decay_t<A>...>>;
template <typename F, typename... A>
coroutine(stack, F &&, A &&...)
    -> coroutine<detail::result_of<self, std::decay_t<F>, std::decay_t<A>...>>;

/* ---- Generators ---- */

// An input range of what a callable yields: references to objects that live in it until it goes on.
template <typename T>
class generator {
 public:
  class yielder;
  class iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = std::remove_cv_t<T>;
    using difference_type = std::ptrdiff_t;
    using pointer = T *;
    using reference = T &;
    iterator() = default;
    reference operator*() const noexcept { return *of_->value(); }
    pointer operator->() const noexcept { return of_->value(); }
    [[gnu::always_inline]] iterator &operator++() {
      of_->next();
      return *this;
    }
    [[gnu::always_inline]] void operator++(int) { of_->next(); }
    friend bool operator==(const iterator &a, const iterator &b) noexcept {
      return a.is_over() == b.is_over();
    }
    friend bool operator!=(const iterator &a, const iterator &b) noexcept { return !(a == b); }

   private:
    friend class generator;
    explicit iterator(generator *of) noexcept : of_(of) {}
    bool is_over() const noexcept { return of_ == nullptr || of_->core_->is_done; }
    generator *of_ = nullptr;
  };

  // f(yield, a...), which calls yield(value).
  template <typename F, typename... A,
            typename = std::enable_if_t<!std::is_same_v<std::decay_t<F>, stack> &&
                                        !std::is_same_v<std::decay_t<F>, generator>>>
  explicit generator(F &&f, A &&...a)
      : generator(stack(), std::forward<F>(f), std::forward<A>(a)...) {}
  template <typename F, typename... A>
  generator(stack on, F &&f, A &&...a)
      : core_(
            detail::make<void, yielder>(std::move(on), std::forward<F>(f), std::forward<A>(a)...)) {
    static_assert(std::is_invocable_v<std::decay_t<F>, yielder &, std::decay_t<A>...>,
                  "ctx: a generator's callable takes what it yields by first");
  }
  generator(generator &&) noexcept = default;
  generator &operator=(generator &&) noexcept = default;

  // Runs it up to its first value, if it has not begun. One pass, in which it must not be moved.
  iterator begin() {
    if (value() == nullptr) next();
    return iterator(this);
  }
  iterator end() noexcept { return iterator(); }

 private:
  [[gnu::always_inline]] void next() {
    if (!core_->is_done) core_->run();
  }
  T *value() const noexcept { return static_cast<T *>(const_cast<void *>(core_->value)); }

  detail::owner<void> core_;
};

template <typename T>
class generator<T>::yielder {
 public:
  explicit yielder(detail::core &of) noexcept : core_(of) {}
  yielder(const yielder &) = delete;
  yielder &operator=(const yielder &) = delete;
  void operator()(T &value) {
    core_.value = std::addressof(value);
    core_.yield();
  }
  void operator()(T &&value) { (*this)(static_cast<T &>(value)); }

 private:
  detail::core &core_;
};

}  // namespace ctx

#endif  // CTX_CTX_HPP_
