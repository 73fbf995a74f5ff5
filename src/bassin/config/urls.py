"""All addresses: those of the house, then those of each system found by the registry."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from bassin.config import pages
from bassin.systems import systems
from bassin.ui.public import everyone


def _of_systems() -> list[URLResolver]:
    """The addresses of each system that has any; a system chooses its own prefixes."""
    packages = (f"{system.package}.urls" for system in systems())
    return [path("", include(name)) for name in packages if find_spec(name)]


def _gallery() -> list[URLResolver]:
    """Every component in every state, where the look has a gallery."""
    return [path("ui/", include("bassin.ui.urls"))] if find_spec("bassin.ui.urls") else []


urlpatterns: list[URLPattern | URLResolver] = [
    *everyone(
        path("healthz", pages.healthz, name="healthz"),
        path("robots.txt", pages.robots, name="robots"),
        path("language/", set_language, name="set_language"),
    ),
    path("", include("bassin.parties.privacy.urls")),
    path("", include("bassin.parties.urls")),
    path("", include("bassin.ui.shared.urls")),
    *_gallery(),
    *_of_systems(),
]

handler400 = "bassin.config.pages.bad_request"
handler500 = "bassin.config.pages.server_error"
