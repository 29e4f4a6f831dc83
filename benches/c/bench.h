// What the C side shares: the sheet on which figures are written, as in src/sheet.rs.
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Keeps a value alive, and tells the compiler nothing about it. In memory, as Rust's black_box does.
#define KEEP(x) __asm__ volatile("" : : "m"(x) : "memory")

typedef void call_t(void *data);

extern bool large;                                 // also rows that need gigabytes of memory
bool wants(const char *row);
double now(void);                                  // nanoseconds
double per_call(call_t *call, void *data);         // nanoseconds: the median of several samples
double median(double *figures, size_t count);
void put(const char *row, double ns);
void hot(const char *row, call_t *call, void *data);
void one_of(size_t many, const char *row, call_t *call, void *data);   // times one of so many things that a call does
void lasting(const char *row, call_t *call, void *data);   // a third of a second, interruptions and all: the mean
uint64_t work(size_t seed, int steps);

void overheads(void);
void schedules(void);
void waiting(void);
void growth(void);
void kernels(void);

#endif
