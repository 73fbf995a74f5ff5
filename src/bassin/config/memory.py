"""What a web process takes from the machine no longer than it needs it.

Libraries keep what they free, each in its own reserve, against the next time they need it: after a
few pages that read a whole table, a process would hold 150 MB for nothing.
"""

import ctypes
import gc
import os

ARENAS, MAPPED = -8, -3
"""Names of two settings of the C library of Linux (malloc.h: M_ARENA_MAX, M_MMAP_THRESHOLD)."""

FEW = 2
LARGE = 1 << 20
"""Bytes from which a piece of memory is given back as soon as it is freed."""

_LIBRARY = ctypes.CDLL(None)


def spare() -> None:
    """Have this process, and those it starts by `fork`, keep little of what they free.

    Each thread would keep its own reserve: 40 MB more per process, for no speed. Where the C
    library has no such settings, nothing changes.
    """
    set_option = getattr(_LIBRARY, "mallopt", None)
    if set_option is not None:
        set_option(ARENAS, FEW)
        set_option(MAPPED, LARGE)
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # read at its first table


def give_back() -> None:
    """Give back what is free by now; some milliseconds."""
    gc.collect(1)
    trim = getattr(_LIBRARY, "malloc_trim", None)
    if trim is not None:
        trim(0)
