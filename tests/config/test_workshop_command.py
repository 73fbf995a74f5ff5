"""`bassin workshop rehearse`: what is refused leaves no copy behind."""

import argparse

import pytest

from bassin.config.commands import workshop
from bassin.debate.workshops.models import Workshop
from bassin.errors import Refused


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("steps", "count", "said"),
    [(0, "30", "one step"), (1, "1", "from 5 to 2000"), (1, "30", "Start it with bassin serve")],
)
def test_a_rehearsal_that_cannot_begin_leaves_no_copy(
    people, settings, tmp_path, steps, count, said
):
    settings.VAR = tmp_path
    facts = {"code": "482913", "title": {"fr": "Atelier"}, "languages": ["fr"]}
    made = Workshop.objects.create(**facts)
    for order in range(steps):
        made.steps.create(order=order, kind="content", title={"fr": "Constats"})
    words = argparse.ArgumentParser()
    workshop.add_arguments(words)

    with pytest.raises(Refused, match=said):
        workshop.run(words.parse_args(["rehearse", "482913", "--participants", count]))

    assert list(Workshop.objects.all()) == [made]
