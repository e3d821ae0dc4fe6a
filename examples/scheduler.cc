// A scheduler with timeouts: tasks sleep, and wait for events for so long and no longer. Time is a
// number that jumps to the next deadline, so that this prints the same each time; a real one would
// wait where run() jumps, in epoll_wait for example.
#include <cstdio>
#include <deque>
#include <list>
#include <map>
#include <utility>

#include "ctx/ctx.hpp"

/* ---- The scheduler ---- */

class scheduler {
  struct task {
    ctx::self *self = nullptr;
    bool is_late = false;
    ctx::coroutine<void> code;

    template <typename F>
    task(scheduler &of, F f)
        : code([this, &of, f = std::move(f)](ctx::self &by) mutable {
            self = &by;
            f(of);
          }) {}
  };

 public:
  using event = std::list<task *>;

  // Makes a task of f(scheduler &), which begins in run().
  template <typename F>
  void start(F f) {
    tasks_.emplace_back(*this, std::move(f));
    ready_.push_back(&tasks_.back());
  }

  int now() const { return now_; }
  void sleep(int duration) { wait(nowhere_, duration); }

  // Returns whether the event came in time.
  bool wait(event &what, int duration) {
    task *const waiter = current_;
    const auto timer = timers_.emplace(now_ + duration, waiter);
    const auto place = what.insert(what.end(), waiter);
    waiter->self->yield();
    if (waiter->is_late) {
      what.erase(place);
    } else {
      timers_.erase(timer);
    }
    return !std::exchange(waiter->is_late, false);
  }

  // Wakes who has waited longest.
  void notify(event &what) {
    if (what.empty()) return;
    ready_.push_back(what.front());
    what.pop_front();
  }

  // Runs all tasks to their ends.
  void run() {
    while (!ready_.empty() || !timers_.empty()) {
      if (ready_.empty()) {
        const auto next = timers_.begin();
        now_ = next->first;
        next->second->is_late = true;
        ready_.push_back(next->second);
        timers_.erase(next);
      }
      current_ = ready_.front();
      ready_.pop_front();
      current_->code.resume();
    }
  }

 private:
  int now_ = 0;
  event nowhere_;
  std::multimap<int, task *> timers_;
  std::deque<task *> ready_;
  task *current_ = nullptr;
  std::list<task> tasks_;  // destroyed first: a task that is suspended is cancelled
};

/* ---- What runs in it ---- */

namespace {

struct mailbox {
  scheduler::event arrived;
  std::deque<std::pair<int, int>> letters;  // a question, and its answer
};

// Answers each question, and takes longer for each.
void serve(scheduler &on, mailbox &questions, mailbox &answers) {
  for (int delay = 5;; delay *= 2) {
    while (questions.letters.empty()) {
      if (!on.wait(questions.arrived, 1000)) {
        std::printf("%4d  server: nobody has asked for a second\n", on.now());
        return;
      }
    }
    const int question = questions.letters.front().first;
    questions.letters.pop_front();
    on.sleep(delay);
    answers.letters.emplace_back(question, question * question);
    on.notify(answers.arrived);
  }
}

void ask(scheduler &on, mailbox &questions, mailbox &answers) {
  for (int i = 1; i <= 5; i++) {
    questions.letters.emplace_back(i, 0);
    on.notify(questions.arrived);
    if (answers.letters.empty() && !on.wait(answers.arrived, 30)) {
      std::printf("%4d  client: no answer to %d in time\n", on.now(), i);
      continue;
    }
    const auto [question, answer] = answers.letters.front();
    std::printf("%4d  client: %d squared is %d\n", on.now(), question, answer);
    answers.letters.pop_front();
  }
}

}  // namespace

int main() {
  mailbox questions, answers;
  scheduler all;
  all.start([&](scheduler &on) { serve(on, questions, answers); });
  all.start([&](scheduler &on) { ask(on, questions, answers); });
  all.run();
  return 0;
}
