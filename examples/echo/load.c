/* Loads an echo server, and checks every byte that it answers.
 *
 *     load PORT [CONNECTIONS [REQUESTS]]
 *
 * Opens that many connections to 127.0.0.1, and keeps all of them open until each has had that many
 * requests answered, one after the other. A request is 1 to 1024 bytes, others each time. What
 * it prints:
 *
 *     10000 connections, 100000 requests, 0 failed
 *     123456 requests/s
 *
 * A connection's first request is the one that it opens with, and is not timed. If anything fails
 * (a connection is refused, reset or ended, a byte is wrong, missing or too many) the connection is
 * closed, the request and those that were to come on it have failed, and the status is 1.
 *
 * It knows nothing of ctx, and is a callback loop itself. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "examples/echo/descriptors.h"

enum { MAX_REQUEST_SIZE = 1024, PATTERN_SIZE = 1 << 20, NUM_EVENTS = 256 };

/* So many connections are being opened at a time: fewer than a listening socket's queue holds. */
enum { NUM_OPENING = 100 };

#define LAST_SOURCE (INADDR_LOOPBACK + 250)

typedef struct client {
  int socket;
  uint32_t number;
  size_t num_answered;
  const char *request; /* the present one: part of the pattern */
  size_t size;
  size_t num_sent, num_received; /* of its bytes */
  bool is_busy;                  /* has something left to do in this phase */
} client;

static int epoll;
static uint16_t port;
static uint32_t source = INADDR_LOOPBACK; /* until its ports are used up: then 127.0.0.2, ... */
static size_t num_connections = 10000, num_requests = 10;
static size_t num_requests_failed;
static size_t num_busy;
static size_t num_allowed; /* requests of each connection, in this phase and before */
static char pattern[PATTERN_SIZE];

static void die(const char *what) {
  perror(what);
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* splitmix64's finalizer. */
static uint64_t hash(uint64_t x) {
  x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
  return x ^ (x >> 31);
}

static void watch(client *c, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = c};
  if (epoll_ctl(epoll, operation, c->socket, &event) != 0) die("epoll_ctl");
}

static void set_busy(client *c, bool is_busy) {
  num_busy += (size_t)is_busy - (size_t)c->is_busy;
  c->is_busy = is_busy;
}

static void finish(client *c) {
  if (c->socket >= 0) close(c->socket);
  c->socket = -1;
  set_busy(c, false);
}

static void fail(client *c, const char *what) {
  static size_t num_reported;
  if (num_reported++ < 10) {
    fprintf(stderr, "connection %u, request %zu: %s\n", c->number, c->num_answered + 1, what);
  }
  /* A server that has answered everything and then sends more has failed the last request. */
  size_t left = num_requests - c->num_answered;
  num_requests_failed += left > 0 ? left : 1;
  finish(c);
}

static void make_request(client *c) {
  uint64_t random = hash(c->number * UINT64_C(0x100000001) + ((uint64_t)c->num_answered << 40));
  c->size = 1 + random % MAX_REQUEST_SIZE;
  c->request = pattern + (random >> 32) % (PATTERN_SIZE - MAX_REQUEST_SIZE);
  c->num_sent = 0;
  c->num_received = 0;
}

static void send_rest(client *c) {
  while (c->num_sent < c->size) {
    ssize_t num = send(c->socket, c->request + c->num_sent, c->size - c->num_sent, MSG_NOSIGNAL);
    if (num < 0 && errno == EAGAIN) {
      watch(c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
      return;
    }
    if (num < 0) {
      fail(c, strerror(errno));
      return;
    }
    c->num_sent += (size_t)num;
  }
}

static void go_on(client *c) {
  if (c->num_answered == num_allowed) {
    set_busy(c, false);
    return;
  }
  set_busy(c, true);
  make_request(c);
  send_rest(c);
}

static void receive(client *c) {
  char answer[MAX_REQUEST_SIZE + 1]; /* there may be a byte too many */
  ssize_t num = recv(c->socket, answer, sizeof answer, 0);
  if (num < 0 && errno == EAGAIN) return;
  if (num < 0) {
    fail(c, strerror(errno));
  } else if (num == 0 && c->num_answered == num_requests) {
    finish(c); /* the server has closed it, too */
  } else if (num == 0) {
    fail(c, "the server has closed the connection");
  } else if ((size_t)num > c->num_sent - c->num_received) {
    fail(c, "the server says more than it was told");
  } else if (memcmp(answer, c->request + c->num_received, (size_t)num) != 0) {
    fail(c, "wrong bytes");
  } else {
    c->num_received += (size_t)num;
    if (c->num_received < c->size) return;
    c->num_answered++;
    go_on(c);
  }
}

static void on_event(client *c, uint32_t events) {
  if ((events & EPOLLOUT) != 0) {
    watch(c, EPOLL_CTL_MOD, EPOLLIN);
    send_rest(c);
  }
  if (c->socket >= 0 && (events & ~(uint32_t)EPOLLOUT) != 0) receive(c);
}

static void run_events(void) {
  struct epoll_event events[NUM_EVENTS];
  int num = epoll_wait(epoll, events, NUM_EVENTS, -1);
  for (int i = 0; i < num; i++)
    on_event(events[i].data.ptr, events[i].events);
}

/* Does not wait for the connection: the next send does. Returns -1 if that fails. */
static int connect_from(uint32_t address) {
  struct sockaddr_in to = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(address)};
  int on = 1;
  int connection = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (connection < 0) die("socket");
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(connection, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  if (bind(connection, (struct sockaddr *)&from, sizeof from) != 0) die("bind");
  if (connect(connection, (struct sockaddr *)&to, sizeof to) == 0) return connection;
  if (errno == EINPROGRESS) return connection;
  int why = errno;
  close(connection);
  errno = why;
  return -1;
}

static void open_client(client *c) {
  while ((c->socket = connect_from(source)) < 0 && errno == EADDRNOTAVAIL && source < LAST_SOURCE)
    source++;
  if (c->socket < 0) {
    fail(c, strerror(errno));
    return;
  }
  watch(c, EPOLL_CTL_ADD, EPOLLIN);
  go_on(c);
}

int main(int argc, char **argv) {
  if (argc < 2 || argc > 4) {
    fprintf(stderr, "usage: %s PORT [CONNECTIONS [REQUESTS]]\n", argv[0]);
    return 2;
  }
  port = (uint16_t)atoi(argv[1]);
  if (argc > 2) num_connections = strtoul(argv[2], NULL, 10);
  if (argc > 3) num_requests = strtoul(argv[3], NULL, 10);
  size_t most = descriptors_raise_limit();
  if (num_connections > most) {
    fprintf(stderr, "load: the limit on descriptors leaves room for %zu connections of %zu\n", most,
            num_connections);
    num_connections = most;
  }
  for (size_t i = 0; i < PATTERN_SIZE; i++)
    pattern[i] = (char)hash(i);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  client *clients = calloc(num_connections, sizeof *clients);
  if (epoll < 0 || clients == NULL) die("load");

  num_allowed = 1;
  for (size_t num_opened = 0; num_opened < num_connections || num_busy > 0;) {
    while (num_opened < num_connections && num_busy < NUM_OPENING) {
      clients[num_opened].number = (uint32_t)num_opened;
      open_client(&clients[num_opened++]);
    }
    run_events();
  }

  double start = now();
  num_allowed = num_requests;
  for (size_t i = 0; i < num_connections; i++) {
    if (clients[i].socket >= 0) go_on(&clients[i]);
  }
  while (num_busy > 0)
    run_events();
  double seconds = now() - start;

  for (size_t i = 0; i < num_connections; i++) {
    if (clients[i].socket < 0) continue;
    set_busy(&clients[i], true);
    shutdown(clients[i].socket, SHUT_WR);
  }
  while (num_busy > 0)
    run_events();

  printf("%zu connections, %zu requests, %zu failed\n", num_connections,
         num_connections * num_requests, num_requests_failed);
  printf("%.0f requests/s\n", (double)(num_connections * (num_requests - 1)) / seconds);
  free(clients);
  return num_requests_failed == 0 ? 0 : 1;
}
