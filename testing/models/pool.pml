/* The lists of a pool of stacks, and how it grows. In Promela, for SPIN.
 * README.md says which line of ctx/stack/pool.c each step stands for, what is checked, and what is
 * left out. */

/* Threads and slots are numbered from 1 on. A slot's number is its link, too. */
#ifndef THREADS
#define THREADS 2
#endif
#ifndef SLOTS
#define SLOTS 2
#endif
/* So many slots get their guards in one go. */
#ifndef CHUNK
#define CHUNK 2
#endif

/* ---- The pool ---- */

#define NONE 0
#define TAKEN 255
#define FREE 0
#define TRIMMED 1

byte head[2];
byte link[SLOTS + 1];
byte num_created;
byte num_guarded;
byte first_split = SLOTS + 1; /* that is none */

/* ---- What a thread has read of the lists ---- */

#define NO_LIST 2

/* A list's number of changes stands beside its head. Three forms of it:
 * - the number never wraps. Then it is the same exactly if nothing has changed since it was read;
 *   so a flag does, and programs may go on forever;
 * - COUNTER: the number itself, which wraps at COUNTER. So many CHANGES are made at most;
 * - PLANT_NO_NUMBER: there is none; PLANT_LINK_FOR_NUMBER: nor here, but a link of a slot that was
 *   taken meanwhile is noticed. */
typedef reading {
  byte list; /* which was read; NO_LIST: nobody compares with this any longer */
  byte head;
#ifdef COUNTER
  byte number
#else
  bool changed
#endif
}
reading seen[THREADS + 1];    /* for the exchange of a pop or a push */
reading before[THREADS + 1]; /* for a take that looks into both lists */

#ifdef COUNTER
byte number[2];
byte num_changes[2];
#endif

inline forget(reading_) {
  reading_.list = NO_LIST;
  reading_.head = NONE;
#ifdef COUNTER
  reading_.number = 0
#else
  reading_.changed = false
#endif
}

inline read(reading_, list_) {
  reading_.list = list_;
  reading_.head = head[list_];
#ifdef COUNTER
  reading_.number = number[list_]
#else
  reading_.changed = false
#endif
}

#if defined(PLANT_NO_NUMBER)
#define IS_SAME(reading_, list_) (reading_.head == head[list_])
#elif defined(PLANT_LINK_FOR_NUMBER)
#define IS_SAME(reading_, list_) (reading_.head == head[list_] && next != TAKEN)
#elif defined(COUNTER)
#define IS_SAME(reading_, list_) \
  (reading_.head == head[list_] && reading_.number == number[list_])
#else
#define IS_SAME(reading_, list_) (!reading_.changed)
#endif

#ifdef COUNTER
#define MAY_CHANGE(list_) (num_changes[list_] < CHANGES)
#else
#define MAY_CHANGE(list_) true
#endif

hidden byte i, who, listed;

inline change(list_, link_) {
  head[list_] = link_;
#ifdef COUNTER
  number[list_] = (number[list_] + 1) % COUNTER;
  num_changes[list_]++
#else
  for (who : 1 .. THREADS) {
    if
    :: seen[who].list == list_ -> seen[who].changed = true
    :: else
    fi;
    if
    :: before[who].list == list_ -> before[who].changed = true
    :: else
    fi
  }
#endif
}

/* ---- The truth ---- */

bool held[SLOTS + 1];        /* it is owned, or a thread is about to own it, give it or trim it */
bool owned[SLOTS + 1];       /* a take has returned it. Any thread may give it */
bool guard[SLOTS + 1];       /* its guard was made */
bool split[SLOTS + 1];       /* ... and splits the mapping */
bool growing[THREADS + 1];   /* a thread makes guards */
bool saw_none[THREADS + 1];  /* all slots were held at some time in the look of a take */

#define ALL_ARE_HELD (head[FREE] == NONE && head[TRIMMED] == NONE && num_created == SLOTS)

/* Each slot that was created is held, or in one list, once. */
inline check() {
  listed = 0;
  for (who : FREE .. TRIMMED) {
    i = head[who];
    do
    :: i == NONE -> break
    :: else ->
      assert(i <= SLOTS);             /* a list has links only */
      assert(!held[i]);               /* no slot has two owners */
      assert((listed >> i) % 2 == 0); /* no slot is listed twice */
      listed = listed | (1 << i);
      i = link[i]
    od
  }
  for (i : 1 .. SLOTS) {
    assert(i > num_created || held[i] || (listed >> i) % 2 == 1) /* no slot is lost */
  }
  for (who : 1 .. THREADS) {
    saw_none[who] = saw_none[who] || (before[who].list == FREE && ALL_ARE_HELD)
  }
  listed = 0;
  i = 0;
  who = 0
}

/* The statistics of the pool count a guard that splits at least once. What is made just now may be
 * missing. */
inline check_split() {
#ifdef MARKS_MAY_END
  who = 0;
  listed = 0;
  for (i : 1 .. THREADS) {
    listed = listed + growing[i]
  }
  for (i : 1 .. SLOTS) {
    who = who + (split[i] && i <= num_guarded)
  }
  /* Splits are counted. */
  assert(listed > 0 || who == 0 || first_split + who <= num_guarded + 1);
#ifdef COUNTS_NO_OTHERS
  assert(listed > 0 || first_split + who >= num_guarded + 1);
#endif
  listed = 0;
  i = 0;
  who = 0
#else
  skip
#endif
}

/* ---- The lists ---- */

/* Pops into `slot`; NONE: the list was empty. */
inline pop(list_) {
  atomic { read(seen[me], list_) };
  do
  :: d_step { seen[me].head == NONE -> forget(seen[me]) }; break
  :: else ->
    next = link[seen[me].head];
    if
    :: d_step {
        IS_SAME(seen[me], list_) && MAY_CHANGE(list_) ->
        slot = seen[me].head;
        forget(seen[me]);
        held[slot] = true;
        change(list_, next);
        next = 0;
        check()
      };
#ifndef PLANT_POP_LEAVES_LINK
      link[slot] = TAKEN;
#endif
      break
    :: d_step { next = 0; read(seen[me], list_) } /* another list by now, or the weak form fails */
    fi
  od
}

/* Pushes `slot`. */
inline push(list_) {
  atomic { read(seen[me], list_) };
  do
  :: true ->
#ifndef PLANT_PUSH_LEAVES_LINK
    link[slot] = seen[me].head;
#endif
    if
    :: d_step {
        IS_SAME(seen[me], list_) && MAY_CHANGE(list_) ->
        forget(seen[me]);
        held[slot] = false;
        change(list_, slot);
        slot = NONE;
        check()
      };
      break
    :: d_step { read(seen[me], list_) }
    fi
  od
}

/* ---- Growing ---- */

#ifdef MARKS_MAY_END
bool marks_fail;
#else
#define marks_fail false
#endif

inline guard_slot() {
  seen_split = first_split;
  wants_split = (seen_split <= end + 1);
  if
  :: d_step { !wants_split && !marks_fail -> guard[end + 1] = true }
  :: d_step { !wants_split && marks_fail -> wants_split = true }
  :: wants_split
  fi;
  if
  :: d_step { wants_split -> guard[end + 1] = true; split[end + 1] = true }
#ifdef PLANT_SPLIT_STORED
    /* Whoever was to mark it, and has split it, stores. */
    if
    :: seen_split > end + 1 -> first_split = end + 1
    :: else
    fi
#else
    do
    :: d_step { seen_split > end + 1 && first_split == seen_split -> first_split = end + 1 };
      break
    :: d_step { seen_split > end + 1 -> seen_split = first_split }
    :: seen_split <= end + 1 -> break
    od
#endif
  :: !wants_split
  fi;
  atomic { seen_split = 0; wants_split = false }
}

#define PUBLISH_GUARDED(end_)                          \
  atomic {                                             \
    if                                                 \
    :: num_guarded == first -> num_guarded = end_      \
    :: else                                            \
    fi                                                 \
  }

/* Makes the guards of slots after `first`. */
inline grow() {
  end = first;
#ifdef PLANT_GUARDED_TOO_EARLY
  PUBLISH_GUARDED((first + CHUNK < SLOTS -> first + CHUNK : SLOTS));
#endif
  do
  :: end < SLOTS && end - first < CHUNK ->
    if
    :: guard_slot(); end++
#ifdef GUARDS_MAY_FAIL
    :: is_refused = (end == first); break
#endif
    fi
  :: else -> break
  od;
#ifndef PLANT_GUARDED_TOO_EARLY
  PUBLISH_GUARDED(end);
#endif
  atomic { end = 0; first = 0 }
}

/* Creates `slot`; NONE: all were created, or it is refused. */
inline create() {
  growing[me] = true;
  created = num_created;
  do
  :: created == SLOTS -> break
  :: else ->
    first = num_guarded;
    if
    :: created >= first ->
      grow();
      if
      :: is_refused -> break
      :: else -> created = num_created
      fi
    :: else ->
      if
      :: d_step {
          created == num_created ->
          num_created++;
          slot = num_created;
          assert(!held[slot]); /* no slot is created twice */
          held[slot] = true;
          first = 0;
          created = 0;
          check()
        };
        link[slot] = TAKEN;
        break
      :: d_step { first = 0; created = num_created }
      fi
    fi
  od;
  atomic { created = 0; growing[me] = false; check_split() }
}

/* ---- Taking ---- */

/* Pops into `slot` from either list; NONE: at some time there was none in either. */
inline reuse() {
  do
  :: atomic { read(before[me], FREE); saw_none[me] = ALL_ARE_HELD };
    pop(FREE);
    if
    :: slot == NONE -> pop(TRIMMED)
    :: else
    fi;
    if
    :: slot != NONE -> break
    :: else
    fi;
#ifdef PLANT_LOOKS_INTO_EACH_ONCE
    break
#else
    if
    :: IS_SAME(before[me], FREE) -> break
    :: else
    fi
#endif
  od;
  atomic { forget(before[me]) }
}

/* ---- The program: it takes, gives and trims forever ---- */

#if SLOTS == 1
#define ANY(may_) may_(1)
#elif SLOTS == 2
#define ANY(may_) may_(1) may_(2)
#else
#define ANY(may_) may_(1) may_(2) may_(3)
#endif

#define MAY_GIVE(slot_)                                                               \
  :: d_step {                                                                         \
    owned[slot_] ->                                                                   \
    assert(link[slot_] == TAKEN); /* a checked build takes it for one that is owned */ \
    owned[slot_] = false;                                                             \
    slot = slot_                                                                      \
  };                                                                                  \
  push(FREE)

proctype thread(byte me) {
  byte slot, next, most, created, first, end, seen_split;
  bool wants_split, is_refused;

  do
  :: pop(FREE);
    if
    :: slot == NONE -> reuse()
    :: else
    fi;
    if
    :: slot == NONE ->
      create();
#ifndef PLANT_LOOKS_BEFORE_GROWING_ONLY
      if
      :: slot == NONE -> reuse()
      :: else
      fi
#endif
    :: else
    fi;
    atomic {
      assert(slot != NONE || is_refused || saw_none[me]); /* a take fails rightly */
      assert(slot == NONE || guard[slot]);                /* a slot has its guard */
      owned[slot] = (slot != NONE);
      slot = NONE;
      saw_none[me] = false;
      is_refused = false
    }
#ifndef ONLY_TAKES
  ANY(MAY_GIVE)
#ifndef NO_TRIM
  :: num_created > 0 ->
    most = num_created;
    do
    :: most > 0 ->
      pop(FREE);
      if
      :: slot != NONE -> push(TRIMMED); most--
      :: else -> break
      fi
    :: else -> break
    od;
    most = 0
#endif
#endif
  od
}

#ifdef MARKS_MAY_END
/* Say, the program locks its memory. */
proctype system() { marks_fail = true }
#endif

init {
  atomic {
    for (who : 1 .. THREADS) {
      forget(seen[who]);
      forget(before[who])
    }
    who = 0;
    run thread(1);
#if THREADS > 1
    run thread(2);
#endif
#if THREADS > 2
    run thread(3);
#endif
#ifdef MARKS_MAY_END
    run system()
#endif
  }
}
