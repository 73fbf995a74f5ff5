"""Work of the workshops that takes longer than a page."""

from django_tasks import task

from bassin.debate.workshops import rehearsing
from bassin.debate.workshops.models import Workshop
from bassin.parties.models import Person


class NotCounted(Exception):
    """What the service acknowledged is not what it kept; the page of the rehearsal says so."""


@task()
def rehearse(workshop_pk: int, participants: int, person_pk: int) -> None:
    """Play a rehearsal; its page shows how far it is."""
    workshop = Workshop.objects.get(pk=workshop_pk)
    person = Person.objects.get(pk=person_pk)
    done = rehearsing.rehearse(workshop, participants=participants, by=person)
    if not done.exact:
        raise NotCounted(f"{workshop.code}: {done.questions}")
