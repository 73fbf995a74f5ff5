"""The notebook of the documentation runs from its first cell to its last, and draws."""

import ast
import json
from pathlib import Path

from django.conf import settings

NOTEBOOK = Path(settings.CHECKOUT) / "docs" / "notebooks" / "territory.ipynb"


def cells() -> list[str]:
    """The code of each cell, in order."""
    read = json.loads(NOTEBOOK.read_text("utf-8"))
    return ["".join(each["source"]) for each in read["cells"] if each["cell_type"] == "code"]


def run(code: str, names: dict) -> object:
    """Run a cell as a notebook does: what its last line is worth is what is shown."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102  the cells of our own documentation
    return None if last is None else eval(ast.unparse(last), names)  # noqa: S307  the same


def test_every_cell_runs_on_an_installation_and_the_chart_holds_its_communes(
    var, monkeypatch, capsys
):
    monkeypatch.setenv("BASSIN_VAR", str(var))
    names: dict = {}

    shown = [run(code, names) for code in cells()]

    assert shown[0] == ("Grand-Orly Seine Bièvre", names["here"].population)
    assert set(shown[1]["origin"]) == {"real", "invented"}
    assert shown[1]["why"].notna().any()
    drawn = shown[3].to_dict()
    assert len(next(iter(drawn["datasets"].values()))) == len(names["communes"]) > 20
    told = capsys.readouterr().out
    assert "The five largest communes hold" in told
    assert "invented" in told


def test_the_notebook_is_kept_without_what_it_showed_last_time():
    read = json.loads(NOTEBOOK.read_text("utf-8"))

    assert [each for each in read["cells"] if each.get("outputs")] == []
