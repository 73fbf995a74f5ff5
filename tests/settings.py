"""Settings of the tests: those of the house, in a temporary folder, with tasks run at once."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# The developer's own `var` is never touched, nor is a database named in their environment.
_var = Path(tempfile.mkdtemp(prefix="bassin-tests-"))
atexit.register(shutil.rmtree, _var, ignore_errors=True)
os.environ["BASSIN_VAR"] = str(_var)
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(__file__).parents[1] / "var/cache/numba"))
for name in ("BASSIN_DATABASE", "BASSIN_DEBUG", "BASSIN_HTTPS", "BASSIN_HOSTS"):
    os.environ.pop(name, None)

from bassin.config.settings import *  # noqa: E402, F403  the folder must be chosen first

STATIC_ROOT.mkdir()  # noqa: F405  whitenoise warns when it is missing
STATICFILES_DIRS = [HOME / "var" / "static-build"]  # noqa: F405  built by `make test`
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
