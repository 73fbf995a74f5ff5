"""The live part alone, for a server that runs pages and live part apart: it loads no page."""

import gc
import os

import django

from bassin.config.door import no_such_address, switch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bassin.config.settings")
django.setup()


def settle() -> None:
    """What is loaded stays as long as the process: going through it to collect it again would
    hold every answer back, by 130 ms when measured."""
    gc.collect()
    gc.freeze()


application = switch(no_such_address, settle)
