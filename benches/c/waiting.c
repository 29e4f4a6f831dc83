// Loops with time between them, more threads than cores, and a neighbour who wants a core too.
#define _GNU_SOURCE
#include "bench.h"
#include <omp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double processor_time(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

static void compute(void *data) {
    int threads = *(int *)data;
#pragma omp parallel for num_threads(threads)
    for (size_t i = 0; i < 1000; i++) {
        uint64_t x = work(i, 400);
        KEEP(x);
    }
}

// The caller computes by itself, then enters a loop; what the team burns meanwhile is a row of its own.
static void gap(const char *name, double ns) {
    char row[96];
    snprintf(row, sizeof row, "entry after a gap of %s ms, 2 threads", name);
    if (!wants(row)) return;
    // Long enough that the system has counted what was burned.
    int tries = ns > 1e8 ? 3 : 5e7 / (ns < 1e5 ? 1e5 : ns);
    if (ns <= 1e8 && tries < 10) tries = 10;
    double entries[500], start = now(), burned = processor_time();
    for (int i = 0; i < tries; i++) {
        double from = now();
        while (now() - from < ns) {}
        from = now();
#pragma omp parallel for num_threads(2)
        for (size_t k = 0; k < 2; k++) KEEP(k);
        entries[i] = now() - from;
    }
    put(row, median(entries, tries));
    double beside = processor_time() - burned - (now() - start);
    snprintf(row, sizeof row, "processor time beside the caller per gap of %s ms, 2 threads", name);
    put(row, (beside > 0 ? beside : 0) / tries);
}

static pid_t neighbour(void) {
    pid_t child = fork();
    if (child == 0) {
        double start = now();
        while (now() - start < 60e9) {}
        _exit(0);
    }
    if (child > 0) usleep(20000);
    return child;
}

void waiting(void) {
    gap("0", 0);
    gap("0.1", 1e5);
    gap("1", 1e6);
    gap("10", 1e7);
    gap("300", 3e8);
    char row[96];
    for (int threads = 1; threads <= 16; threads *= 2) {
        snprintf(row, sizeof row, "compute-bound loop, %d threads on what cores there are", threads);
        hot(row, compute, &threads);
    }
    for (int threads = 1; threads <= 2; threads++) {
        snprintf(row, sizeof row, "compute-bound loop beside a busy neighbour, %d thread%s", threads, threads == 1 ? "" : "s");
        pid_t busy = wants(row) ? neighbour() : -1;
        if (busy < 0) continue;
        lasting(row, compute, &threads);
        kill(busy, SIGKILL);
        waitpid(busy, NULL, 0);
    }
}
