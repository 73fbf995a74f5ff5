"""Archives in which a publisher sends a data file beside its documentation."""

import fnmatch
import zipfile

from bassin.errors import SourceError
from bassin.sources.contract import Raw
from bassin.sources.files import damaged, header, require_columns, unpacked
from bassin.types import Text


def member(raw: Raw, *globs: str) -> str:
    """The name of the wanted file inside a zip; "" when the file is not a zip.

    Args:
        globs: what the name may be, without its folder; the first that fits is taken.

    Raises:
        SourceError: the zip is damaged, or holds no such file.
    """
    if raw.path.suffix != ".zip":
        return ""
    try:
        names = zipfile.ZipFile(raw.path).namelist()
    except zipfile.BadZipFile as error:
        raise damaged(raw.name, str(error)) from error
    bare = {name: name.rsplit("/", 1)[-1].lower() for name in names}
    found = [n for glob in globs for n in names if fnmatch.fnmatchcase(bare[n], glob.lower())]
    if not found:
        held = ", ".join(names[:5])
        raise SourceError(
            Text(
                f"{raw.name} devrait contenir un fichier nommé {' ou '.join(globs)} ; il contient "
                f"{held}.",
                f"{raw.name} should hold a file named {' or '.join(globs)}; it holds {held}.",
            )
        )
    return found[0]


def opened(raw: Raw, key: str, *globs: str, delimiter: str = ";") -> tuple[str, list[str]]:
    """Where the data are in a zip ("" otherwise), and the names of their columns.

    Args:
        key: a column the file must have, whatever its year.
        globs: what the file may be called inside a zip.

    Raises:
        SourceError: archive, delimiter or key column is not as published.
    """
    inside = member(raw, *globs) if globs else ""
    names = header(unpacked(raw, raw.scratch, inside), raw.name, delimiter)
    # One single name means another delimiter: asking for a second column has it said so.
    wanted = [key] if len(names) > 1 else [key, "(others)"]
    require_columns(raw.name, names, wanted, delimiter)
    return inside, names
