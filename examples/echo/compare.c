/* Loads the two echo servers in turn, and prints what each of them did as a table.
 *
 *     compare SERVER CALLBACK_SERVER LOAD [ROUNDS [CONNECTIONS [REQUESTS]]]
 *
 * Each round is a fresh process of each server and of the load for it, one server after the other,
 * so that whatever disturbs the machine meets both alike; medians are compared. "CPU" is what the
 * kernel accounted to the server's process, opening and closing included: unlike requests/s it does
 * not depend on how fast the load is. The status is 0 if no request failed. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "examples/echo/process.h"

enum { NUM_SERVERS = 2, MAX_ROUNDS = 1000 };

typedef struct competitor {
  const char *name;
  const char *program;
  size_t num_connections, num_requests; /* what the load could do, of what it was asked for */
  size_t num_failed;
  double per_second[MAX_ROUNDS];
  double cpu_time[MAX_ROUNDS]; /* microseconds of the server's, per request */
} competitor;

static double microseconds(struct timeval time) {
  return (double)time.tv_sec * 1e6 + (double)time.tv_usec;
}

static bool run(competitor *self, size_t round, char *load, char *connections, char *requests) {
  int port;
  char port_text[16];
  size_t num_failed = 0;
  struct rusage use;
  process server = process_start_server(self->program, &port);
  snprintf(port_text, sizeof port_text, "%d", port);
  process client = process_start((char *[]){load, port_text, connections, requests, NULL});
  bool ok = fscanf(client.out, "%zu connections, %zu requests, %zu failed\n%lf requests/s",
                   &self->num_connections, &self->num_requests, &num_failed,
                   &self->per_second[round]) == 4;
  ok &= process_finish(&client, NULL);
  ok &= process_stop_server(&server, &use);
  self->num_failed += num_failed;
  self->cpu_time[round] =
      (microseconds(use.ru_utime) + microseconds(use.ru_stime)) / (double)self->num_requests;
  return ok;
}

static int compare(const void *left, const void *right) {
  double a = *(const double *)left;
  double b = *(const double *)right;
  return (a > b) - (a < b);
}

static double median(double *values, size_t num) {
  qsort(values, num, sizeof *values, compare);
  return (values[(num - 1) / 2] + values[num / 2]) / 2;
}

static void print_table(competitor *servers, size_t num_rounds) {
  double base_rate = 0, base_cpu = 0;
  printf(
      "| Echo server    | connections | requests | failed | requests/s | / callbacks |"
      " CPU, us/request | / callbacks |\n");
  printf(
      "|----------------|------------:|---------:|-------:|-----------:|------------:|"
      "----------------:|------------:|\n");
  for (size_t i = 0; i < NUM_SERVERS; i++) {
    competitor *server = &servers[i];
    double rate = median(server->per_second, num_rounds);
    double cpu = median(server->cpu_time, num_rounds);
    if (i == 0) {
      base_rate = rate;
      base_cpu = cpu;
    }
    printf("| %-14s | %11zu | %8zu | %6zu | %10.0f | %11.3f | %15.2f | %11.3f |\n", server->name,
           server->num_connections, num_rounds * server->num_requests, server->num_failed, rate,
           rate / base_rate, cpu, cpu / base_cpu);
  }
}

int main(int argc, char **argv) {
  static competitor servers[NUM_SERVERS] = {{.name = "callbacks"}, {.name = "a context each"}};
  char default_connections[] = "10000", default_requests[] = "20";
  size_t num_rounds = argc > 4 ? strtoul(argv[4], NULL, 10) : 9;
  char *connections = argc > 5 ? argv[5] : default_connections;
  char *requests = argc > 6 ? argv[6] : default_requests;
  if (argc < 4 || argc > 7 || num_rounds < 1 || num_rounds > MAX_ROUNDS) {
    fprintf(stderr, "usage: %s SERVER CALLBACK_SERVER LOAD [ROUNDS [CONNECTIONS [REQUESTS]]]\n",
            argv[0]);
    return 2;
  }
  servers[0].program = argv[2];
  servers[1].program = argv[1];

  bool ok = true;
  for (size_t round = 0; round < num_rounds; round++) {
    if (isatty(STDERR_FILENO)) fprintf(stderr, "\rround %zu of %zu", round + 1, num_rounds);
    /* Whoever comes first in a round comes second in the next. */
    for (size_t i = 0; i < NUM_SERVERS; i++) {
      ok &= run(&servers[(round + i) % NUM_SERVERS], round, argv[3], connections, requests);
    }
  }
  if (isatty(STDERR_FILENO)) fputc('\r', stderr);
  print_table(servers, num_rounds);
  return ok ? 0 : 1;
}
