// What entering a region and a loop costs, and the constructs in them.
#include "bench.h"
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

enum { MANY = 1000 };

static void region(void *data) {
#pragma omp parallel num_threads(*(int *)data)
    {
        int thread = omp_get_thread_num();
        KEEP(thread);
    }
}

static void empty(void *data) {
    int threads = *(int *)data;
#pragma omp parallel for num_threads(threads)
    for (size_t i = 0; i < 2; i++) KEEP(i);
}

static void serial_by_clause(void *data) {
    (void)data;
    int condition = 0;
    __asm__ volatile("" : "+r"(condition));
#pragma omp parallel for num_threads(2) if (condition)
    for (size_t i = 0; i < 2; i++) KEEP(i);
}

static double numbers[2] = {1, 1};

static void sum(void *data) {
    int threads = *(int *)data;
    double sum = 0;
#pragma omp parallel for num_threads(threads) reduction(+ : sum)
    for (size_t i = 0; i < 2; i++) sum += numbers[i];
    KEEP(sum);
}

static void sum_of_128(void *data) {
    (void)data;
    double sum = 0;
#pragma omp parallel for num_threads(2) reduction(+ : sum)
    for (unsigned i = 0; i < 128; i++) sum += i;
    KEEP(sum);
}

struct array { size_t n; double *a; };

static void array_sum(void *data) {
    struct array *array = data;
    double *a = array->a;
    size_t n = array->n;
#pragma omp parallel for num_threads(2) reduction(+ : a[:n])
    for (size_t i = 0; i < 2; i++) a[0] += i;
}

// OpenMP copies arrays of a size known beforehand only, so that the sizes stand here.
#define COPIES(N) \
    static void private_##N(void *data) { \
        (void)data; \
        double a[N]; \
        _Pragma("omp parallel for num_threads(2) private(a)") \
        for (size_t i = 0; i < 2; i++) { a[0] = i; KEEP(a); } \
    } \
    static void firstprivate_##N(void *data) { \
        (void)data; \
        static double a[N]; \
        _Pragma("omp parallel for num_threads(2) firstprivate(a)") \
        for (size_t i = 0; i < 2; i++) { KEEP(a); } \
    }
COPIES(1)
COPIES(729)
COPIES(59049)

static void in_order(void *data) {
    (void)data;
#pragma omp parallel for num_threads(2) ordered schedule(static, 1)
    for (size_t i = 0; i < MANY; i++) {
#pragma omp ordered
        KEEP(i);
    }
}

static void in_order_in_region(void *data) {
    (void)data;
#pragma omp parallel num_threads(2)
#pragma omp for ordered schedule(static, 1) nowait
    for (size_t i = 0; i < MANY; i++) {
#pragma omp ordered
        KEEP(i);
    }
}

static omp_lock_t lock;

static void locked(void *data) {
    (void)data;
#pragma omp parallel for num_threads(2)
    for (size_t i = 0; i < MANY; i++) {
        omp_set_lock(&lock);
        KEEP(i);
        omp_unset_lock(&lock);
    }
}

static void locked_region(void *data) {
    (void)data;
#pragma omp parallel num_threads(2)
    for (size_t i = 0; i < MANY / 2; i++) {
        omp_set_lock(&lock);
        KEEP(i);
        omp_unset_lock(&lock);
    }
}

static void atomics(void *data) {
    uint64_t *count = data;
#pragma omp parallel for num_threads(2)
    for (size_t i = 0; i < MANY; i++) {
#pragma omp atomic
        ++*count;
    }
}

static void barriers(void *data) {
    (void)data;
#pragma omp parallel num_threads(2)
    for (size_t i = 0; i < MANY; i++) {
#pragma omp barrier
    }
}

static void loops(void *data) {
    (void)data;
#pragma omp parallel num_threads(2)
    for (size_t k = 0; k < MANY; k++) {
#pragma omp for
        for (size_t i = 0; i < 2; i++) KEEP(i);
    }
}

static void singles(void *data) {
    (void)data;
#pragma omp parallel num_threads(2)
    for (size_t i = 0; i < MANY; i++) {
#pragma omp single
        KEEP(i);
    }
}

static void singles_nowait(void *data) {
    (void)data;
#pragma omp parallel num_threads(2)
    for (size_t i = 0; i < MANY; i++) {
#pragma omp single nowait
        KEEP(i);
    }
}

static void named_criticals(void *data) {
    (void)data;
#pragma omp parallel num_threads(2)
    for (size_t i = 0; i < MANY / 2; i++) {
#pragma omp critical(io)
        KEEP(i);
    }
}

static void criticals(void *data) {
    (void)data;
#pragma omp parallel num_threads(2)
    for (size_t i = 0; i < MANY / 2; i++) {
#pragma omp critical
        KEEP(i);
    }
}


static void array_rows(size_t n, call_t *private, call_t *firstprivate) {
    struct array array = {n, calloc(n, sizeof(double))};
    char row[80];
    snprintf(row, sizeof row, "array reduction, %zu, 2 threads", n);
    hot(row, array_sum, &array);
    snprintf(row, sizeof row, "private copy, %zu, 2 threads", n);
    hot(row, private, &array);
    snprintf(row, sizeof row, "firstprivate copy, %zu, 2 threads", n);
    hot(row, firstprivate, &array);
    free(array.a);
}

void overheads(void) {
    int one = 1, two = 2;
    hot("parallel region, empty, 1 thread", region, &one);
    hot("parallel region, empty, 2 threads", region, &two);
    hot("parallel loop, empty, 1 thread", empty, &one);
    hot("parallel loop, empty, 2 threads", empty, &two);
    hot("parallel loop, if = false", serial_by_clause, NULL);
    hot("parallel loop, reduction of one number, 1 thread", sum, &one);
    hot("parallel loop, reduction of one number, 2 threads", sum, &two);
    hot("parallel loop, reduction of one number over 128 iterations, 2 threads", sum_of_128, NULL);
    array_rows(1, private_1, firstprivate_1);
    array_rows(729, private_729, firstprivate_729);
    array_rows(59049, private_59049, firstprivate_59049);
    one_of(MANY, "ordered, one of 1000 iterations, 2 threads", in_order, NULL);
    omp_init_lock(&lock);
    one_of(MANY, "lock and unlock, one of 1000 iterations, 2 threads", locked, NULL);
    one_of(MANY, "lock of a region, one of 1000, 2 threads", locked_region, NULL);
    omp_destroy_lock(&lock);
    uint64_t count = 0;
    one_of(MANY, "atomic addition, one of 1000 iterations, 2 threads", atomics, &count);
    one_of(MANY, "ordered in a region, one of 1000, 2 threads", in_order_in_region, NULL);
    one_of(MANY, "barrier, one of 1000, 2 threads", barriers, NULL);
    one_of(MANY, "loop in a region and its barrier, one of 1000, 2 threads", loops, NULL);
    one_of(MANY, "single, one of 1000, 2 threads", singles, NULL);
    one_of(MANY, "single without a wait, one of 1000, 2 threads", singles_nowait, NULL);
    one_of(MANY, "critical with a name, one of 1000, 2 threads", named_criticals, NULL);
    one_of(MANY, "critical, one of 1000, 2 threads", criticals, NULL);
}
