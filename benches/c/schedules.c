// What handing out iterations costs: whole loops of 2048 iterations that do nothing.
#include "bench.h"
#include <omp.h>
#include <stdio.h>

struct schedule { int threads; int chunk; };

static void by_static(void *data) {
    int threads = *(int *)data;
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t i = 0; i < 2048; i++) KEEP(i);
}

static void by_static_chunk(void *data) {
    struct schedule s = *(struct schedule *)data;
#pragma omp parallel for num_threads(s.threads) schedule(static, s.chunk)
    for (size_t i = 0; i < 2048; i++) KEEP(i);
}

static void by_dynamic(void *data) {
    struct schedule s = *(struct schedule *)data;
#pragma omp parallel for num_threads(s.threads) schedule(dynamic, s.chunk)
    for (size_t i = 0; i < 2048; i++) KEEP(i);
}

static void by_guided(void *data) {
    struct schedule s = *(struct schedule *)data;
#pragma omp parallel for num_threads(s.threads) schedule(guided, s.chunk)
    for (size_t i = 0; i < 2048; i++) KEEP(i);
}

// Loops without a barrier, in a region that is there already.
enum { LOOPS = 100 };

#define IN_REGION(NAME, LOOPS, ITERATIONS, SCHEDULE) \
    static void NAME(void *data) { \
        (void)data; \
        _Pragma("omp parallel num_threads(2)") \
        for (size_t k = 0; k < LOOPS; k++) { \
            _Pragma(SCHEDULE) \
            for (size_t i = 0; i < ITERATIONS; i++) KEEP(i); \
        } \
    }
IN_REGION(region_static, LOOPS, 2048, "omp for nowait schedule(static)")
IN_REGION(region_static_1, LOOPS, 2048, "omp for nowait schedule(static, 1)")
IN_REGION(region_dynamic_1, LOOPS, 2048, "omp for nowait schedule(dynamic, 1)")
IN_REGION(region_dynamic_16, LOOPS, 2048, "omp for nowait schedule(dynamic, 16)")
IN_REGION(region_guided_1, LOOPS, 2048, "omp for nowait schedule(guided, 1)")
IN_REGION(few_dynamic, 1000, 4, "omp for nowait schedule(dynamic, 1)")
IN_REGION(few_guided, 1000, 4, "omp for nowait schedule(guided, 1)")

static void row(const char *schedule, call_t *call, struct schedule data) {
    char chunk[16] = "", row[96];
    if (data.chunk) snprintf(chunk, sizeof chunk, ",%d", data.chunk);
    const char *plural = data.threads == 1 ? "" : "s";
    snprintf(row, sizeof row, "schedule %s%s, 2048 iterations, %d thread%s", schedule, chunk, data.threads, plural);
    hot(row, call, &data);
}

void schedules(void) {
    for (int threads = 1; threads <= 2; threads++) {
        row("static", by_static, (struct schedule){threads, 0});
        for (int chunk = 1; chunk <= 128; chunk *= 2) {
            row("static", by_static_chunk, (struct schedule){threads, chunk});
            row("dynamic", by_dynamic, (struct schedule){threads, chunk});
            row("guided", by_guided, (struct schedule){threads, chunk});
        }
    }
    one_of(1000, "short loop in a region, dynamic, 2 threads", few_dynamic, NULL);
    one_of(1000, "short loop in a region, guided, 2 threads", few_guided, NULL);
    one_of(LOOPS, "loop in a region, static, 2048 iterations, 2 threads", region_static, NULL);
    one_of(LOOPS, "loop in a region, static,1, 2048 iterations, 2 threads", region_static_1, NULL);
    one_of(LOOPS, "loop in a region, dynamic,1, 2048 iterations, 2 threads", region_dynamic_1, NULL);
    one_of(LOOPS, "loop in a region, dynamic,16, 2048 iterations, 2 threads", region_dynamic_16, NULL);
    one_of(LOOPS, "loop in a region, guided,1, 2048 iterations, 2 threads", region_guided_1, NULL);
}
