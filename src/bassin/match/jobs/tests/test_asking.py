"""What people mean who write how they look for work."""

from datetime import time

import pytest

from bassin.match.jobs.asking import Understood, understand
from bassin.match.jobs.supply import hours, when
from bassin.territory import Place
from bassin.types import Scale

OURS = [
    Place(Scale.COMMUNE, code, name)
    for code, name in (
        ("94074", "Valenton"), ("94054", "Orly"), ("94065", "Rungis"), ("94081", "Vitry-sur-Seine"),
        ("94038", "L'Haÿ-les-Roses"), ("94078", "Villeneuve-Saint-Georges"),
    )
]  # fmt: skip
AROUND = [Place(Scale.COMMUNE, "93001", "Aubervilliers"), Place(Scale.COMMUNE, "77999", "Boucher")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cariste à Valenton", Understood("cariste", "94074")),
        ("J'étais cariste à Valenton", Understood("cariste", "94074")),
        ("I was a forklift driver in Valenton", Understood("forklift driver", "94074")),
        ("cariste Vitry sur Seine", Understood("cariste", "94081")),
        ("aide soignante de nuit, l'Haÿ les Roses",
         Understood("aide soignante de nuit", "94038", hours=("night",))),
        ("un travail de nuit à Rungis", Understood("", "94065", hours=("night",))),
        ("je cherche un emploi sans diplôme près d'Orly",
         Understood("", "94054", without_diploma=True)),
        ("vendeuse en CDI à 30 minutes de Villeneuve-Saint-Georges en transports",
         Understood("vendeuse", "94078", minutes=30, mode="transit", contracts=("cdi",))),
        ("maçon, débutant, à moins d'une heure", Understood("macon", minutes=60, beginner=True)),
        ("boucher", Understood("boucher")),
        ("serveur à Aubervilliers", Understood("serveur", "93001")),
        ("", Understood("")),
    ],
)  # fmt: skip
def test_a_sentence_is_understood_as_its_writer_means_it(text, expected):
    assert understand(text, OURS, AROUND) == expected


def test_only_the_beginning_of_an_endless_text_is_read():
    found = understand("cariste " + "x" * 100_000, OURS)

    assert len(found.trade) <= 300


@pytest.mark.parametrize(
    ("start", "end", "weekend", "expected"),
    [
        (None, None, None, None),
        (None, None, True, ["weekend"]),
        (time(9), time(17), None, ["day"]),
        (time(5, 30), time(13), False, ["day", "early"]),
        (time(2), time(9), None, ["day", "early", "night"]),
        (time(14), time(22), None, ["day", "late"]),
        (time(21), time(5), True, ["late", "night", "weekend"]),
        (time(4), None, None, ["day", "early", "night"]),
    ],
)
def test_a_shift_is_all_the_parts_of_the_day_that_it_touches(start, end, weekend, expected):
    found = hours(start, end, weekend)

    assert (found and sorted(found)) == expected


def test_an_hour_that_nobody_said_is_the_usual_one():
    assert (when(None), when(time(5, 30))) == ("usual", "05:30")
