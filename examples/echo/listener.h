/* The listening side of an echo server, and all else that the two servers have in common. */
#ifndef CTX_EXAMPLES_ECHO_LISTENER_H_
#define CTX_EXAMPLES_ECHO_LISTENER_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* So many bytes a connection reads at a time: few enough that a quiet one of server.c takes one
 * page. */
enum { ECHO_BUFFER_SIZE = 2048 };

typedef struct listener {
  int epoll;
  int socket; /* watched for EPOLLIN, with the address of the listener as data */
  int stop;   /* SIGINT and SIGTERM, as a descriptor: watched, with null as data */
  size_t num_open;
  size_t capacity; /* how many connections the limit on descriptors leaves room for */
  bool is_paused;  /* there is no room for another one */
} listener;

/* Listens on that port of 127.0.0.1 (0: any), and says so on stdout. Exits if it cannot. */
void listener_open(listener *self, uint16_t port);
void listener_close(listener *self);

/* Returns a socket that does not block, which the caller has epoll watch; or -1 if nobody waits to
 * be let in, or nobody can be. */
int listener_accept(listener *self);

/* Closes a socket that listener_accept returned. */
void listener_hang_up(listener *self, int socket);

/* epoll_ctl; exits if that fails, as only for want of memory. */
void listener_watch(const listener *self, int operation, int socket, uint32_t events, void *data);

#endif /* CTX_EXAMPLES_ECHO_LISTENER_H_ */
