/* The order of the stores to `parent` and `waits`, against unwinders. In Promela, for SPIN.
 * x86_64_sysv/README.md says which instruction each step stands for, README.md what is checked,
 * and what is left out. */

/* THREADS is 1 or 2; CONTEXTS is up to 5, the hosts of the threads among them. */
#ifndef THREADS
#define THREADS 2
#endif
#ifndef CONTEXTS
#define CONTEXTS 4
#endif
/* So many stores of a thread may be on their way to memory, in their order. 0: none. */
#ifndef BUFFER
#define BUFFER 0
#endif

/* ---- Memory ---- */

/* Contexts 1 to THREADS are the hosts in which threads begin. The others are children. */
#define NOBODY 0
byte parent[CONTEXTS + 1];
byte waits[CONTEXTS + 1];
/* For what a context's saved words and frames are good: they are those of its last switch, which
 * was a swap to this context. NOBODY: they are others, or are out of date, and no unwinder may go
 * by them. It stands for the words and for the whole stack, since what resumes a context writes to
 * its stack only from then on. */
byte left[CONTEXTS + 1];

/* ---- The program's own knowledge, which keeps the contract ---- */

bool idle[CONTEXTS + 1]; /* fresh, or suspended and published: any thread may take it */

/* ---- The truth, for the check that nothing is cut off ---- */

/* The context for which this one is suspended: it has swapped there, that swap is over, and nobody
 * has swapped there since. */
byte swapped[CONTEXTS + 1];

byte running[THREADS + 1]; /* where a thread's stack pointer is */

/* ---- Stores ---- */

#define PAIR 1    /* parent, and waits = NOBODY, in one */
#define PARENT 2
#define WAITS 3
#define LEFT 4
#define PUBLISH 5 /* the program's own: a lock is released, or the like */

inline apply(what_, which_, value_) {
  if
  :: what_ == PAIR -> parent[which_] = value_; waits[which_] = NOBODY
  :: what_ == PARENT -> parent[which_] = value_
  :: what_ == WAITS -> waits[which_] = value_
  :: what_ == LEFT -> left[which_] = value_
  :: what_ == PUBLISH -> idle[which_] = true
  fi
}

#if BUFFER > 0
typedef buffer {
  byte length;
  byte what[BUFFER];
  byte which[BUFFER];
  byte value[BUFFER]
}
buffer on_way[THREADS + 1];
#define HAS_ROOM(n_) (on_way[me].length + n_ <= BUFFER)
inline store(what_, which_, value_) {
  on_way[me].what[on_way[me].length] = what_;
  on_way[me].which[on_way[me].length] = which_;
  on_way[me].value[on_way[me].length] = value_;
  on_way[me].length++
}
#else
#define HAS_ROOM(n_) true
#define store(what_, which_, value_) apply(what_, which_, value_)
#endif

/* ---- Looking ---- */

hidden byte c, i, n, eye;

#if BUFFER > 0
hidden byte seen_parent[CONTEXTS + 1];
hidden byte seen_waits[CONTEXTS + 1];
hidden byte seen_left[CONTEXTS + 1];

/* The memory as a thread sees it: its own stores that are on their way count for it alone. */
inline see(t_) {
  for (c : 1 .. CONTEXTS) {
    seen_parent[c] = parent[c];
    seen_waits[c] = waits[c];
    seen_left[c] = left[c]
  }
  i = 0;
  do
  :: i < on_way[t_].length ->
    n = on_way[t_].which[i];
    if
    :: on_way[t_].what[i] == PAIR ->
      seen_parent[n] = on_way[t_].value[i];
      seen_waits[n] = NOBODY
    :: on_way[t_].what[i] == PARENT -> seen_parent[n] = on_way[t_].value[i]
    :: on_way[t_].what[i] == WAITS -> seen_waits[n] = on_way[t_].value[i]
    :: on_way[t_].what[i] == LEFT -> seen_left[n] = on_way[t_].value[i]
    :: else
    fi;
    i++
  :: else -> break
  od
}
#else
#define seen_parent parent
#define seen_waits waits
#define seen_left left
#endif

/* The rule of the root frame. */
#define FOLLOWS(c_) (seen_parent[c_] != NOBODY && seen_waits[seen_parent[c_]] == c_)

/* Looks from each context: an unwinder may have come to any of them. */
inline look() {
  for (c : 1 .. CONTEXTS) {
    assert(!FOLLOWS(c) || seen_left[seen_parent[c]] == c); /* what is followed is true */
    i = c;
    n = 0;
    do
    :: FOLLOWS(i) ->
      i = seen_parent[i];
      n++;
      assert(n < CONTEXTS) /* chains end */
    :: else -> break
    od;
    /* Nothing true is cut off. The truth is known here at once, so stores must be, too. */
    assert(BUFFER > 0 || swapped[c] == NOBODY ||
           (seen_parent[swapped[c]] == c && seen_waits[c] == swapped[c]))
  }
}

/* All looks that can be made now, by handlers on each thread. */
inline look_all() {
#if BUFFER > 0
  for (eye : 1 .. THREADS) {
    see(eye);
    look()
  };
#else
  look();
#endif
  c = 0 /* SPIN wants no loop at the end of a d_step */
}

/* ---- One instruction ---- */

#define STEP(what_, which_, value_) \
  d_step { HAS_ROOM(1) -> store(what_, which_, value_); look_all() }

/* The stack pointer changes, and what runs there begins to change its stack. If the context that
 * was left is suspended, the program publishes that from here on. */
#define GO_ON_AFTER(action_) \
  d_step {                   \
    HAS_ROOM(2) ->           \
    running[me] = to;        \
    store(LEFT, to, NOBODY); \
    action_;                 \
    from = NOBODY;           \
    to = NOBODY;             \
    look_all()               \
  }

/* ---- The program ---- */

/* An operation on `to` begins: what was true of `to` ends. */
#define BEGIN(c_, label_)  \
  to = c_;                 \
  idle[c_] = false;        \
  swapped[c_] = NOBODY;    \
  goto label_

/* It swaps to any context that it can take, sets one, or makes a child anew. */
#define MAY_TAKE(c_)                     \
  :: idle[c_] -> BEGIN(c_, swap)         \
  :: idle[c_] -> BEGIN(c_, set)          \
  :: c_ > THREADS && idle[c_] -> BEGIN(c_, fresh)

#define MAY_RESUME(c_) :: idle[c_] -> BEGIN(c_, set)

#if CONTEXTS == 2
#define ANY(may_) may_(1) may_(2)
#elif CONTEXTS == 3
#define ANY(may_) may_(1) may_(2) may_(3)
#elif CONTEXTS == 4
#define ANY(may_) may_(1) may_(2) may_(3) may_(4)
#else
#define ANY(may_) may_(1) may_(2) may_(3) may_(4) may_(5)
#endif

/* In the midst of a switch a handler may discard what runs, and resume another context. The one
 * that was to be resumed may be taken by anybody again. */
#ifdef NO_HANDLERS
#define MAY_INTERRUPT
#else
#define MAY_INTERRUPT :: atomic { idle[to] = true; goto interrupted }
#endif

/* Nobody is suspended for `to` any longer. */
inline forget() {
  for (c : 1 .. CONTEXTS) {
    if
    :: swapped[c] == to -> swapped[c] = NOBODY
    :: else
    fi
  }
}

/* One store, or what comes before it is where a handler breaks in. */
#define STORE(what_, which_, value_)   \
  if                                   \
  :: STEP(what_, which_, value_)       \
  MAY_INTERRUPT                        \
  fi

proctype thread(byte me) {
  byte from, to;

loop:
  atomic {
    from = running[me];
    if
    ANY(MAY_TAKE)
    :: parent[from] != NOBODY && idle[parent[from]] -> BEGIN(parent[from], yield)
    :: from > THREADS && parent[from] != NOBODY && idle[parent[from]] ->
      BEGIN(parent[from], finish)
    fi
  }

swap: atomic { forget() }; /* ctx_swap(from, to) */
#if defined(PLANT_SWAP_WAITS_FIRST)
  STORE(LEFT, from, to);
  STORE(WAITS, from, to);
  STORE(PAIR, to, from);
#elif defined(PLANT_SWAP_SAVES_LAST)
  STORE(PAIR, to, from);
  STORE(WAITS, from, to);
  STORE(LEFT, from, to);
#elif defined(PLANT_SWAP_CLEARS_NOTHING)
  STORE(LEFT, from, to);
  STORE(PARENT, to, from);
  STORE(WAITS, from, to);
#elif defined(PLANT_SWAP_SETS_NOTHING)
  STORE(LEFT, from, to);
  STORE(PAIR, to, from);
#elif defined(PAIR_IN_TWO_PARENT_FIRST) /* right, too: nobody depends on the store of 16 bytes */
  STORE(LEFT, from, to);
  STORE(PARENT, to, from);
  STORE(WAITS, to, NOBODY);
  STORE(WAITS, from, to);
#elif defined(PAIR_IN_TWO_WAITS_FIRST)
  STORE(LEFT, from, to);
  STORE(WAITS, to, NOBODY);
  STORE(PARENT, to, from);
  STORE(WAITS, from, to);
#else
  STORE(LEFT, from, to);
  STORE(PAIR, to, from);
  STORE(WAITS, from, to);
#endif
  if
  :: GO_ON_AFTER(store(PUBLISH, from, 0); swapped[from] = to)
  MAY_INTERRUPT
  fi;
  goto loop;

yield: atomic { skip }; /* ctx_yield(from), whose parent is `to` */
  STORE(LEFT, from, NOBODY);
#ifndef PLANT_YIELD_CLEARS_NOTHING
  STORE(WAITS, to, NOBODY);
#endif
  if
  :: GO_ON_AFTER(store(PUBLISH, from, 0))
  MAY_INTERRUPT
  fi;
  goto loop;

finish: atomic { skip }; /* the entry of `from` has returned; its parent is `to` */
#ifndef PLANT_RETURN_CLEARS_NOTHING
  STORE(WAITS, to, NOBODY);
#endif
  if
  :: GO_ON_AFTER(store(PUBLISH, from, 0))
  MAY_INTERRUPT
  fi;
  goto loop;

set: atomic { skip }; /* ctx_set(to), ctx_set_from_signal(to), ctx_redirect_signal(..., to) */
#ifndef PLANT_SET_CLEARS_NOTHING
  STORE(WAITS, to, NOBODY);
#endif
  if
  :: GO_ON_AFTER(store(PUBLISH, from, 0))
  MAY_INTERRUPT
  fi;
  goto loop;

fresh: atomic { forget() }; /* ctx_init(to, ...) */
#ifdef PLANT_INIT_CLEARS_LAST
  STEP(LEFT, to, NOBODY);
#endif
  STEP(PAIR, to, NOBODY);
  d_step {
    HAS_ROOM(2) ->
    store(LEFT, to, NOBODY);
    store(PUBLISH, to, 0);
    from = NOBODY;
    to = NOBODY;
    look_all()
  };
  goto loop;

interrupted:
  atomic {
    to = NOBODY;
    if
    ANY(MAY_RESUME)
    fi
  }
}

#if BUFFER > 0
/* Stores reach memory in the order in which they were made, whenever they like. */
inline drain(t_) {
  d_step {
    on_way[t_].length > 0 ->
    apply(on_way[t_].what[0], on_way[t_].which[0], on_way[t_].value[0]);
    for (i : 1 .. BUFFER - 1) {
      on_way[t_].what[i - 1] = on_way[t_].what[i];
      on_way[t_].which[i - 1] = on_way[t_].which[i];
      on_way[t_].value[i - 1] = on_way[t_].value[i]
    }
    on_way[t_].what[BUFFER - 1] = 0;
    on_way[t_].which[BUFFER - 1] = 0;
    on_way[t_].value[BUFFER - 1] = 0;
    on_way[t_].length--;
    look_all()
  }
}
proctype memory() {
  do
  :: drain(1)
#if THREADS > 1
  :: drain(2)
#endif
  od
}
#endif

init {
  atomic {
    for (c : 1 .. THREADS) {
      running[c] = c
    }
    for (c : THREADS + 1 .. CONTEXTS) {
      idle[c] = true
    }
    c = 0;
    run thread(1);
#if THREADS > 1
    run thread(2);
#endif
#if BUFFER > 0
    run memory()
#endif
  }
}
