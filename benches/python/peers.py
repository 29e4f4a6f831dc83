"""Python's side: peers.py CONTENDER FOLDER [--large] --list | --row ROW.  Rows are called as in src/."""

import sys
from time import perf_counter_ns

import numpy as np

REGION = "parallel region, empty, 2 threads"
LOOP = "parallel loop, empty, 2 threads"
SUM = "parallel loop, reduction of one number, 2 threads"
COMBINE = "kernel (a+b)*2+a*b, 2000 x 2000, 2 threads"
AXPY = "kernel axpy, 10000000, 2 threads"
TOTAL = "kernel sum, 1000000, 2 threads"
DOT = "kernel dot, 1000000, 2 threads"
NBODY = "kernel n-body step, 512, 2 threads"
MANDELBROT = "kernel mandelbrot, 400 x 200, 2 threads"
HEAT = "kernel heat, 1000 x 1000, 2 threads"


def vectors(n):
    return np.full(n, 0.5), np.full(n, 1.5), np.zeros(n)


def bodies(n):
    i = np.arange(n)
    return np.stack([np.sin(i), np.cos(i * 1.7), np.sin(i * 0.3)], axis=1), np.zeros((n, 3))


# Row by row: what a call is given, and the check of what it leaves or returns. The calls are of one name in `of`.
ROWS = {
    REGION: ("region", lambda: (), lambda args, result: True),
    LOOP: ("loop", lambda: (), lambda args, result: True),
    SUM: ("total", lambda: (np.ones(2),), lambda args, result: result == 2),
    COMBINE: ("combine", lambda: vectors(4_000_000), lambda args, result: (args[2] == 4.75).all()),
    AXPY: ("axpy", lambda: (1e-9,) + vectors(10_000_000)[:2], lambda args, result: True),
    TOTAL: ("total", lambda: (np.full(1_000_000, 0.5),), lambda args, result: result == 500_000),
    DOT: ("dot", lambda: vectors(1_000_000)[:2], lambda args, result: result == 750_000),
    NBODY: ("nbody", lambda: bodies(512), lambda args, result: True),
    MANDELBROT: ("mandelbrot", lambda: (np.zeros((200, 400), np.uint32),), lambda args, result: args[0].max() == 500),
    HEAT: ("heat", lambda: (np.ones((1000, 1000)), np.zeros((1000, 1000))), lambda args, result: abs(args[1][1, 1] - 1) < 1e-12),
}


def python_pymp():
    """Processes; the inner loops are NumPy's, since Python's own would take a hundred times longer."""
    import pymp

    class Of:
        shared = ("combine", "axpy")

        def region():
            with pymp.Parallel(2):
                pass

        def loop():
            with pymp.Parallel(2) as p:
                for _ in p.range(2):
                    pass

        def combine(a, b, c):
            a, b, c = (x.reshape(2000, 2000) for x in (a, b, c))
            with pymp.Parallel(2) as p:
                for i in p.range(2000):
                    c[i] = (a[i] + b[i]) * 2 + a[i] * b[i]

        def axpy(a, x, y):
            with pymp.Parallel(2) as p:
                for part in p.range(2):
                    half = slice(part * len(x) // 2, (part + 1) * len(x) // 2)
                    y[half] += a * x[half]

    def share(array):
        copy = pymp.shared.array(array.shape, dtype=array.dtype)
        copy[...] = array
        return copy

    return Of, share


def numba():
    import numba
    from numba import njit, prange

    numba.set_num_threads(2)
    parallel = njit(parallel=True)

    class Of:
        @parallel
        def total(x):
            total = 0.0
            for i in prange(len(x)):
                total += x[i]
            return total

        @parallel
        def combine(a, b, c):
            for i in prange(len(c)):
                c[i] = (a[i] + b[i]) * 2 + a[i] * b[i]

        @parallel
        def axpy(a, x, y):
            for i in prange(len(y)):
                y[i] += a * x[i]

        @parallel
        def dot(x, y):
            total = 0.0
            for i in prange(len(x)):
                total += x[i] * y[i]
            return total

        @parallel
        def nbody(pos, vel):
            n = len(pos)
            for i in prange(n):
                ax, ay, az = 0.0, 0.0, 0.0
                for j in range(n):
                    dx, dy, dz = pos[j, 0] - pos[i, 0], pos[j, 1] - pos[i, 1], pos[j, 2] - pos[i, 2]
                    square = dx * dx + dy * dy + dz * dz + 1e-3
                    force = 1.0 / (square * square**0.5)
                    ax, ay, az = ax + dx * force, ay + dy * force, az + dz * force
                vel[i, 0] += ax * 1e-6
                vel[i, 1] += ay * 1e-6
                vel[i, 2] += az * 1e-6
            for i in prange(n):
                for k in range(3):
                    pos[i, k] += vel[i, k] * 1e-6

        @parallel
        def mandelbrot(steps):
            height, width = steps.shape
            for row in prange(height):
                for col in range(width):
                    re, im = col * 3.0 / width - 2.2, row * 1.2 / height
                    x, y, step = 0.0, 0.0, 0
                    while step < 500:
                        xx, yy = x * x, y * y
                        if xx + yy > 4.0:
                            break
                        y = 2.0 * x * y + im
                        x = xx - yy + re
                        step += 1
                    steps[row, col] = step

        @parallel
        def heat(old, new):
            n = len(old)
            for i in prange(1, n - 1):
                for j in range(1, n - 1):
                    around = old[i - 1, j] + old[i + 1, j] + old[i, j - 1] + old[i, j + 1]
                    new[i, j] = old[i, j] + 0.1 * (around - 4.0 * old[i, j])

    return Of, lambda array: array


def cython(folder):
    """Compiles loops.pyx as the C side is compiled, when it is newer than what is there."""
    import pathlib
    import subprocess
    import sysconfig

    source = pathlib.Path(__file__).with_name("loops.pyx")
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    library = folder / ("loops" + sysconfig.get_config_var("EXT_SUFFIX"))
    if not library.exists() or library.stat().st_mtime < source.stat().st_mtime:
        made = folder / "loops.c"
        subprocess.run([sys.executable, "-m", "cython", "-3", str(source), "-o", str(made)], check=True)
        march = ["-march=x86-64-v3"] if "x86_64" in sysconfig.get_platform() else []
        include = "-I" + sysconfig.get_paths()["include"]
        words = ["gcc", "-O3", *march, "-fopenmp", "-shared", "-fPIC", "-w", include, str(made), "-lm", "-o", str(library)]
        subprocess.run(words, check=True)
    sys.path.insert(0, str(folder))
    import loops

    return loops, lambda array: array


def settle(of):
    """All threads compute for a while: until then they may sit on one core."""
    if hasattr(of, "nbody"):
        args, start = bodies(512), perf_counter_ns()
        while perf_counter_ns() - start < 5e7:
            of.nbody(*args)


def per_call(call):
    """As in src/sheet.rs."""

    def sample(calls):
        start = perf_counter_ns()
        for _ in range(calls):
            call()
        return perf_counter_ns() - start

    calls = 1
    took = sample(calls)
    while took < 1e6:
        calls *= 2
        took = sample(calls)
    samples = int(min(max(5e7 // took, 3), 31))
    return float(np.median([sample(calls) / calls for _ in range(samples)]))


def main():
    contender, folder, words = sys.argv[1], sys.argv[2], sys.argv[3:]
    of, share = {"Python pymp": python_pymp, "numba": numba, "Cython": lambda: cython(folder)}[contender]()
    for row, (name, make, check) in ROWS.items():
        if not hasattr(of, name):
            continue
        if "--list" in words:
            print(row)
        elif row == words[words.index("--row") + 1]:
            args = [share(arg) if isinstance(arg, np.ndarray) else arg for arg in make()]
            call = getattr(of, name)
            settle(of)
            if check(args, call(*args)):
                print(contender, row, per_call(lambda: call(*args)), sep="\t")
            else:
                print(f"{row}: {contender} is wrong", file=sys.stderr)


main()
