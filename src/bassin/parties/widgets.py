"""What forms are filled in with, and that Django does not have."""

from django import forms


class Day(forms.DateInput):
    """A day, in the browser's own calendar, which reads and writes it as 2026-11-30 alone."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
