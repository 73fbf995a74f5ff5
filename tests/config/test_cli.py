"""The command `bassin`: help, version, refusals in one sentence."""

import re
import subprocess
import sys

import pytest

import bassin
from bassin import cli
from bassin.config.commands import build, figures, init
from bassin.errors import Refused, SourceError
from bassin.indicators.house import House


def test_bassin_alone_prints_its_commands(capsys):
    code = cli.main([])

    said = capsys.readouterr().out
    assert code == 0
    assert all(f"    {name}" in said for name in cli.known_commands())


def test_every_command_has_a_line_of_help_and_a_full_page_of_it(capsys):
    for name in cli.known_commands():
        module = cli.command(name)
        with pytest.raises(SystemExit) as leaving:
            cli.main([name, "--help"])

        assert leaving.value.code == 0
        assert module.HELP.endswith((".", "`."))
        assert module.HELP.split(":")[0].split(".")[0][:20] in capsys.readouterr().out


def test_the_version_is_the_packages(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--version"])

    assert capsys.readouterr().out == f"bassin {bassin.__version__}\n"


@pytest.mark.parametrize("error", [Refused, SourceError])
def test_what_a_person_can_mend_is_one_sentence_and_exit_code_2(error, capsys, monkeypatch):
    def refuse(args):
        raise error("The port is taken. Choose another.")

    monkeypatch.setattr(build, "run", refuse)

    code = cli.main(["build"])

    assert code == 2
    assert capsys.readouterr().err == "bassin build: The port is taken. Choose another.\n"


def test_a_bug_is_not_hidden(monkeypatch):
    monkeypatch.setattr(build, "run", lambda args: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        cli.main(["build"])


def test_ctrl_c_leaves_no_traceback(capsys, monkeypatch):
    def interrupted(args):
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "run", interrupted)

    assert cli.main(["build"]) == 130
    assert capsys.readouterr().err == "bassin build: stopped.\n"


def test_a_reader_who_has_seen_enough_is_no_error():
    words = [sys.executable, "-m", "bassin.cli", "manage", "diffsettings"]

    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        error = process.stderr.read()
        code = process.wait(timeout=60)

    assert b"Traceback" not in error
    assert b"BrokenPipe" not in error
    assert code == 0


def test_an_empty_folder_name_is_refused_and_nothing_is_loaded(capsys):
    # a variable that was never set would else load whatever stands in the current folder
    with pytest.raises(SystemExit) as leaving:
        cli.main(["load", ""])

    assert leaving.value.code == 2
    assert "the name of the folder is empty" in capsys.readouterr().err


def test_a_territory_whose_code_is_ambiguous_is_refused_before_anything_is_loaded(
    capsys, monkeypatch
):
    monkeypatch.setattr(init, "house", lambda: pytest.fail("the geography was about to be loaded"))

    assert cli.main(["init", "--territory", "53"]) == 2

    said = capsys.readouterr().err
    assert "departement:53 (Mayenne), region:53 (Bretagne)" in said
    assert "Give one of these." in said


def test_the_table_of_figures_has_every_column_and_folds_none(capsys, monkeypatch, france):
    monkeypatch.setattr(figures, "house", lambda: House.open(france))
    asked = ["figures", "--place", "94081", "--indicator", "population_density"]

    code = cli.main([*asked, "--language", "en"])
    head, row = capsys.readouterr().out.splitlines()

    assert code == 0
    assert head.split() == [
        "indicator", "value", "unit", "period", "terms", "comparisons", "rank", "reliability",
        "secrecy", "mark", "version", "source",
    ]  # fmt: skip
    # Inhabitants over km², how firm, whether secrecy touched it, declaration and table.
    assert re.search(r" 93,963 / 1\d ", row)
    assert re.search(r" exhaustive +free +real +1@[0-9a-f]+ ", row)
