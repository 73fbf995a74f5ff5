"""What is written to the log of a service: one line each, on the standard error."""

from typing import Any


def written(level: str) -> dict[str, Any]:
    """The configuration of `logging`; `level` is that of what bassin itself says."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "bassin": {"level": level},
            "django": {"handlers": [], "propagate": True},
            "django.request": {"level": "ERROR"},  # a page not found is not an accident
        },
    }
