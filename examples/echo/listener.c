#define _GNU_SOURCE
#include "examples/echo/listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "examples/echo/descriptors.h"

static void die(const char *what) {
  perror(what);
  exit(1);
}

void listener_watch(const listener *self, int operation, int socket, uint32_t events, void *data) {
  struct epoll_event event = {.events = events, .data.ptr = data};
  if (epoll_ctl(self->epoll, operation, socket, &event) != 0) die("epoll_ctl");
}

static int stop_signals(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigprocmask(SIG_BLOCK, &signals, NULL);
  return signalfd(-1, &signals, SFD_CLOEXEC);
}

void listener_open(listener *self, uint16_t port) {
  *self = (listener){.epoll = epoll_create1(EPOLL_CLOEXEC),
                     .socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
                     .stop = stop_signals(),
                     .capacity = descriptors_raise_limit()};
  if (self->epoll < 0 || self->socket < 0 || self->stop < 0) die("socket");
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  int on = 1;
  setsockopt(self->socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(self->socket, (struct sockaddr *)&address, size) != 0) die("bind");
  if (listen(self->socket, SOMAXCONN) != 0) die("listen");
  if (getsockname(self->socket, (struct sockaddr *)&address, &size) != 0) die("getsockname");
  listener_watch(self, EPOLL_CTL_ADD, self->socket, EPOLLIN, self);
  listener_watch(self, EPOLL_CTL_ADD, self->stop, EPOLLIN, NULL);
  printf("listening on 127.0.0.1:%d\n", ntohs(address.sin_port));
  fflush(stdout);
}

void listener_close(listener *self) {
  close(self->socket);
  close(self->stop);
  close(self->epoll);
}

int listener_accept(listener *self) {
  if (self->num_open == self->capacity) {
    /* Clients that come now wait in the kernel's queue. Epoll would report them without end. */
    listener_watch(self, EPOLL_CTL_MOD, self->socket, 0, self);
    self->is_paused = true;
    return -1;
  }
  int socket = accept4(self->socket, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (socket < 0) return -1;
  int on = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  self->num_open++;
  return socket;
}

void listener_hang_up(listener *self, int socket) {
  close(socket);
  self->num_open--;
  if (self->is_paused) {
    listener_watch(self, EPOLL_CTL_MOD, self->socket, EPOLLIN, self);
    self->is_paused = false;
  }
}
