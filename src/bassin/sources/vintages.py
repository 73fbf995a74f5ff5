"""The year of a file whose columns do not say it: publishers write it in the file's name."""

import re

from bassin.errors import SourceError
from bassin.sources.contract import Raw
from bassin.types import Text


def year_in_name(raw: Raw, example: str) -> int:
    """The last four-digit year of the file's name.

    Args:
        example: a right name, shown when there is none.

    Raises:
        SourceError: the name holds no year.
    """
    years = re.findall(r"(?<!\d)((?:19|20)\d{2})(?!\d)", raw.name.rsplit("/", 1)[-1])
    if not years:
        raise SourceError(
            Text(
                f"{raw.name} : rien dans le fichier ne dit son année, son nom doit donc la donner, "
                f"comme {example}. Renommez le fichier, puis chargez-le à nouveau.",
                f"{raw.name}: nothing inside says its year, so its name must, as in {example}. "
                "Rename the file, then load it again.",
            )
        )
    return int(years[-1])
