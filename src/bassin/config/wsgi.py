"""The pages as a WSGI application, for a server that runs pages and live part apart."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bassin.config.settings")

application = get_wsgi_application()
