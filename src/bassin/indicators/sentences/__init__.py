"""French and English sentences on figures: the words of pages, charts and mails."""

from bassin.indicators.sentences.telling import (
    Distinction,
    describe_chart,
    distinctive,
    headline,
    sentence,
)

__all__ = ["Distinction", "describe_chart", "distinctive", "headline", "sentence"]
