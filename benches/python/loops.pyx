# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The loops of Cython's users: prange on typed memory views."""

from cython.parallel cimport prange
from libc.math cimport sqrt
from libc.stdint cimport uint32_t


def total(const double[::1] x):
    cdef Py_ssize_t i
    cdef double total = 0
    for i in prange(x.shape[0], nogil=True, num_threads=2, schedule="static"):
        total += x[i]
    return total


def combine(const double[::1] a, const double[::1] b, double[::1] c):
    cdef Py_ssize_t i
    for i in prange(c.shape[0], nogil=True, num_threads=2, schedule="static"):
        c[i] = (a[i] + b[i]) * 2 + a[i] * b[i]


def axpy(double a, const double[::1] x, double[::1] y):
    cdef Py_ssize_t i
    for i in prange(y.shape[0], nogil=True, num_threads=2, schedule="static"):
        y[i] += a * x[i]


def dot(const double[::1] x, const double[::1] y):
    cdef Py_ssize_t i
    cdef double total = 0
    for i in prange(x.shape[0], nogil=True, num_threads=2, schedule="static"):
        total += x[i] * y[i]
    return total


cdef void pull(const double[:, ::1] pos, double[:, ::1] vel, Py_ssize_t i) noexcept nogil:
    cdef Py_ssize_t j
    cdef double ax = 0, ay = 0, az = 0, dx, dy, dz, square, force
    for j in range(pos.shape[0]):
        dx = pos[j, 0] - pos[i, 0]
        dy = pos[j, 1] - pos[i, 1]
        dz = pos[j, 2] - pos[i, 2]
        square = dx * dx + dy * dy + dz * dz + 1e-3
        force = 1 / (square * sqrt(square))
        ax += dx * force
        ay += dy * force
        az += dz * force
    vel[i, 0] += ax * 1e-6
    vel[i, 1] += ay * 1e-6
    vel[i, 2] += az * 1e-6


def nbody(double[:, ::1] pos, double[:, ::1] vel):
    cdef Py_ssize_t i, k, n = pos.shape[0]
    for i in prange(n, nogil=True, num_threads=2, schedule="static"):
        pull(pos, vel, i)
    for i in prange(n, nogil=True, num_threads=2, schedule="static"):
        for k in range(3):
            pos[i, k] += vel[i, k] * 1e-6


cdef uint32_t escape(double re, double im) noexcept nogil:
    cdef double x = 0, y = 0, xx, yy
    cdef uint32_t step
    for step in range(500):
        xx = x * x
        yy = y * y
        if xx + yy > 4:
            return step
        y = 2 * x * y + im
        x = xx - yy + re
    return 500


def mandelbrot(uint32_t[:, ::1] steps):
    cdef Py_ssize_t row, col, height = steps.shape[0], width = steps.shape[1]
    for row in prange(height, nogil=True, num_threads=2, schedule="static"):
        for col in range(width):
            steps[row, col] = escape(col * 3.0 / width - 2.2, row * 1.2 / height)


def heat(const double[:, ::1] old, double[:, ::1] new):
    cdef Py_ssize_t i, j, n = old.shape[0]
    for i in prange(1, n - 1, nogil=True, num_threads=2, schedule="static"):
        for j in range(1, n - 1):
            new[i, j] = old[i, j] + 0.1 * (old[i - 1, j] + old[i + 1, j] + old[i, j - 1] + old[i, j + 1] - 4 * old[i, j])
