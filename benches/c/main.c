// The C side of the benchmark: main NAME [--large] --list | --row ROW
#define _GNU_SOURCE
#include "bench.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *name;
static const char *wanted;                         // none: the names of all rows are
bool large;

bool wants(const char *row) {
    if (!wanted) puts(row);
    return wanted && !strcmp(row, wanted);
}

double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

static int ascending(const void *one, const void *other) {
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

double median(double *figures, size_t count) {
    qsort(figures, count, sizeof *figures, ascending);
    return count % 2 ? figures[count / 2] : (figures[count / 2 - 1] + figures[count / 2]) / 2;
}

static double sample(call_t *call, void *data, size_t calls) {
    double start = now();
    for (size_t i = 0; i < calls; i++) call(data);
    return now() - start;
}

double per_call(call_t *call, void *data) {
    size_t calls = 1;
    double start = now(), took = sample(call, data, calls);
    while (took < 1e6 || now() - start < 3e7) took = sample(call, data, took < 1e6 ? calls *= 2 : calls);
    size_t samples = 5e7 / took;
    samples = samples < 3 ? 3 : samples > 31 ? 31 : samples;
    double figures[31];
    for (size_t i = 0; i < samples; i++) figures[i] = sample(call, data, calls) / calls;
    return median(figures, samples);
}

void put(const char *row, double ns) {
    printf("%s\t%s\t%f\n", name, row, ns);
}

void hot(const char *row, call_t *call, void *data) {
    if (wants(row)) put(row, per_call(call, data));
}

void one_of(size_t many, const char *row, call_t *call, void *data) {
    if (wants(row)) put(row, per_call(call, data) / many);
}

void lasting(const char *row, call_t *call, void *data) {
    if (!wants(row)) return;
    double start = now(), calls = 0;
    for (; now() - start < 333e6; calls++) call(data);
    put(row, (now() - start) / calls);
}

__attribute__((noinline)) uint64_t work(size_t seed, int steps) {
    uint64_t x = seed + 1;
    for (int i = 0; i < steps; i++) x ^= x << 13, x ^= x >> 7, x ^= x << 17;
    return x;
}

// Both threads compute for a while: until then they may sit on one core, where they yield to each other and stay.
static void settle(void) {
#pragma omp parallel num_threads(2)
    {
        double start = now();
        while (now() - start < 2e7) {}
    }
}

int main(int count, char **words) {
    name = count > 1 ? words[1] : "c";
    for (int i = 2; i < count; i++) {
        if (!strcmp(words[i], "--large")) large = true;
        if (!strcmp(words[i], "--row") && i + 1 < count) wanted = words[++i];
    }
    if (wanted) settle();
    overheads();
    schedules();
    waiting();
    growth();
    kernels();
    return 0;
}
