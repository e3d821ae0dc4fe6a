/* Names of rows that other rows are compared with. */
#ifndef CTX_TESTING_BENCH_NAMES_H_
#define CTX_TESTING_BENCH_NAMES_H_

#define BENCH_PLAIN_CALL "plain call"
#define BENCH_SAVING_FIVE "call, saving 5 registers"
#define BENCH_BOOST "Boost.Context"
#define BENCH_SEED "seed's scheme"
#define BENCH_FFI "libffi"

#endif /* CTX_TESTING_BENCH_NAMES_H_ */
