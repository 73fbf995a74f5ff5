"""Addresses made of words, for records that people name."""

from django.db import models
from django.utils.text import slugify


def free(model: type[models.Model], words: str, *, most: int, otherwise: str) -> str:
    """An address that no record of a model has yet: “plan”, else “plan-2”, “plan-3”…

    Args:
        most: how many signs of the words are kept, before a number.
        otherwise: what stands for words without a letter.
    """
    base = slugify(words)[:most] or otherwise
    same = model._default_manager.filter(slug__startswith=base)
    taken = set(same.values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)
