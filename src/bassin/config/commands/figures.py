"""`bassin figures`: the figures of a place, or the stated figures judged, on the terminal."""

import argparse
import csv
import json
import sys
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from bassin.config.opening import house
from bassin.errors import Refused
from bassin.indicators import export
from bassin.indicators.figure import Figure
from bassin.indicators.numbers import number, unit

_WIDTH = 320  # of a file or a pipe

HELP = "Show the figures of a place, or judge the figures stated in documents."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A place with indicators, or the claims."""
    parser.add_argument("--place", default="", metavar="CODE", help="a place (default: ours)")
    parser.add_argument("--indicator", action="append", default=[], metavar="CODE")
    parser.add_argument(
        "--at", type=_date, metavar="DATE", help="places as on YYYY-MM-DD, periods until then"
    )
    parser.add_argument("--claims", action="store_true", help="judge the stated figures")
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser.add_argument("--language", choices=("fr", "en"), default="fr")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a date such as 2019-06-30") from error


def run(args: argparse.Namespace) -> int:
    """Print to standard output, in the format asked for."""
    opened = house()
    if args.claims:
        from bassin.observe.observatory.claims import judge_all

        rows = [each.as_dict(args.language) for each in judge_all(opened)]
        _print(rows, args.format, ("id", "verdict", "stated", "computed", "document", "why"))
        return 0
    place = opened.place(args.place, args.at)
    names: list[str] = args.indicator
    figures = opened.figures(place, names, args.at)
    if not figures:
        raise Refused("No indicator is published. See docs/indicators.md.")
    if args.format == "table":
        _table(list(figures.values()), args.language)
    elif args.format == "json":
        shown = [export.figure(each, args.language) for each in figures.values()]
        _print(shown, "json", ())
    else:
        _print([export.flat(each, args.language) for each in figures.values()], "csv", ())
    return 0


def _print(rows: list[dict[str, Any]], style: str, columns: tuple[str, ...]) -> None:
    if style == "json":
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    elif style == "csv":
        names = list(dict.fromkeys(name for row in rows for name in row))
        writer = csv.DictWriter(sys.stdout, names)
        writer.writeheader()
        writer.writerows(rows)
    else:
        table = Table(*columns, box=None, pad_edge=False)
        for row in rows:
            table.add_row(*("" if row[name] is None else str(row[name]) for name in columns))
        _console().print(table)


def _table(figures: list[Figure], language: str) -> None:
    """One line per figure: value, terms, date, gaps and shares, rank, how firm, source, mark."""
    table = Table(
        "indicator", "value", "unit", "period", "terms", "comparisons", "rank", "reliability",
        "secrecy", "mark", "version", "source", box=None, pad_edge=False,
    )  # fmt: skip
    for figure in figures:
        observed, rank = figure.observation, figure.rank
        value = "—" if observed.value is None else number(observed.value, figure.decimals, language)
        if observed.upper is not None:
            value += " – " + number(observed.upper, figure.decimals, language)
        why = observed.why.say(language) if observed.why else ""
        ahead = f" ({', '.join(place.name for place in rank.ahead)})" if rank and rank.ahead else ""
        table.add_row(
            figure.label.say(language), value, unit(figure.symbol, language), observed.period,
            _terms(figure, language),
            why or "; ".join(_said(figure, language)),
            f"{rank.position}/{rank.size}{ahead}" if rank else "",
            observed.reliability.value if observed.value is not None else "",
            export.secrecy(observed),
            observed.origin.label.say(language) if observed.value is not None else "",
            export.version(observed), figure.source.say(language),
        )  # fmt: skip
    _console().print(table)


def _terms(figure: Figure, language: str) -> str:
    """The numerator and the denominator of a ratio."""
    terms = (figure.observation.numerator, figure.observation.denominator)
    if None in terms:
        return ""
    return " / ".join(number(term, 0, language) for term in terms if term is not None)


def _console() -> Console:
    """A terminal as wide as it is; a file or a pipe is never folded at 80 columns."""
    return Console() if sys.stdout.isatty() else Console(width=_WIDTH)


def _said(figure: Figure, language: str) -> list[str]:
    said = []
    for each in figure.comparisons:
        if each.share_pct is not None:
            said.append(f"{number(each.share_pct, 1, language)} % {each.place.name}")
        elif each.gap is not None:
            sign = "+" if each.gap > 0 else ""
            said.append(
                f"{sign}{number(each.gap, 1, language)} {each.gap_unit} / {each.place.name}"
            )
    return said
