"""The live part alone, for a server that runs pages and live part apart: it loads no page."""

import os

import django

from bassin.config.door import no_such_address, settle, switch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bassin.config.settings")
django.setup()

application = switch(no_such_address, settle)
