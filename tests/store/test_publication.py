"""Publishing while others read, and being killed in the middle of it."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from bassin.errors import Refused
from bassin.store import Reader, Store
from tests.store.making import add, databases, moment

ROOT = Path(__file__).resolve().parents[2]

READS = """
    # Reads until told to stop: two columns written together must always agree.
    import sys
    from pathlib import Path
    from bassin.store import Reader, Store

    root, stop = Path(sys.argv[1]), Path(sys.argv[2])
    reader, seen = Reader(Store(root)), set()
    print("ready", flush=True)
    while not stop.exists():
        reader.refresh()
        one = reader.rows("SELECT min(value), max(value), count(*) FROM numbers")[0]
        two = reader.rows("SELECT min(value), max(value), count(*) FROM twins")[0]
        assert one == two and one[0] == one[1] and one[2] == 5000, (one, two)
        seen.add(one[0])
    print(len(seen))
"""

DIES = """
    # Publishes, and is killed at the n-th file that takes its place.
    import os, sys
    from pathlib import Path
    from bassin.store import Store
    from tests.store.making import add, moment

    store, left, real = Store(Path(sys.argv[1])), int(sys.argv[2]), os.replace

    def replace(one, other):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), 9)
        real(one, other)

    add(store, "numbers", [2], "v2", made=moment(2))
    os.replace = replace
    store.publish(moment(2))
    print("published")
"""

FULL = """
    # A disk that is full: no file may grow above a few kilobytes.
    import resource, sys
    from pathlib import Path
    from bassin.errors import SourceError
    from bassin.store import Store
    from tests.store.making import moment

    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    try:
        Store(Path(sys.argv[1])).publish(moment(2))
    except SourceError as error:
        print(error)
"""


def started(script: str, *words: object) -> subprocess.Popen:
    env = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, words)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=env)


def twins(store: Store, number: int) -> None:
    for table in ("numbers", "twins"):
        add(store, table, [number] * 5000, f"v{number}", made=moment(number))
    store.publish(moment(number))


def test_two_processes_reading_see_the_old_release_or_the_new_one_never_half(tmp_path):
    root, stop = tmp_path / "store", tmp_path / "stop"
    store = Store(root)
    twins(store, 0)
    readers = [started(READS, root, stop) for _ in range(2)]
    for each in readers:
        assert each.stdout.readline() == "ready\n", each.stderr.read()

    for number in range(1, 8):
        twins(store, number)
    stop.touch()

    for each in readers:
        said, wrong = each.communicate(timeout=30)
        assert each.returncode == 0, wrong
        assert int(said) > 1, "it saw several releases"


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_process_killed_while_publishing_leaves_the_last_release_in_service(tmp_path, step):
    store = Store(tmp_path / "store")
    add(store, "numbers", [1], "v1", made=moment(1))
    first = store.publish(moment(1)).name

    killed = started(DIES, store.root, step)
    said, _ = killed.communicate(timeout=30)

    assert (killed.returncode, said) == (-9, "")
    assert store.current == first
    assert Reader(store).rows("SELECT value FROM numbers") == [(1,)]

    again = store.publish(moment(3))
    assert store.current == again.name
    assert Reader(store).rows("SELECT value FROM numbers") == [(2,)]
    assert list((store.root / "tmp").iterdir()) == []


def test_a_process_that_is_not_killed_publishes(tmp_path):
    store = Store(tmp_path / "store")
    add(store, "numbers", [1], "v1", made=moment(1))
    store.publish(moment(1))

    said, _ = started(DIES, store.root, 99).communicate(timeout=30)

    assert said == "published\n"
    assert Reader(store).rows("SELECT value FROM numbers") == [(2,)]


def test_a_full_disk_leaves_the_last_release_and_no_half_of_the_next(tmp_path):
    store = Store(tmp_path / "store")
    add(store, "numbers", [1], "v1", made=moment(1))
    first = store.publish(moment(1)).name
    add(store, "numbers", list(range(200_000)), "v2", made=moment(2))

    said, wrong = started(FULL, store.root).communicate(timeout=30)

    assert "could not be written" in said, wrong
    assert "The last one stays in service. Free some disk space" in said
    assert store.current == first
    assert databases(store.root) == [first]
    assert Reader(store).rows("SELECT value FROM numbers") == [(1,)]


def test_a_second_writer_waits_for_the_first(tmp_path):
    store = Store(tmp_path / "store")
    waits = """
        import sys
        from pathlib import Path
        from bassin.store import Store
        print("waiting", flush=True)
        with Store(Path(sys.argv[1])).writing():
            print(Path(sys.argv[1], "done").exists())
    """

    with store.writing():
        second = started(waits, store.root)
        assert second.stdout.readline() == "waiting\n"
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(timeout=1)
        (store.root / "done").touch()
    said, wrong = second.communicate(timeout=30)

    assert said == "True\n", wrong


def test_a_new_release_is_inspected_before_anybody_reads_it(tmp_path):
    store = Store(tmp_path)
    add(store, "numbers", [1])
    first = store.publish(moment(1)).name
    add(store, "numbers", [2], "v2", made=moment(2))
    seen = []

    def inspect(name: str) -> None:
        reader = Reader(store, name)
        seen.append((name, store.current, reader.rows("FROM numbers")))

    second = store.publish(moment(2), inspect=inspect).name

    assert seen == [(second, first, [(2,)])]
    assert store.current == second


def test_a_release_whose_inspection_fails_is_not_put_in_service(tmp_path):
    store = Store(tmp_path)
    add(store, "numbers", [1])
    first = store.publish(moment(1)).name
    add(store, "numbers", [2], "v2", made=moment(2))

    def refuse(name: str) -> None:
        raise Refused("a declaration is refused")

    with pytest.raises(Refused):
        store.publish(moment(2), inspect=refuse)
    assert store.current == first


def test_a_reader_of_one_release_stays_on_it(tmp_path):
    store = Store(tmp_path)
    add(store, "numbers", [1])
    reader = Reader(store, store.publish(moment(1)).name)
    add(store, "numbers", [2], "v2", made=moment(2))
    store.publish(moment(2))

    assert reader.refresh() is False
    assert reader.rows("FROM numbers") == [(1,)]
