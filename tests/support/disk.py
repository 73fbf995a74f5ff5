"""A disk that is really full: a small one in memory, or a limit on the size of files."""

import resource
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

MEGABYTE = 1_000_000


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system in memory, of that size, at a folder."""
    options = f"size={megabytes * MEGABYTE}"
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True, capture_output=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@cache
def missing() -> str:
    """Why the tests marked `tmpfs` cannot run; "" when they can."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with small_disk(Path(folder), 1):
                return ""
        except (OSError, subprocess.CalledProcessError):
            return "no file system may be mounted here (run as root, with its capabilities)"


def fill(folder: Path, leaving: int) -> Path:
    """A file which takes all the room but some bytes; take it away to give the room back."""
    filler = folder / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as taken:
        while True:
            taken.write(b"\0" * 4096)
    with filler.open("r+b", buffering=0) as taken:
        taken.truncate(max(0, filler.stat().st_size - leaving))
    return filler


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """Files of this process may not grow past a size, as under a quota."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
