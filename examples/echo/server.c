/* An echo server with one context for each connection, over epoll.
 *
 *     bazel run //examples/echo:server -- 7007      and elsewhere: nc 127.0.0.1 7007
 *
 * serve() is all that a connection does, written as if it were the only one: it reads, it writes,
 * it returns at the end. Where it would block it swaps to the scheduler, which is main's loop, and
 * is resumed when its socket is ready. How far it has come is kept where it always is: on its
 * stack.
 *
 * Epoll is level-triggered here. A connection is watched for that alone which it waits for, so no
 * event is in vain and none can be missed; and as it waits before each read, whoever always has
 * more to say gets one turn in each round, like everybody else. Watched for both directions and
 * edge-triggered, a connection would save the epoll_ctl where a peer reads too slowly. But it would
 * have to read until there is nothing left, which is one more system call for each request, and to
 * count its turns if it is not to starve the others. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "ctx/ctx.h"
#include "examples/echo/listener.h"

enum { STACK_SIZE = 32 * 1024, NUM_EVENTS = 256 };

typedef struct connection {
  ctx_context self;
  ctx_stack stack;
  int socket;
  uint32_t awaited; /* what epoll watches the socket for: EPOLLIN or EPOLLOUT */
} connection;

static listener door;
static ctx_stack_pool *pool;
static ctx_context scheduler;

/* ---- What runs on a connection's stack ---- */

static void wait_for(connection *c, uint32_t event) {
  if (c->awaited != event) {
    listener_watch(&door, EPOLL_CTL_MOD, c->socket, event, c);
    c->awaited = event;
  }
  ctx_swap(&c->self, &scheduler);
}

/* Returns how many bytes it has read, 0 at their end, or -1. */
static ssize_t read_some(connection *c, char *bytes, size_t size) {
  for (;;) {
    wait_for(c, EPOLLIN);
    ssize_t num = recv(c->socket, bytes, size, 0);
    if (num >= 0 || errno != EAGAIN) return num;
  }
}

static bool write_all(connection *c, const char *bytes, size_t size) {
  while (size > 0) {
    ssize_t num = send(c->socket, bytes, size, MSG_NOSIGNAL);
    if (num >= 0) {
      bytes += num;
      size -= (size_t)num;
    } else if (errno == EAGAIN) {
      wait_for(c, EPOLLOUT);
    } else {
      return false;
    }
  }
  return true;
}

static void serve(connection *c) {
  char buffer[ECHO_BUFFER_SIZE];
  for (;;) {
    ssize_t size = read_some(c, buffer, sizeof buffer);
    if (size <= 0 || !write_all(c, buffer, (size_t)size)) return;
  }
}

/* ---- The scheduler ---- */

static void resume(connection *c) {
  ctx_swap(&scheduler, &c->self);
  if (!ctx_has_returned(&c->self)) return;
  ctx_stack stack = c->stack; /* *c lies on it */
  listener_hang_up(&door, c->socket);
  ctx_stack_pool_give(pool, &stack);
}

static void welcome(int socket) {
  ctx_stack stack;
  ctx_status status = ctx_stack_pool_take(pool, &stack);
  if (status != CTX_OK) {
    fprintf(stderr, "ctx_stack_pool_take: %s\n", ctx_status_message(status));
    listener_hang_up(&door, socket);
    return;
  }
  /* The connection is cut off the end of its own stack: what is used most shares a page. */
  size_t size = (stack.size - sizeof(connection)) / _Alignof(connection) * _Alignof(connection);
  connection *c = (void *)((char *)stack.base + size);
  c->stack = stack;
  c->socket = socket;
  c->awaited = EPOLLIN;
  listener_watch(&door, EPOLL_CTL_ADD, socket, EPOLLIN, c);
  if (CTX_START(&c->self, stack.base, size, serve, c) != CTX_OK) abort();
  resume(c);
}

int main(int argc, char **argv) {
  listener_open(&door, argc > 1 ? (uint16_t)atoi(argv[1]) : 0);
  ctx_status status = ctx_stack_pool_create(&pool, STACK_SIZE, door.capacity);
  if (status != CTX_OK) {
    fprintf(stderr, "ctx_stack_pool_create: %s\n", ctx_status_message(status));
    return 1;
  }
  for (bool stop = false; !stop;) {
    struct epoll_event events[NUM_EVENTS];
    int num_events = epoll_wait(door.epoll, events, NUM_EVENTS, -1);
    for (int i = 0; i < num_events; i++) {
      void *data = events[i].data.ptr;
      int socket;
      if (data == NULL) {
        stop = true;
      } else if (data != &door) {
        resume(data);
      } else {
        while ((socket = listener_accept(&door)) >= 0)
          welcome(socket);
      }
    }
  }
  /* Connections that are still open are dropped where they wait: they hold nothing else. */
  ctx_stack_pool_destroy(pool);
  listener_close(&door);
  return 0;
}
