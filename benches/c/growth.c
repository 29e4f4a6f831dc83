// Cost as the work grows, as in src/ours/growth.rs.
#include "bench.h"
#include <omp.h>
#include <stdio.h>

static void iterations(void *data) {
    size_t n = *(size_t *)data;
#pragma omp parallel for num_threads(2)
    for (size_t i = 0; i < n; i++) KEEP(i);
}

static void threads(void *data) {
    int team = *(int *)data;
#pragma omp parallel for num_threads(team)
    for (int i = 0; i < team; i++) KEEP(i);
}

static void nest(void *data) {
    int depth = *(int *)data;
#pragma omp parallel for num_threads(2)
    for (int i = 0; i < 2; i++) {
        int inner = depth - 1;
        if (inner) nest(&inner);
        KEEP(i);
    }
}

enum { SHORT = 128 };
static double a[SHORT], b[SHORT], c[SHORT], d[SHORT], e[SHORT], f[SHORT], g[SHORT], h[SHORT];

#define ARRAYS(COUNT, BODY) \
    static void arrays_##COUNT(void *data) { \
        (void)data; \
        _Pragma("omp parallel for num_threads(2)") \
        for (size_t i = 0; i < SHORT; i++) { BODY } \
    }
ARRAYS(0, )
ARRAYS(1, a[i] += 1;)
ARRAYS(2, a[i] += 1; b[i] += 1;)
ARRAYS(3, a[i] += 1; b[i] += 1; c[i] += 1;)
ARRAYS(4, a[i] += 1; b[i] += 1; c[i] += 1; d[i] += 1;)
ARRAYS(5, a[i] += 1; b[i] += 1; c[i] += 1; d[i] += 1; e[i] += 1;)
ARRAYS(6, a[i] += 1; b[i] += 1; c[i] += 1; d[i] += 1; e[i] += 1; f[i] += 1;)
ARRAYS(7, a[i] += 1; b[i] += 1; c[i] += 1; d[i] += 1; e[i] += 1; f[i] += 1; g[i] += 1;)
ARRAYS(8, a[i] += 1; b[i] += 1; c[i] += 1; d[i] += 1; e[i] += 1; f[i] += 1; g[i] += 1; h[i] += 1;)

#define SUMS(COUNT, CLAUSE, BODY) \
    static void sums_##COUNT(void *data) { \
        (void)data; \
        double a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0; \
        _Pragma(CLAUSE) \
        for (size_t i = 0; i < SHORT; i++) { KEEP(i); double x = i; BODY KEEP(x); } \
        KEEP(a); KEEP(b); KEEP(c); KEEP(d); KEEP(e); KEEP(f); KEEP(g); KEEP(h); \
    }
SUMS(0, "omp parallel for num_threads(2)", )
SUMS(1, "omp parallel for num_threads(2) reduction(+ : a)", a += x;)
SUMS(2, "omp parallel for num_threads(2) reduction(+ : a, b)", a += x; b += x;)
SUMS(3, "omp parallel for num_threads(2) reduction(+ : a, b, c)", a += x; b += x; c += x;)
SUMS(4, "omp parallel for num_threads(2) reduction(+ : a, b, c, d)", a += x; b += x; c += x; d += x;)
SUMS(5, "omp parallel for num_threads(2) reduction(+ : a, b, c, d, e)", a += x; b += x; c += x; d += x; e += x;)
SUMS(6, "omp parallel for num_threads(2) reduction(+ : a, b, c, d, e, f)", a += x; b += x; c += x; d += x; e += x; f += x;)
SUMS(7, "omp parallel for num_threads(2) reduction(+ : a, b, c, d, e, f, g)",
     a += x; b += x; c += x; d += x; e += x; f += x; g += x;)
SUMS(8, "omp parallel for num_threads(2) reduction(+ : a, b, c, d, e, f, g, h)",
     a += x; b += x; c += x; d += x; e += x; f += x; g += x; h += x;)

static void row(const char *what, size_t size, call_t *call, void *data) {
    char row[64];
    snprintf(row, sizeof row, "growth in %s: %zu", what, size);
    hot(row, call, data);
}

void growth(void) {
    for (size_t n = 1; n <= 1000000000; n *= 10) row("iterations", n, iterations, &n);
    for (int team = 1; team <= 64; team *= 2) row("threads", team, threads, &team);
    for (int depth = 1; depth <= 6; depth++) row("nesting", depth, nest, &depth);
    call_t *arrays[] = {arrays_0, arrays_1, arrays_2, arrays_3, arrays_4, arrays_5, arrays_6, arrays_7, arrays_8};
    for (size_t count = 0; count <= 8; count++) row("owned arrays", count, arrays[count], NULL);
    call_t *sums[] = {sums_0, sums_1, sums_2, sums_3, sums_4, sums_5, sums_6, sums_7, sums_8};
    for (size_t count = 0; count <= 8; count++) row("reductions", count, sums[count], NULL);
}
