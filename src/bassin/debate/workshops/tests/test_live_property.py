"""Any interleaving of joins, votes, retries, closes and restarts gives the tally of a model."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)
from hypothesis.stateful import run_state_machine_as_test as try_all

from bassin.debate.workshops import actions, devices, forms_live, keys
from bassin.debate.workshops.canonical import canonical
from bassin.debate.workshops.models import Ballot, Round, Ticket
from bassin.debate.workshops.tests import answers_model as model
from bassin.debate.workshops.tests.answers_model import CANNOT_SAY, Answer
from bassin.debate.workshops.tests.conftest import NOW, shared_room
from bassin.debate.workshops.tests.live_here import Live, form
from tests.support.postgres import ON_POSTGRES

PROCESSES = st.integers(0, 1)
EXAMPLES_IN_100 = 3


class Meeting(RuleBasedStateMachine):
    """A workshop before two processes, one kind of question, and what it must come to."""

    kind = ""
    tickets = Bundle("tickets")

    def __init__(self) -> None:
        super().__init__()
        self.room = shared_room()
        self.code = self.room.workshop.code
        self.step = self.room.step(self.kind, *model.CODES, most={"choice": 2}.get(self.kind))
        if self.kind == "quiz":
            for option in self.step.statement.options.all():
                option.truth = {
                    "by": "hand",
                    "right": option.code in model.RIGHT,
                    "source": "Insee",
                }
                option.save()
        self.answers = st.one_of(st.just(CANNOT_SAY), model.ANSWERS[self.kind])
        self.lives = [Live(), Live()]
        self.round = self.room.open(self.step)
        self.state = "open"
        self.told: dict[str, Answer] = {}  # by ticket
        self.withdrawn: set[str] = set()

    def teardown(self) -> None:
        if self.state != "closed":
            self.close()
        for each in self.lives:
            each.stop()

    @rule(target=tickets, process=PROCESSES)
    def join(self, process: int) -> str:
        return self.lives[process].join(self.code).token

    @rule(ticket=tickets, process=PROCESSES)
    def join_again(self, ticket: str, process: int) -> None:
        again = self.lives[process].join(self.code, ticket)
        assert (again.token == ticket) == (ticket not in self.withdrawn)

    @initialize(target=tickets, data=st.data(), process=PROCESSES)
    def begin(self, data: st.DataObject, process: int) -> object:
        return self.come_and_vote_together(data, process)

    @rule(target=tickets, data=st.data(), process=PROCESSES)
    def come_and_vote_together(self, data: st.DataObject, process: int) -> object:
        answers = data.draw(st.lists(self.answers, min_size=2, max_size=8))
        live = self.lives[process]
        joined = live.together(*[(self.code, "join", {}, {})] * len(answers))
        tickets = [each.token for each in joined]
        posts = [self._post(*each) for each in zip(tickets, answers, strict=True)]
        for ticket, answer, told in zip(tickets, answers, live.together(*posts), strict=True):
            self._expect(ticket, answer, told.status)
        return multiple(*tickets)

    @rule(ticket=tickets, data=st.data(), process=PROCESSES, times=st.integers(1, 3))
    def vote(self, ticket: str, data: st.DataObject, process: int, times: int) -> None:
        """Once, or again because the acknowledgement was lost on the way back."""
        answer = data.draw(self.answers)
        for _ in range(times):
            told = self.lives[process].vote(self.code, ticket, self.round.pk, **answer)
            self._expect(ticket, answer, told.status)

    @rule(ticket=tickets, data=st.data(), process=PROCESSES)
    def vote_without_scripts(self, ticket: str, data: st.DataObject, process: int) -> None:
        answer = data.draw(self.answers)
        fields = urlencode([("round", self.round.pk), *forms_live.fields(answer)]).encode()
        headers = form(**self._cookie(ticket))
        told = self.lives[process].post(self.code, "vote", fields, **headers)
        self._expect(ticket, answer, told.status, taken=303)

    @rule(ticket=tickets, data=st.data(), process=PROCESSES)
    def vote_at_once(self, ticket: str, data: st.DataObject, process: int) -> None:
        """Several taps that overtake one another: any of them may be the last."""
        answers = data.draw(st.lists(self.answers, min_size=2, max_size=4))
        posts = [self._post(ticket, each) for each in answers]
        for answer, told in zip(answers, self.lives[process].together(*posts), strict=True):
            self._expect(ticket, answer, told.status)
        if self.state == "open" and ticket not in self.withdrawn:
            key = keys.ballot_key(self.round.live_secret, keys.digest(ticket))
            kept = Ballot.objects.get(pk=key).answer
            assert kept in answers
            self.told[ticket] = kept

    @rule(ticket=tickets, data=st.data(), process=PROCESSES)
    def say_what_is_no_answer(self, ticket: str, data: st.DataObject, process: int) -> None:
        """It is refused, and an answer given before stays."""
        wrong = data.draw(st.sampled_from(model.REFUSED[self.kind]))
        told = self.lives[process].vote(self.code, ticket, self.round.pk, **wrong)
        assert told.status == self._status(ticket, taken=422)

    @rule(data=st.data(), process=PROCESSES)
    def forge(self, data: st.DataObject, process: int) -> None:
        answer, forged = data.draw(self.answers), keys.new_token()
        told = self.lives[process].vote(self.code, forged, self.round.pk, **answer)
        assert told.status == 403

    @rule(ticket=consumes(tickets))
    def withdraw(self, ticket: str) -> None:
        """An answer given before stays: nobody can tell any more whose it is to be taken back."""
        Ticket.objects.filter(token_hash=keys.digest(ticket)).update(state="revoked")
        self.withdrawn.add(ticket)

    @rule()
    def pause_or_go_on(self) -> None:
        if self.state == "open":
            actions.pause(self.round, by=self.room.by, now=NOW)
            self.state = "paused"
        elif self.state == "paused":
            actions.resume(self.round, by=self.room.by, now=NOW)
            self.state = "open"

    @rule()
    def close(self) -> None:
        """What was kept is what was told, and its count is the one made by hand."""
        if self.state == "closed":
            return
        actions.close_round(self.round, by=self.room.by, now=NOW)
        shown = actions.reveal(self.round, by=self.room.by, now=NOW)
        self.state = "closed"
        answers = list(self.told.values())
        kept = self.round.ballots.values_list("answer", flat=True)
        assert Counter(map(canonical, kept)) == Counter(map(canonical, answers))
        assert self.round.participations.count() == len(answers)
        assert model.told(shown.results) == model.counted(self.kind, answers)
        assert Round.objects.get(pk=self.round.pk).secret is None

    @rule()
    def ask_again(self) -> None:
        if self.state == "closed":
            self.round = self.room.open(self.step)
            self.state, self.told = "open", {}

    @rule(process=PROCESSES)
    def restart(self, process: int) -> None:
        self.lives[process].stop()
        self.lives[process] = Live()

    @rule(process=PROCESSES)
    def look(self, process: int) -> None:
        """Whoever comes back sees where the room is, within the 50 ms of a look."""
        assert self.lives[process].get(self.code).facts["state"] == "live"

    @invariant()
    def one_ballot_a_ticket(self) -> None:
        assert self.round.ballots.count() == len(self.told)

    def _cookie(self, ticket: str) -> dict[str, str]:
        return {"cookie": f"{devices.ticket_cookie(self.code)}={ticket}"}

    def _post(self, ticket: str, answer: Answer) -> tuple[str, str, Any, dict[str, str]]:
        return self.code, "vote", {"round": self.round.pk, **answer}, self._cookie(ticket)

    def _expect(self, ticket: str, answer: Answer, status: int, *, taken: int = 200) -> None:
        assert status == self._status(ticket, taken)
        if status == taken:
            self.told[ticket] = answer

    def _status(self, ticket: str, taken: int) -> int:
        """What is answered to who votes now."""
        if ticket in self.withdrawn:
            return 403
        return taken if self.state == "open" else 409


def tried(kind: str) -> None:
    """Try a share of the examples of the profile: `--hypothesis-profile=long` tries many more."""
    examples = max(1, settings().max_examples * EXAMPLES_IN_100 // 100)
    try_all(
        type("Meeting", (Meeting,), {"kind": kind}),
        settings=settings(
            max_examples=examples, stateful_step_count=25, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # what fails is told as found: making it shorter takes minutes
        ),
    )  # fmt: skip


@pytest.mark.usefixtures("sqlite_file")
@pytest.mark.parametrize("kind", sorted(model.ANSWERS))
def test_any_interleaving_gives_the_tally_of_the_model(kind):
    tried(kind)


@pytest.mark.parametrize("committed", [ON_POSTGRES], indirect=True)
@pytest.mark.parametrize("kind", ["ranking", "words"])
def test_on_postgresql_too_any_interleaving_gives_the_tally_of_the_model(kind, committed):
    tried(kind)
