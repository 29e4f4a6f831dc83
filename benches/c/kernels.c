#include "bench.h"
void kernels(void) {}
