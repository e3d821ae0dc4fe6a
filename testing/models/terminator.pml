/* Termination of a running context from other threads. In Promela, for SPIN.
 * README.md says which line of ctx/context/terminator.c each step stands for, what is checked, and
 * what is left out. */

#ifndef THREADS
#define THREADS 2
#endif
#ifndef KILLERS
#define KILLERS 2
#endif
/* So many guests, one after the other, with the same terminator. */
#ifndef GENERATIONS
#define GENERATIONS 2
#endif

/* ---- The terminator ---- */

#define FINISHED 0
#define CANCELLED 1
#define TERMINATED 2
#define PENDING 3
#define GUEST 4
#define HOST 5
#define KILL 16

byte word = FINISHED; /* its state; */
byte generation;      /* ... and its generation. They change together */
byte tid;

/* ---- Threads ---- */

bool current[THREADS + 1]; /* the thread's current terminator is this one */
bool pending[THREADS + 1]; /* the signal was sent to it, and has not arrived */

/* ---- The truth ---- */

bool busy;             /* a thread runs the guest, or prepares it: the program's own lock */
bool has_ended = true; /* ... and its runner knows */
bool has_run;
bool in_call;    /* in a host call, which must not be cut */
bool on_stack;   /* the guest's stack is in use, and its host suspended */
byte running_on; /* the thread that has resumed the guest last */
byte num_sending; /* killers that have set KILL in guest code, and not sent the signal */
byte answer[GENERATIONS + 1]; /* what a killer was told: PENDING: nothing, CANCELLED, TERMINATED */

/* After each step. A guest that is to end, and is in guest code, gets a signal. */
#define CHECK assert(word != GUEST + KILL || num_sending > 0 || pending[running_on])

#define TERMINATE                            \
  assert(!in_call); /* no host call is cut */ \
  word = TERMINATED;                         \
  assert(answer[generation] == TERMINATED) /* somebody wants it */

/* ---- Threads that run guests ---- */

#ifdef PLANT_HANDLER_BELIEVES_THE_SIGNAL
#define HANDLER_ACTS (current[me])
#elif defined(PLANT_HANDLER_TAKES_HOST)
#define HANDLER_ACTS (current[me] && (word == GUEST + KILL || word == HOST + KILL))
#elif defined(PLANT_HANDLER_TAKES_GUEST)
#define HANDLER_ACTS (current[me] && (word == GUEST + KILL || word == GUEST))
#else
#define HANDLER_ACTS (current[me] && word == GUEST + KILL)
#endif

/* The signal arrives here, or later. If the handler redirects, the thread goes on in the host. */
#define INTERRUPT                                                      \
  if                                                                   \
  :: d_step {                                                          \
      pending[me] ->                                                   \
      pending[me] = false;                                             \
      if                                                               \
      :: HANDLER_ACTS ->                                               \
        assert(on_stack && running_on == me); /* the host can go on */ \
        TERMINATE;                                                     \
        is_redirected = true                                           \
      :: else                                                          \
      fi;                                                              \
      CHECK                                                            \
    };                                                                 \
    if                                                                 \
    :: is_redirected -> is_redirected = false; goto back               \
    :: else                                                            \
    fi                                                                 \
  :: true                                                              \
  fi

/* Compare and exchange, or what stands for it. */
#define CHANGED(from_, to_) word == from_ -> word = to_
#define STORED(to_) true -> word = to_

proctype runner(byte me) {
  byte state;
  bool is_redirected;

next:
  atomic { !busy -> busy = true };
  if
  :: d_step {
      has_ended && generation < GENERATIONS ->
      generation++;
      word = PENDING;
      answer[generation] = PENDING;
      has_ended = false;
      has_run = false
    }
  :: d_step { has_ended && generation == GENERATIONS -> busy = false }; goto over
  :: !has_ended
  fi;

  INTERRUPT;
  state = word % KILL;
  if
  :: state == CANCELLED -> goto settle
  :: else
  fi;
#ifdef PLANT_THREAD_IS_THE_FIRST
  if
  :: state == PENDING -> tid = me
  :: else
  fi;
#else
  tid = me;
#endif
  running_on = me;
  current[me] = true;
  INTERRUPT;
#ifdef PLANT_GUEST_BEFORE_SWAP
  if
  :: state == PENDING ->
    if
    :: d_step { CHANGED(PENDING, GUEST); has_run = true }
    :: else -> goto back
    fi;
    INTERRUPT
  :: else
  fi;
#endif
  d_step { on_stack = true; CHECK };
  if
  :: state == HOST -> goto host_call
  :: else -> state = 0
  fi;

  INTERRUPT;
#ifndef PLANT_GUEST_BEFORE_SWAP
  if
#ifdef PLANT_ENTER_STORES
  :: d_step { STORED(GUEST); has_run = true; CHECK }
#else
  :: d_step { CHANGED(PENDING, GUEST); has_run = true; CHECK }
  :: else -> goto back
#endif
  fi;
#endif

guest_code:
  skip;
  INTERRUPT;
  if
  :: true -> goto begin
  :: true -> goto finish
  fi;

begin:
  skip;
  INTERRUPT;
  if
#ifdef PLANT_BEGIN_STORES
  :: d_step { STORED(HOST); CHECK }
#else
  :: d_step { CHANGED(GUEST, HOST); CHECK }
  :: else -> goto leave
#endif
  fi;

host_call:
  state = 0;
  in_call = true;
  INTERRUPT;
  if
  :: true -> goto suspend
  :: true -> in_call = false
  fi;
  INTERRUPT;
  if
#ifdef PLANT_END_STORES
  :: d_step { STORED(GUEST); CHECK }
#else
  :: d_step { CHANGED(HOST, GUEST); CHECK }
  :: else -> goto leave
#endif
  fi;
  goto guest_code;

finish:
  skip;
  INTERRUPT;
  if
#ifdef PLANT_FINISH_STORES
  :: d_step { STORED(FINISHED); CHECK }
#else
  :: d_step { CHANGED(GUEST, FINISHED); CHECK }
  :: else -> goto leave
#endif
  fi;
  INTERRUPT;
  goto back;

leave:
  skip;
  INTERRUPT;
  if
  :: d_step { word == GUEST + KILL || word == HOST + KILL -> TERMINATE }
  :: else
  fi;
  INTERRUPT;
  goto back;

suspend:
  skip;
  on_stack = false;
  INTERRUPT;
  current[me] = false;
  INTERRUPT;
  busy = false;
  goto next;

back:
  skip;
  on_stack = false;
  INTERRUPT;
  current[me] = false;

settle:
  skip;
  state = 0;
  INTERRUPT;
  d_step {
    assert(word == FINISHED || word == CANCELLED || word == TERMINATED); /* it has ended */
    /* How it has ended is what a killer was told. */
    assert(answer[generation] == (word == FINISHED -> PENDING : word));
    assert(word != CANCELLED || !has_run); /* a cancelled one never runs */
    has_ended = true;
    busy = false
  };
  goto next;

over:
  skip
}

/* ---- Threads that terminate guests ---- */

proctype killer() {
  byte handle, seen, who;
  bool is_same;

  do
  :: handle = generation;
    /* An old handle is used again. */
    do
    :: d_step { seen = word; is_same = (handle == generation) };
#ifdef PLANT_NO_GENERATION
      is_same = true;
#endif
      if
      :: !is_same || seen == FINISHED || handle == 0 -> break /* too late */
      :: else
      fi;
      if
      :: seen == PENDING || seen == GUEST || seen == HOST
      :: else ->
        d_step { assert(answer[handle] != PENDING) }; /* already: somebody was told so */
        break
      fi;
#ifdef PLANT_THREAD_BEFORE_EXCHANGE
      who = tid;
#endif
      if
#ifdef PLANT_KILLER_STORES
      :: d_step {
          true ->
#elif defined(PLANT_NO_GENERATION)
      :: d_step {
          word == seen ->
#else
      :: d_step {
          word == seen && handle == generation ->
#endif
          assert(handle == generation);          /* it is the guest of the handle */
          assert(answer[generation] == PENDING); /* one killer is told so */
          if
          :: seen == PENDING -> word = CANCELLED; answer[generation] = CANCELLED
          :: else -> word = seen + KILL; answer[generation] = TERMINATED
          fi;
          num_sending = num_sending + (seen == GUEST);
          CHECK
        };
        if
        :: seen == GUEST ->
#ifndef PLANT_THREAD_BEFORE_EXCHANGE
          who = tid;
#endif
          d_step { num_sending--; pending[who] = true; CHECK }
        :: else
        fi;
        break
      :: else /* another one has changed it: once more */
      fi
    od;
    atomic { handle = 0; seen = 0; who = 0; is_same = false }
  od
}

init {
  atomic {
    answer[0] = PENDING;
    run runner(1);
#if THREADS > 1
    run runner(2);
#endif
#if THREADS > 2
    run runner(3);
#endif
    run killer();
#if KILLERS > 1
    run killer()
#endif
  }
}
