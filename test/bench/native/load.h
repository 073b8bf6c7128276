/* The load of the benchmark, as the producer's program and its user space agree on it. */
#ifndef SM_BENCH_LOAD_H
#define SM_BENCH_LOAD_H

#define SM_BENCH_PROCESSES 300
#define SM_BENCH_BYTES 520     /* of each record */
#define SM_BENCH_BURST 256     /* most records of one run */
#define SM_BENCH_DIGITS_AT 498 /* 8 digits within the command line that make it distinct */

/* Argument of a run, as the context of a raw tracepoint. */
struct sm_bench_run {
  __u64 sequence; /* number of the first record */
  __u64 count;
  __u64 room;  /* stop when the ring holds more bytes than this; 0: never, what does not fit is lost */
  __u64 renew; /* each record is a new process: its exec count is its sequence number */
};

#endif
