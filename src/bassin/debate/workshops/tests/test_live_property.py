"""Any interleaving of joins, votes, retries, closes and restarts gives the tally of a model."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule
from hypothesis.stateful import run_state_machine_as_test as try_all

from bassin.debate.workshops import actions, keys
from bassin.debate.workshops.models import Round, Ticket
from bassin.debate.workshops.tests.conftest import NOW, shared_room
from bassin.debate.workshops.tests.live_here import Live

LEVELS = st.integers(1, 5)
PROCESSES = st.integers(0, 1)


class Meeting(RuleBasedStateMachine):
    """A workshop before two processes, and what it must come to."""

    tickets = Bundle("tickets")

    def __init__(self) -> None:
        super().__init__()
        self.room = shared_room()
        self.code = self.room.workshop.code
        self.step = self.room.step()
        self.lives = [Live(), Live()]
        self.round = self.room.open(self.step)
        self.state = "open"
        self.told: dict[str, set[int]] = {}  # by ticket, the levels its ballot may hold
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

    @rule(target=tickets, process=PROCESSES, count=st.integers(2, 6))
    def join_together(self, process: int, count: int) -> object:
        answers = self.lives[process].together(*[(self.code, "join", {}, {})] * count)
        return multiple(*(each.token for each in answers))

    @rule(ticket=tickets, level=LEVELS, process=PROCESSES, times=st.integers(1, 3))
    def vote(self, ticket: str, level: int, process: int, times: int) -> None:
        """Once, or again because the acknowledgement was lost on the way back."""
        for _ in range(times):
            told = self.lives[process].vote(self.code, ticket, self.round.pk, level=level)
            self._expect(ticket, {level}, told.status)

    @rule(ticket=tickets, levels=st.lists(LEVELS, min_size=2, max_size=4), process=PROCESSES)
    def vote_at_once(self, ticket: str, levels: list[int], process: int) -> None:
        """Several taps that overtake one another: any of them may be the last."""
        cookie = {"cookie": f"ticket_{self.code}={ticket}"}
        posts = [
            (self.code, "vote", {"round": self.round.pk, "level": each}, cookie) for each in levels
        ]
        for told in self.lives[process].together(*posts):
            self._expect(ticket, set(levels), told.status)

    def _expect(self, ticket: str, levels: set[int], status: int) -> None:
        if ticket in self.withdrawn:
            assert status == 403
        elif self.state != "open":
            assert status == 409
        else:
            assert status == 200
            self.told[ticket] = levels

    @rule(level=LEVELS, process=PROCESSES)
    def forge(self, level: int, process: int) -> None:
        told = self.lives[process].vote(self.code, keys.new_token(), self.round.pk, level=level)
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
        """What was counted is what was told."""
        if self.state == "closed":
            return
        actions.close_round(self.round, by=self.room.by, now=NOW)
        self.state = "closed"
        kept = [each["level"] for each in self.round.ballots.values_list("answer", flat=True)]
        assert len(kept) == len(self.told) == self.round.participations.count()
        certain = Counter(min(each) for each in self.told.values() if len(each) == 1)
        assert not certain - Counter(kept)
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


@pytest.mark.usefixtures("committed")
def test_any_interleaving_gives_the_tally_of_the_model():
    try_all(
        Meeting,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # what fails is told as found: making it shorter takes minutes
        ),
    )  # fmt: skip
