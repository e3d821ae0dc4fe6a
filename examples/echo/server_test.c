/* server_test SERVER...: an echo server waits for clients that read too slowly, and lets those wait
 * that it has no room for. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "examples/echo/descriptors.h"
#include "examples/echo/listener.h"
#include "examples/echo/process.h"

/* The buffers of the clients' sockets. */
enum { CLIENT_BUFFER_SIZE = 16 * 1024 };

static const char *server_name;

static void fail(const char *what) {
  fprintf(stderr, "server_test: %s: %s\n", server_name, what);
  exit(1);
}

static int connect_to(int port) {
  struct sockaddr_in to = {.sin_family = AF_INET,
                           .sin_port = htons((uint16_t)port),
                           .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int connection = socket(AF_INET, SOCK_STREAM, 0);
  int size = CLIENT_BUFFER_SIZE;
  setsockopt(connection, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  setsockopt(connection, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  if (connect(connection, (struct sockaddr *)&to, sizeof to) != 0) fail("cannot connect");
  return connection;
}

/* Returns how much the kernel can keep in a socket that is written to. */
static size_t max_send_buffer_size(void) {
  size_t min, initial, max = 0;
  FILE *file = fopen("/proc/sys/net/ipv4/tcp_wmem", "r");
  if (file == NULL || fscanf(file, "%zu %zu %zu", &min, &initial, &max) != 3) fail("no tcp_wmem");
  fclose(file);
  return max;
}

static char byte_at(size_t position) { return (char)(position * 2654435761u >> 24); }

/* Sends from *position on, until that would block. */
static void send_what_fits(int connection, size_t size, size_t *position) {
  while (*position < size) {
    char bytes[4096];
    size_t num = size - *position < sizeof bytes ? size - *position : sizeof bytes;
    for (size_t i = 0; i < num; i++)
      bytes[i] = byte_at(*position + i);
    ssize_t sent = send(connection, bytes, num, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && errno == EAGAIN) return;
    if (sent < 0) fail("the connection broke while it was written to");
    *position += (size_t)sent;
  }
}

static void receive_some(int connection, size_t *position) {
  char bytes[4096];
  ssize_t num = recv(connection, bytes, sizeof bytes, MSG_DONTWAIT);
  if (num < 0 && errno == EAGAIN) return;
  if (num <= 0) fail("the connection ended before all was answered");
  for (size_t i = 0; i < (size_t)num; i++) {
    if (bytes[i] != byte_at(*position + i)) fail("a wrong byte");
  }
  *position += (size_t)num;
}

/* Sends a byte, and waits for the answer. */
static void ping(int connection) {
  char byte = 'x';
  if (send(connection, &byte, 1, MSG_NOSIGNAL) != 1) fail("the other client cannot send");
  if (recv(connection, &byte, 1, 0) != 1 || byte != 'x') fail("the other client gets no answer");
}

/* A client that sends and does not read is waited for, holds up nobody, and is answered to the last
 * byte once it reads.
 *
 * That the server has to wait before it can write is certain. It handles what is ready in the order
 * in which that became so; so an answer to another client says that this one has had a turn, too.
 * There are as many turns as it takes to read more than all buffers on the way back can hold. */
static void test_slow_reader(void) {
  int port;
  process server = process_start_server(server_name, &port);
  int slow = connect_to(port), other = connect_to(port);
  /* Linux doubles what SO_RCVBUF says. */
  size_t size = 2 * (max_send_buffer_size() + 2 * CLIENT_BUFFER_SIZE);
  size_t num_sent = 0, num_received = 0;
  for (size_t turn = 0; turn < size / ECHO_BUFFER_SIZE; turn++) {
    send_what_fits(slow, size, &num_sent);
    ping(other);
  }
  while (num_received < size) {
    struct pollfd ready = {.fd = slow, .events = POLLIN};
    if (num_sent < size) ready.events |= POLLOUT;
    poll(&ready, 1, -1);
    send_what_fits(slow, size, &num_sent);
    if (num_sent == size) shutdown(slow, SHUT_WR);
    receive_some(slow, &num_received);
  }
  char byte;
  if (recv(slow, &byte, 1, 0) != 0) fail("more was answered than was said");
  ping(other);
  close(slow);
  close(other);
  if (!process_stop_server(&server, NULL)) fail("its status is not 0");
}

/* A client that there is no room for waits until another leaves, and nobody else notices. */
static void test_full_house(void) {
  enum { CAPACITY = 16, NUM_WAITING = 5 };
  /* The server inherits it. */
  struct rlimit limit = {.rlim_cur = DESCRIPTORS_RESERVED + CAPACITY,
                         .rlim_max = DESCRIPTORS_RESERVED + CAPACITY};
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0) fail("setrlimit");
  int port, clients[CAPACITY + NUM_WAITING];
  process server = process_start_server(server_name, &port);
  for (size_t i = 0; i < CAPACITY + NUM_WAITING; i++)
    clients[i] = connect_to(port);
  for (size_t round = 0; round < 3; round++) {
    for (size_t i = 0; i < CAPACITY; i++)
      ping(clients[i]);
  }
  for (size_t i = 0; i < NUM_WAITING; i++)
    close(clients[i]);
  for (size_t i = NUM_WAITING; i < CAPACITY + NUM_WAITING; i++) {
    ping(clients[i]);
    close(clients[i]);
  }
  if (!process_stop_server(&server, NULL)) fail("its status is not 0");
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: %s SERVER...\n", argv[0]);
    return 2;
  }
  for (int i = 1; i < argc; i++) {
    server_name = argv[i];
    test_slow_reader();
  }
  for (int i = 1; i < argc; i++) {
    server_name = argv[i];
    test_full_house();
  }
  return 0;
}
