"""Every way a file, a disk or a machine can fail, at the level of the runner.

Each answer is one sentence with the file, the line, the column, the value and what to do; the last
good version stays in service and refused rows can be listed.
"""

import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from bassin.errors import SourceError
from bassin.sources import Column, Raw, Runner, Source
from bassin.sources.files import read_csv
from bassin.sources.health import failing_since, notice_interrupted, refused_rows
from bassin.sources.runner import last_runs
from bassin.store import Reader, Store
from bassin.types import Text
from tests.support.loading import DATA, runner

NAME = "pack/jobs.csv"
GOOD = "code;year;jobs;seen\n" + "".join(
    f"940{n:02d};2023;{n},5;2024-01-0{n}\n" for n in range(1, 9)
)


class Jobs(Source):
    """A small source of this test, in the manner of publishers: semicolons, decimal commas."""

    key = "occupation_hirings"  # a known name, so that its refused rows can be asked for
    title = Text("Emplois", "Jobs")
    publisher, licence, page = "Essai", "LO", "https://example.org"
    cadence = Text("jamais", "never")
    stale_after = timedelta(days=1)
    max_refused_pct = 20.0
    columns = {
        "commune_code": Column("VARCHAR", Text("Code"), True, r"^(\d{2}|2[AB])\d{3}$"),
        "period": Column("VARCHAR", Text("Année"), True, r"^\d{4}$"),
        "jobs": Column("DOUBLE", Text("Emplois"), minimum=0),
        "seen_on": Column("DATE", Text("Vu le"), past=True),
    }
    unique = ("commune_code", "period")

    def read(self, con, raw):
        table = read_csv(con, raw, columns=("code", "year", "jobs", "seen"), delimiter=";")
        return table.select(
            commune_code=table.code,
            period=table.year,
            jobs=table.jobs.replace(",", "."),
            seen_on=table.seen,
        )


@pytest.fixture
def place(tmp_path):
    """A runner whose store serves eight good rows."""
    made = runner(tmp_path / "store")
    run = load(made, tmp_path, GOOD)
    assert (run.status, run.rows) == ("published", 8)
    return made


def load(made: Runner, folder: Path, text: str | bytes, name: str = NAME):
    """Load a text as one file of a data pack."""
    path = folder / Path(name).name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return made.load(Jobs(), [Raw(path, name)])


def served(made: Runner) -> list[tuple]:
    return Reader(made.store).rows("SELECT commune_code, jobs FROM occupation_hirings ORDER BY 1")


def fails(made: Runner, folder: Path, text: str | bytes, name: str = NAME) -> str:
    """The sentence of a load that must fail and leave what was served."""
    before = served(made)
    run = load(made, folder, text, name)
    assert run.status == "failed"
    assert served(made) == before
    assert run.error.startswith(name)
    assert "\n" not in run.error
    return run.error


def refuses(made: Runner, folder: Path, old: str, new: str) -> dict:
    """The one row refused after a change of one line of the good file; others are published."""
    run = load(made, folder, GOOD.replace(old, new))
    assert (run.status, run.rows, run.refused) == ("published", 7, 1)
    (row,) = refused_rows(made.store, "occupation_hirings").to_pylist()
    assert row["file"] == NAME
    return row


def test_a_truncated_archive(place, tmp_path):
    packed = gzip.compress(GOOD.encode() * 50)
    error = fails(place, tmp_path, packed[: len(packed) // 2], "pack/jobs.csv.gz")
    assert "is truncated or damaged" in error
    assert "Download the file again" in error
    assert "the last good version stays" in error


def test_a_wrong_delimiter(place, tmp_path):
    error = fails(place, tmp_path, GOOD.replace(",", ".").replace(";", ","))
    assert "is separated by commas; its publisher separates it by semicolons" in error
    assert "Export it again as published" in error


def test_a_wrong_encoding_in_the_header(place, tmp_path):
    error = fails(place, tmp_path, GOOD.replace("jobs", "jobs;é").encode("latin-1"))
    assert "is not written in utf-8: its first line holds byte 0xe9" in error
    assert "Save it as utf-8" in error


@pytest.mark.parametrize("pack", [None, gzip.compress])
def test_a_wrong_encoding_in_a_row(place, tmp_path, pack):
    text = GOOD.replace("94003;", "Orlé;").encode("latin-1")
    error = fails(place, tmp_path, pack(text) if pack else text, NAME + (".gz" if pack else ""))
    assert "line 4: it is not text in UTF-8, for it holds byte 0xe9 in “Orl\ufffd;2023" in error
    assert "Save it as UTF-8, then load it again" in error
    assert "truncated" not in error


def test_another_encoding_in_a_column_that_is_not_read_changes_nothing(place, tmp_path):
    before = served(place)
    rows = GOOD.replace("seen\n", "seen;mayor\n").splitlines()
    text = "\n".join([rows[0], *(f"{row};Zoé" for row in rows[1:])]) + "\n"

    run = load(place, tmp_path, text.encode("latin-1"))

    assert (run.status, run.rows, run.refused) == ("published", len(before), 0)
    assert served(place) == before


def test_lines_that_do_not_all_end_alike(place, tmp_path):
    text = GOOD.replace("\n", "\r\n").replace("2024-01-04\r", "2024-01-04")
    error = fails(place, tmp_path, text)
    assert "line 5" in error
    assert "Save the file with one kind of line end" in error


def test_a_missing_or_renamed_column(place, tmp_path):
    error = fails(place, tmp_path, GOOD.replace("code;", "code_insee;"))
    assert "has no column code. Its columns are code_insee, year, jobs, seen" in error
    assert "the reader of this source must be updated" in error


def test_a_row_cut_short(place, tmp_path):
    error = fails(place, tmp_path, GOOD.replace("94003;2023;3,5;2024-01-03", "94003;2023"))
    assert "line 4 has another number of columns than its header" in error


def test_a_file_without_rows(place, tmp_path):
    before = served(place)
    run = load(place, tmp_path, "code;year;jobs;seen\n")
    assert run.status == "failed"
    assert "has a header and no row" in run.error
    assert served(place) == before


def test_a_duplicate_key(place, tmp_path):
    row = refuses(place, tmp_path, "94005;", "94004;")
    assert (row["line"], row["column_name"], row["value"], row["reason"]) == (
        6,
        "commune_code, period",
        "94004 2023",
        "was already given by an earlier line",
    )
    assert ("94004", 4.5) in served(place)


def test_one_code_without_its_leading_zero(place, tmp_path):
    row = refuses(place, tmp_path, "94001;", "1001;")
    assert (row["line"], row["column_name"], row["value"]) == (2, "commune_code", "1001")


def test_all_codes_without_their_leading_zero(place, tmp_path):
    error = fails(place, tmp_path, GOOD.replace("940", "10"))
    assert "line 2, column code: commune_code is “1001”, which is not a commune's code" in error
    assert "8 of 8 rows are refused (at most 20 % may be)" in error
    assert "codes kept their leading zeros, then load it again" in error


def test_a_star_is_a_secret_and_never_a_zero(place, tmp_path):
    row = refuses(place, tmp_path, ";3,5;", ";*;")
    assert (row["line"], row["column_name"], row["value"], row["reason"]) == (
        4,
        "jobs",
        "*",
        "is not a number",
    )
    assert 0 not in [jobs for _, jobs in served(place)]


def test_a_decimal_comma_is_read_by_its_source_and_refused_elsewhere(place, tmp_path):
    assert served(place)[0] == ("94001", 1.5)
    row = refuses(place, tmp_path, ";3,5;", ";3,5,1;")
    assert (row["line"], row["value"], row["reason"]) == (4, "3.5.1", "is not a number")


def test_a_date_in_the_future(place, tmp_path):
    row = refuses(place, tmp_path, "2024-01-03", "2031-01-03")
    assert (row["line"], row["column_name"], row["value"], row["reason"]) == (
        4,
        "seen_on",
        "2031-01-03",
        "is in the future",
    )


@pytest.mark.parametrize("word", ["NaN", "nan", "inf", "-Infinity"])
def test_a_number_that_is_no_quantity_is_refused(place, tmp_path, word):
    row = refuses(place, tmp_path, ";3,5;", f";{word};")
    assert (row["line"], row["value"], row["reason"]) == (4, word, "is not a number")


def test_a_count_with_decimals_is_refused_rather_than_rounded(tmp_path):
    # given a source whose values are whole numbers
    class Counts(Jobs):
        columns = {**Jobs.columns, "jobs": Column("INTEGER", Text("Emplois"), minimum=0)}

    path = tmp_path / "jobs.csv"
    path.write_text(GOOD.replace(",5;", ",0;").replace(";3,0;", ";3,5;"))
    # when one of them has decimals
    made = runner(tmp_path / "store")
    run = made.load(Counts(), [Raw(path, NAME)])
    # then that row is refused, and a whole number written with a zero decimal is not
    assert (run.status, run.rows, run.refused) == ("published", 7, 1)
    (row,) = refused_rows(made.store, "occupation_hirings").to_pylist()
    assert (row["line"], row["value"], row["reason"]) == (4, "3.5", "is not a whole number")


@pytest.mark.parametrize("when", ["2031", "2027-Q1", "2026-Q5", "2026-12", "2026-11-21"])
def test_a_period_in_the_future_is_refused_and_never_becomes_the_latest(tmp_path, when):
    # given a source that dates its rows in any of the ways of a period; today is 2026-11-20
    class Dated(Jobs):
        columns = {**Jobs.columns, "period": Column("VARCHAR", Text("Période"), True)}

    path = tmp_path / "jobs.csv"
    path.write_text(GOOD.replace("94003;2023", f"94003;{when}"))
    # when one row is of a time that has not come
    made = runner(tmp_path / "store")
    run = made.load(Dated(), [Raw(path, NAME)])
    # then that row is refused
    assert (run.status, run.rows, run.refused) == ("published", 7, 1)
    (row,) = refused_rows(made.store, "occupation_hirings").to_pylist()
    assert (row["column_name"], row["value"], row["reason"]) == ("period", when, "is in the future")


@pytest.mark.parametrize("when", ["2026", "2026-Q4", "2026-11", "2026-11-20"])
def test_the_present_period_is_not_the_future(tmp_path, when):
    class Dated(Jobs):
        columns = {**Jobs.columns, "period": Column("VARCHAR", Text("Période"), True)}

    path = tmp_path / "jobs.csv"
    path.write_text(GOOD.replace("94003;2023", f"94003;{when}"))
    run = runner(tmp_path / "store").load(Dated(), [Raw(path, NAME)])
    assert (run.status, run.refused) == ("published", 0)


def test_a_refused_row_is_told_with_the_name_that_the_file_gives_to_its_column(place, tmp_path):
    row = refuses(place, tmp_path, "2024-01-03", "2031-01-03")
    assert (row["file_column"], row["column_name"]) == ("seen", "seen_on")
    row = refuses(place, tmp_path, "94005;", "94004;")
    assert (row["file_column"], row["column_name"]) == ("code, year", "commune_code, period")


def test_a_value_below_its_minimum_and_a_missing_one(place, tmp_path):
    assert refuses(place, tmp_path, ";3,5;", ";-3,5;")["reason"] == "is below 0"
    row = refuses(place, tmp_path, "94003;2023", "94003;")
    assert (row["column_name"], row["reason"]) == ("period", "is empty")


def test_a_connection_lost_half_way_leaves_what_was_served(place, tmp_path):
    class Lost(Jobs):
        def fetch(self, into, progress):
            raise SourceError("The connection to https://example.org was lost. 3.0 MB came.")

    before = served(place)
    run = place.fetch(Lost())
    assert (run.status, run.source) == ("failed", "occupation_hirings")
    assert "3.0 MB came" in run.error
    assert served(place) == before


# The disk and the machine: real limits, in a process of their own.

# One Python has everything imported; each load is a copy of it, killed or not, as it then was.
NURSERY = """
import json, os, resource, signal, sys
from pathlib import Path
sys.path[:0] = [{src!r}, {home!r}]
from tests.sources.test_bad_input_runner import Jobs
from tests.support.loading import runner
from bassin.errors import SourceError
from bassin.sources import Raw

def load(before, store, path):
    exec(before, globals())
    try:
        run = runner(Path(store)).load(Jobs(), [Raw(Path(path), "pack/jobs.csv")])
        print(run.status, run.error, flush=True)
    except SourceError as error:
        print("failed", error, flush=True)

for line in sys.stdin:
    *asked, said = json.loads(line)
    born = os.fork()
    if born == 0:
        for number in (1, 2):
            os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
        try:
            load(*asked)
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(born, 0)[1]), flush=True)
"""
HOME = DATA.parents[2]
FULL = """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
"""
# Kills the process at its nth change of a name or of a file's durability: before it, or after.
KILLED = """
import shutil
count = 0
def killing(act):
    def acted(*given, **more):
        global count
        count += 1
        if count == {nth} and {early}:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = act(*given, **more)
        if count == {nth}:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer
    return acted
os.replace, os.fsync = killing(os.replace), killing(os.fsync)
Path.write_text = killing(Path.write_text)
"""


@pytest.fixture(scope="module")
def nursery() -> Iterator[subprocess.Popen]:
    """A process that begets those which load."""
    code = NURSERY.format(src=str(HOME / "src"), home=str(HOME))
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=pipe, stdout=pipe, text=True, env=environment
    ) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def child(nursery, tmp_path) -> Callable[[Path, Path, str], SimpleNamespace]:
    """Load a file into a store in a process of its own, once it has done something else."""
    numbers = count(1)

    def run(store: Path, path: Path, before: str) -> SimpleNamespace:
        said = tmp_path / f"said-{next(numbers)}"
        nursery.stdin.write(json.dumps([before, str(store), str(path), str(said)]) + "\n")
        nursery.stdin.flush()
        code = int(nursery.stdout.readline())
        return SimpleNamespace(returncode=code, said=said.read_text())

    return run


def many(rows: int) -> str:
    """A good file of so many rows, whose values do not compress."""
    lines = (
        f"{n % 94 + 1:02d}{n // 94 % 900:03d};{1000 + n // 84600};{hash((n, 7)) % 10**12},5;"
        for n in range(rows)
    )
    return "code;year;jobs;seen\n" + "\n".join(lines) + "\n"


@pytest.mark.slow
@pytest.mark.parametrize("limit", [20_000, 400_000, 1_500_000])
def test_a_full_disk_fails_the_load_and_leaves_what_was_served(place, child, tmp_path, limit):
    # given a process that may not write a file longer than the limit
    before = served(place)
    path = tmp_path / "more.csv"
    path.write_text(many(150_000))
    # when it loads a file that needs more
    answer = child(place.store.root, path, FULL.format(limit=limit))
    # then it says so, and the last release is untouched
    assert answer.returncode == 0, answer.said
    assert answer.said.startswith("failed"), answer.said
    assert "Free some disk space" in answer.said
    assert served(place) == before
    # and with room again the same load works
    assert load(place, tmp_path, path.read_text()).rows == 150_000
    assert len(served(place)) == 150_000


@pytest.mark.slow
@pytest.mark.parametrize("early", [True, False], ids=["before", "after"])
def test_a_process_killed_at_any_step_leaves_one_whole_release(place, child, tmp_path, early):
    old = served(place)
    path = tmp_path / "next.csv"
    path.write_text(GOOD.replace(",5;", ",7;"))
    new = [(code, jobs + 0.2) for code, jobs in old]
    steps = 0
    while True:
        # when the load is killed at its next step
        steps += 1
        answer = child(place.store.root, path, KILLED.format(nth=steps, early=early))
        # then a reader sees the old release or the new one, whole
        rows = served(place)
        assert [code for code, _ in rows] == [code for code, _ in old]
        assert [jobs for _, jobs in rows] in (
            [jobs for _, jobs in old],
            [pytest.approx(jobs) for _, jobs in new],
        )
        if answer.returncode != -signal.SIGKILL:
            break
    # and the load that was not killed worked
    assert answer.said.split()[0] in ("published", "unchanged"), answer.said
    assert [jobs for _, jobs in served(place)] == [pytest.approx(jobs) for _, jobs in new]
    assert steps > 5
    # and the next one leaves nothing of the killed ones behind
    assert load(place, tmp_path, GOOD.replace(",5;", ",9;")).status == "published"
    assert list((place.store.root / "tmp").iterdir()) == []


def test_a_killed_load_is_said_to_have_been_interrupted_until_it_is_loaded_again(
    place, child, tmp_path
):
    path = tmp_path / "next.csv"
    path.write_text(GOOD.replace(",5;", ",7;"))
    # given a process that is killed while it loads
    answer = child(place.store.root, path, KILLED.format(nth=4, early=True))
    assert answer.returncode == -signal.SIGKILL, answer.said
    # when it is asked how things stand, even while somebody else writes, then again
    with place.store.writing():
        assert notice_interrupted(place.store) is None
    cut = notice_interrupted(place.store)
    assert notice_interrupted(place.store) is None
    # then the run is there, with its moment and what to do, in both languages
    assert (cut.source, cut.status) == ("occupation_hirings", "failed")
    moment = f"{cut.started_at[:10]} at {cut.started_at[11:16]} UTC"
    assert f"the load begun on {moment} was interrupted" in cut.error
    assert "a été interrompu" in cut.error_fr
    assert last_runs(place.store)[cut.source] == cut
    assert failing_since(place.store) == {cut.source: cut.started_at}
    # and the next load that works is the last word
    assert load(place, tmp_path, path.read_text()).status == "published"
    assert failing_since(place.store) == {}


def test_the_next_load_itself_records_the_one_that_was_killed(place, child, tmp_path):
    path = tmp_path / "next.csv"
    path.write_text(GOOD.replace(",5;", ",7;"))
    child(place.store.root, path, KILLED.format(nth=4, early=True))

    load(place, tmp_path, path.read_text())

    log = (place.store.root / "runs.jsonl").read_text().splitlines()
    statuses = [json.loads(line)["status"] for line in log if line]
    assert statuses[-2:] == ["failed", "published"]
    assert not place.store.note.exists()


@pytest.mark.slow
@pytest.mark.parametrize("delay_ms", [50, 150, 300, 600])
def test_a_process_killed_at_a_random_instant_leaves_a_release_that_opens(
    place, child, tmp_path, delay_ms
):
    path = tmp_path / "more.csv"
    path.write_text(many(150_000))
    before = (
        "import threading, time\n"
        f"threading.Thread(target=lambda: (time.sleep({delay_ms / 1000}), "
        "os.kill(os.getpid(), signal.SIGKILL)), daemon=True).start()\n"
    )
    child(place.store.root, path, before)
    assert len(served(place)) in (8, 150_000)
    assert load(place, tmp_path, path.read_text()).status in ("published", "unchanged")
    assert len(served(place)) == 150_000


def test_a_store_that_cannot_be_read_is_not_a_missing_one(tmp_path):
    with pytest.raises(SourceError, match="Nothing is loaded yet"):
        _ = Reader(Store(tmp_path)).release
