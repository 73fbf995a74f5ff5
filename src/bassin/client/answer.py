"""A table, in the form that its reader works with: Arrow, pandas or Polars."""

from importlib import import_module
from typing import Any

import pyarrow as pa

from bassin.errors import Refused


class Answer:
    """Rows with named columns, the same wherever they come from.

    `len(answer)` is the number of rows; a notebook shows it as a table.
    """

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    def arrow(self) -> pa.Table:
        """As `pyarrow.Table`, without a copy."""
        return self._table

    def pandas(self) -> Any:
        """As `pandas.DataFrame`, one row per row; an empty value is None or NaN."""
        return self._table.to_pandas()

    def polars(self) -> Any:
        """As `polars.DataFrame`.

        Raises:
            Refused: Polars is not installed; bassin does without it.
        """
        try:
            polars = import_module("polars")
        except ImportError as error:
            raise Refused(
                "Polars is not installed here. Install it with `pip install polars`, or take "
                ".arrow() or .pandas()."
            ) from error
        return polars.from_arrow(self._table)

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return list(self._table.column_names)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __repr__(self) -> str:
        return f"<Answer: {len(self)} rows; {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        return str(self.pandas().to_html(index=False, max_rows=20, na_rep="", border=0))
