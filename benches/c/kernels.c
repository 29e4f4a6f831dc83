// Kernels of real programs, as in src/kernels/.
#include "bench.h"
#include <math.h>
#include <omp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int threads;
static size_t n;
static double *a, *b, *c;

#define TEAM num_threads(threads)

enum { PAGE = 4096, FIRST = 16, STEP = 576 };

// Memory that begins at a place of its own in its page: see src/kernels/placed.rs.
static void *place(size_t bytes) {
    static size_t places;
    char *page = aligned_alloc(PAGE, (bytes / PAGE + 2) * PAGE);
    return page + FIRST + places++ % 7 * STEP;
}

static void unplace(void *placed) {
    free((void *)((uintptr_t)placed / PAGE * PAGE));
}

static void combine(void *data) {
    (void)data;
#pragma omp parallel for TEAM
    for (size_t i = 0; i < n; i++) c[i] = (a[i] + b[i]) * 2 + a[i] * b[i];
}

static void axpy_of(double factor, const double *x, double *y, size_t n) {
#pragma omp parallel for TEAM
    for (size_t i = 0; i < n; i++) y[i] += factor * x[i];
}

static void axpy(void *data) {
    (void)data;
    axpy_of(1e-9, a, b, n);
}

static void sum(void *data) {
    (void)data;
    double sum = 0;
#pragma omp parallel for TEAM reduction(+ : sum)
    for (size_t i = 0; i < n; i++) sum += a[i];
    KEEP(sum);
}

static double dot_of(const double *x, const double *y, size_t n) {
    double sum = 0;
#pragma omp parallel for TEAM reduction(+ : sum)
    for (size_t i = 0; i < n; i++) sum += x[i] * y[i];
    return sum;
}

static void dot(void *data) {
    (void)data;
    double sum = dot_of(a, b, n);
    KEEP(sum);
}

static double (*pos)[3], (*vel)[3];

static void nbody(void *data) {
    (void)data;
#pragma omp parallel for TEAM
    for (size_t i = 0; i < n; i++) {
        double acc[3] = {0};
        for (size_t j = 0; j < n; j++) {
            double d[3], square = 1e-3;
            for (int k = 0; k < 3; k++) d[k] = pos[j][k] - pos[i][k], square += d[k] * d[k];
            double force = 1 / (square * sqrt(square));
            for (int k = 0; k < 3; k++) acc[k] += d[k] * force;
        }
        for (int k = 0; k < 3; k++) vel[i][k] += acc[k] * 1e-6;
    }
#pragma omp parallel for TEAM
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < 3; k++) pos[i][k] += vel[i][k] * 1e-6;
}

static uint32_t escape(size_t row, size_t col) {
    double re = col * 3.0 / 400 - 2.2, im = row * 1.2 / 200, x = 0, y = 0;
    for (uint32_t step = 0; step < 500; step++) {
        double xx = x * x, yy = y * y;
        if (xx + yy > 4) return step;
        y = 2 * x * y + im;
        x = xx - yy + re;
    }
    return 500;
}

static void mandelbrot(void *data) {
    uint32_t *steps = data;
#pragma omp parallel for TEAM
    for (size_t row = 0; row < 200; row++)
        for (size_t col = 0; col < 400; col++) steps[row * 400 + col] = escape(row, col);
}

static void matmul(void *data) {
    size_t side = *(size_t *)data;
#pragma omp parallel for TEAM
    for (size_t i = 0; i < side; i++)
        for (size_t k = 0; k < side; k++)
            for (size_t j = 0; j < side; j++) c[i * side + j] += a[i * side + k] * b[k * side + j];
}

static void triangle(void *data) {
    (void)data;
#pragma omp parallel for TEAM
    for (size_t i = 0; i < 2000; i++) {
        double sum = 0;
        for (size_t j = i * (i + 1) / 2; j < (i + 1) * (i + 2) / 2; j++) sum += a[j] * a[j];
        c[i] = sum;
    }
}

static void histogram_atomic(void *data) {
    const uint8_t *bytes = data;
    uint64_t counts[256] = {0};
#pragma omp parallel for TEAM
    for (size_t i = 0; i < 10000000; i++) {
#pragma omp atomic
        counts[bytes[i]]++;
    }
    KEEP(counts);
}

static void histogram_reduction(void *data) {
    const uint8_t *bytes = data;
    uint64_t counts[256] = {0};
#pragma omp parallel for TEAM reduction(+ : counts)
    for (size_t i = 0; i < 10000000; i++) counts[bytes[i]]++;
    KEEP(counts);
}

struct sparse { size_t n, *starts; uint32_t *columns; double *values; };

static struct sparse poisson(size_t side) {
    size_t cells = side * side, used = 0;
    struct sparse m = {cells, place((cells + 1) * sizeof(size_t)), place(5 * cells * 4), place(5 * cells * 8)};
    m.starts[0] = 0;
    for (size_t at = 0; at < cells; at++) {
        size_t row = at / side, col = at % side;
        if (row > 0) m.columns[used] = at - side, m.values[used++] = -1;
        if (col > 0) m.columns[used] = at - 1, m.values[used++] = -1;
        m.columns[used] = at, m.values[used++] = 4;
        if (col + 1 < side) m.columns[used] = at + 1, m.values[used++] = -1;
        if (row + 1 < side) m.columns[used] = at + side, m.values[used++] = -1;
        m.starts[at + 1] = used;
    }
    return m;
}

static void spmv_of(const struct sparse *m, const double *x, double *y) {
#pragma omp parallel for TEAM
    for (size_t i = 0; i < m->n; i++) {
        double sum = 0;
        for (size_t k = m->starts[i]; k < m->starts[i + 1]; k++) sum += m->values[k] * x[m->columns[k]];
        y[i] = sum;
    }
}

static void spmv(void *data) {
    spmv_of(data, a, c);
}

static void cg(void *data) {
    const struct sparse *m = data;
    size_t n = m->n, bytes = n * sizeof(double);
    double *x = calloc(1, bytes), *q = calloc(1, bytes), *r = malloc(bytes), *p = malloc(bytes);
    memcpy(r, a, bytes);
    memcpy(p, a, bytes);
    double rho = dot_of(r, r, n);
    for (int step = 0; step < 20; step++) {
        spmv_of(m, p, q);
        double alpha = rho / dot_of(p, q, n);
        axpy_of(alpha, p, x, n);
        axpy_of(-alpha, q, r, n);
        double next = dot_of(r, r, n), beta = next / rho;
#pragma omp parallel for TEAM
        for (size_t i = 0; i < n; i++) p[i] = r[i] + beta * p[i];
        rho = next;
    }
    KEEP(rho);
    free(x), free(q), free(r), free(p);
}

enum { PIECE = 1 << 16, LAST = 10000000 };
static size_t small[512], smalls;

static size_t primes_in(size_t piece) {
    size_t start = piece * PIECE, end = start + PIECE < LAST ? start + PIECE : LAST, found = 0;
    static _Thread_local uint8_t composite[PIECE];
    memset(composite, 0, PIECE);
    for (size_t k = 0; k < smalls; k++) {
        size_t prime = small[k], multiple = (start + prime - 1) / prime * prime;
        if (multiple < prime * prime) multiple = prime * prime;
        for (; multiple < end; multiple += prime) composite[multiple - start] = 1;
    }
    for (size_t number = start > 2 ? start : 2; number < end; number++) found += !composite[number - start];
    return found;
}

static void sieve(void *data) {
    (void)data;
    size_t primes = 0;
    smalls = 0;
    for (size_t number = 2; number <= 3163; number++) {
        bool prime = true;
        for (size_t d = 2; d * d <= number && prime; d++) prime = number % d;
        if (prime) small[smalls++] = number;
    }
#pragma omp parallel for TEAM reduction(+ : primes)
    for (size_t piece = 0; piece < (LAST + PIECE - 1) / PIECE; piece++) primes += primes_in(piece);
    if (primes != 664579) fprintf(stderr, "sieve: %zu primes\n", primes);
}

static void heat(void *data) {
    size_t side = *(size_t *)data;
#pragma omp parallel for TEAM
    for (size_t i = 1; i < side - 1; i++)
        for (size_t j = 1; j < side - 1; j++) {
            const double *at = a + i * side + j;
            c[i * side + j] = *at + 0.1 * (at[-(ptrdiff_t)side] + at[side] + at[-1] + at[1] - 4 * *at);
        }
}

static double *vector(size_t count, double value) {
    double *x = place(count * sizeof *x);
    for (size_t i = 0; i < count; i++) x[i] = value;
    return x;
}

static bool row(char *row, size_t size, const char *name) {
    snprintf(row, size, "kernel %s, %d thread%s", name, threads, threads == 1 ? "" : "s");
    return wants(row);
}

static void small_loop(size_t count) {
    char row[64];
    snprintf(row, sizeof row, "small loop, axpy of %zu", count);
    if (!wants(row)) return;
    n = count, a = vector(n, 0.5), b = vector(n, 1.5);
    put(row, per_call(axpy, NULL));
    unplace(a), unplace(b);
}

// Vectors of so many elements, made when the row is wanted.
static void on_vectors(const char *name, size_t count, call_t *kernel, void *data) {
    char name_of_row[96];
    if (!row(name_of_row, sizeof name_of_row, name)) return;
    n = count;
    a = vector(n, 0.5), b = vector(n, 1.5), c = vector(n, 0);
    put(name_of_row, per_call(kernel, data ? data : c));
    unplace(a), unplace(b), unplace(c);
}

static void of_size(const char *name, size_t count, call_t *kernel) {
    char name_and_size[64];
    snprintf(name_and_size, sizeof name_and_size, "%s, %zu", name, count);
    on_vectors(name_and_size, count, kernel, NULL);
}

static void on_bodies(size_t bodies) {
    char name[64], name_of_row[96];
    snprintf(name, sizeof name, "n-body step, %zu", bodies);
    if (!row(name_of_row, sizeof name_of_row, name)) return;
    n = bodies, pos = calloc(n, sizeof *pos), vel = calloc(n, sizeof *vel);
    for (size_t i = 0; i < n; i++) pos[i][0] = sin(i), pos[i][1] = cos(i * 1.7), pos[i][2] = sin(i * 0.3);
    put(name_of_row, per_call(nbody, NULL));
    free(pos), free(vel);
}

static void on_bytes(const char *name, call_t *kernel) {
    char name_of_row[96];
    if (!row(name_of_row, sizeof name_of_row, name)) return;
    uint8_t *bytes = malloc(10000000);
    for (uint32_t i = 0; i < 10000000; i++) bytes[i] = (i * 2654435761u) >> 24;
    put(name_of_row, per_call(kernel, bytes));
    free(bytes);
}

static void on_matrix(const char *name, call_t *kernel) {
    char name_of_row[96];
    if (!row(name_of_row, sizeof name_of_row, name)) return;
    struct sparse m = poisson(200);
    a = vector(m.n, 1), c = vector(m.n, 0);
    put(name_of_row, per_call(kernel, &m));
    unplace(a), unplace(c), unplace(m.starts), unplace(m.columns), unplace(m.values);
}

void kernels(void) {
    threads = 2;
    for (size_t count = 1; count <= 1000000; count *= 10) small_loop(count);
    for (threads = 1; threads <= 2; threads++) {
        on_vectors("(a+b)*2+a*b, 2000 x 2000", 4000000, combine, NULL);
        of_size("axpy", 10000, axpy);
        of_size("axpy", 10000000, axpy);
        for (size_t count = 10000; count <= (large ? 100000000 : 1000000); count *= 100) {
            of_size("sum", count, sum);
            of_size("dot", count, dot);
        }
        on_bodies(128);
        on_bodies(512);
        size_t side = 512, square = 1000;
        on_vectors("mandelbrot, 400 x 200", 80000, mandelbrot, NULL);
        on_vectors("matmul, 512", side * side, matmul, &side);
        on_vectors("triangle, 2000 rows", 2000 * 2001 / 2, triangle, NULL);
        on_bytes("histogram of 10^7 bytes, atomic", histogram_atomic);
        on_bytes("histogram of 10^7 bytes, reduction", histogram_reduction);
        on_matrix("SpMV, 40000 rows", spmv);
        on_matrix("SpMV zipped, 40000 rows", spmv);
        on_matrix("CG, 40000 rows, 20 steps", cg);
        on_vectors("sieve, 10^7", 1, sieve, NULL);
        on_vectors("heat, 1000 x 1000", square * square, heat, &square);
    }
}
