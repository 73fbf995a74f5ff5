"""Work that is too long for a page: addresses of sheets, asked one by one."""

from django.utils import timezone
from django_tasks import task

from bassin.match.aids import linking
from bassin.match.aids.guide import guide
from bassin.ui.opened import house


@task()
def ask_links() -> tuple[int, int]:
    """Ask every address of the sheets that are open today."""
    day = timezone.localdate()
    aids = guide(house(), day).catalogue.aids
    return linking.ask([each for each in aids if not each.shut(day)], timezone.now())
