/* The same echo server as server.c, without contexts: callbacks on a loop over epoll.
 *
 * What is a loop in serve() is a machine of two states here. Each step returns to the loop over
 * epoll, and the connection keeps by hand what the next step needs. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "examples/echo/listener.h"

enum { NUM_EVENTS = 256 };

typedef struct connection {
  void (*on_event)(struct connection *); /* the state */
  struct connection *next_free;
  int socket;
  uint32_t awaited; /* what epoll watches the socket for: EPOLLIN or EPOLLOUT */
  size_t size;      /* bytes in the buffer */
  size_t num_sent;  /* of them */
  char buffer[ECHO_BUFFER_SIZE];
} connection;

static listener door;
static connection *connections; /* door.capacity of them */
static connection *first_free;
static size_t num_used;

static void on_readable(connection *c);
static void on_writable(connection *c);

static void await(connection *c, uint32_t event, void (*on_event)(connection *)) {
  if (c->awaited != event) {
    listener_watch(&door, EPOLL_CTL_MOD, c->socket, event, c);
    c->awaited = event;
  }
  c->on_event = on_event;
}

static void end(connection *c) {
  listener_hang_up(&door, c->socket);
  c->next_free = first_free;
  first_free = c;
}

static void on_readable(connection *c) {
  ssize_t num = recv(c->socket, c->buffer, sizeof c->buffer, 0);
  if (num > 0) {
    c->size = (size_t)num;
    c->num_sent = 0;
    on_writable(c);
  } else if (num == 0 || errno != EAGAIN) {
    end(c);
  }
}

static void on_writable(connection *c) {
  while (c->num_sent < c->size) {
    ssize_t num = send(c->socket, c->buffer + c->num_sent, c->size - c->num_sent, MSG_NOSIGNAL);
    if (num >= 0) {
      c->num_sent += (size_t)num;
    } else if (errno == EAGAIN) {
      await(c, EPOLLOUT, on_writable);
      return;
    } else {
      end(c);
      return;
    }
  }
  await(c, EPOLLIN, on_readable);
}

static void welcome(int socket) {
  connection *c = first_free;
  if (c != NULL) {
    first_free = c->next_free;
  } else {
    c = &connections[num_used++];
  }
  c->socket = socket;
  c->awaited = EPOLLIN;
  c->on_event = on_readable;
  listener_watch(&door, EPOLL_CTL_ADD, socket, EPOLLIN, c);
}

int main(int argc, char **argv) {
  listener_open(&door, argc > 1 ? (uint16_t)atoi(argv[1]) : 0);
  connections = calloc(door.capacity, sizeof *connections);
  if (connections == NULL) {
    perror("calloc");
    return 1;
  }
  for (bool stop = false; !stop;) {
    struct epoll_event events[NUM_EVENTS];
    int num_events = epoll_wait(door.epoll, events, NUM_EVENTS, -1);
    for (int i = 0; i < num_events; i++) {
      connection *c = events[i].data.ptr;
      int socket;
      if (events[i].data.ptr == NULL) {
        stop = true;
      } else if (events[i].data.ptr != &door) {
        c->on_event(c);
      } else {
        while ((socket = listener_accept(&door)) >= 0)
          welcome(socket);
      }
    }
  }
  free(connections);
  listener_close(&door);
  return 0;
}
