"""A web process shares what it can, and keeps little of what it frees."""

import gc
import subprocess
import sys

from bassin.config import memory, parts

FREED = """
from bassin.config import memory

def held():
    with open("/proc/self/statm") as told:
        return int(told.read().split()[1]) * 4096

memory.spare()
kept = [bytes(600) for _ in range(120_000)]
most = held()
walls = kept[::1000]
del kept
memory.give_back()
print(most - held())
"""


def test_what_was_freed_between_two_things_kept_is_given_back():
    said = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True)

    assert int(said.stdout) > 40_000_000


def test_arrow_frees_through_the_c_library_unless_somebody_chose_another_way(monkeypatch):
    monkeypatch.delenv("ARROW_DEFAULT_MEMORY_POOL", raising=False)
    monkeypatch.setattr(memory, "_LIBRARY", object())  # a C library without these settings

    memory.spare()
    assert memory.os.environ["ARROW_DEFAULT_MEMORY_POOL"] == "system"

    monkeypatch.setenv("ARROW_DEFAULT_MEMORY_POOL", "mimalloc")
    memory.spare()
    assert memory.os.environ["ARROW_DEFAULT_MEMORY_POOL"] == "mimalloc"


def test_pages_are_loaded_and_set_aside_from_the_collector_before_processes_part(monkeypatch):
    loaded, before = [], gc.get_freeze_count()
    monkeypatch.setattr(parts, "import_module", loaded.append)

    try:
        parts.share("bassin.config.asgi:application")
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()

    assert loaded == ["bassin.config.asgi", "bassin.config.urls"]
