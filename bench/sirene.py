"""Loading SIRENE: our load against a bare sort of the same file by the same engine.

`write_stock` makes a file in the official layout of StockEtablissement (54 columns, 2026), with
invented units whose SIREN begin with 000, at the national proportions of active and closed units.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from bassin.sources import Raw, Runner, source
from bassin.store import Store
from bench.harness import Measure

ROWS = 4_000_000
TODAY = date(2026, 9, 1)

# The header of the file of 2026; columns that are not computed below are empty.
_NAMES = """
siren nic siret statutDiffusionEtablissement dateCreationEtablissement
trancheEffectifsEtablissement anneeEffectifsEtablissement
activitePrincipaleRegistreMetiersEtablissement dateDernierTraitementEtablissement
etablissementSiege nombrePeriodesEtablissement complementAdresseEtablissement
numeroVoieEtablissement indiceRepetitionEtablissement dernierNumeroVoieEtablissement
indiceRepetitionDernierNumeroVoieEtablissement typeVoieEtablissement libelleVoieEtablissement
codePostalEtablissement libelleCommuneEtablissement libelleCommuneEtrangerEtablissement
distributionSpecialeEtablissement codeCommuneEtablissement codeCedexEtablissement
libelleCedexEtablissement codePaysEtrangerEtablissement libellePaysEtrangerEtablissement
identifiantAdresseEtablissement coordonneeLambertAbscisseEtablissement
coordonneeLambertOrdonneeEtablissement complementAdresse2Etablissement numeroVoie2Etablissement
indiceRepetition2Etablissement typeVoie2Etablissement libelleVoie2Etablissement
codePostal2Etablissement libelleCommune2Etablissement libelleCommuneEtranger2Etablissement
distributionSpeciale2Etablissement codeCommune2Etablissement codeCedex2Etablissement
libelleCedex2Etablissement codePaysEtranger2Etablissement libellePaysEtranger2Etablissement
dateDebut etatAdministratifEtablissement enseigne1Etablissement enseigne2Etablissement
enseigne3Etablissement denominationUsuelleEtablissement activitePrincipaleEtablissement
nomenclatureActivitePrincipaleEtablissement caractereEmployeurEtablissement
activitePrincipaleNAF25Etablissement
"""
HEADER = _NAMES.split()

# `n` is the row's number and `h` a hash of it: the same call gives the same file.
_VALUES = {
    "siren": "siren",
    "nic": "nic",
    "siret": "siren || nic",
    "statutDiffusionEtablissement": "CASE WHEN h % 10 = 0 THEN 'P' ELSE 'O' END",
    "dateCreationEtablissement": "strftime(created, '%Y-%m-%d')",
    "trancheEffectifsEtablissement":
        "['NN', NULL, NULL, '00', '01', '01', '02', '03', '11', '12', '21'][1 + h % 11]",
    "anneeEffectifsEtablissement": "CASE WHEN h % 11 NOT IN (1, 2) THEN '2023' END",
    "dateDernierTraitementEtablissement":
        "strftime(DATE '2026-07-31' - CAST(h % 4000 AS INTEGER), '%Y-%m-%d') || 'T08:15:18'",
    "etablissementSiege": "CASE WHEN h % 4 > 0 THEN 'true' ELSE 'false' END",
    "nombrePeriodesEtablissement": "1 + h % 5",
    "complementAdresseEtablissement": "CASE WHEN h % 9 = 0 THEN 'BATIMENT ' || h % 12 END",
    "numeroVoieEtablissement": "1 + h % 180",
    "indiceRepetitionEtablissement": "CASE WHEN h % 30 = 0 THEN 'B' END",
    "typeVoieEtablissement": "['RUE', 'AVENUE', 'BOULEVARD', 'ALLEE', 'PLACE'][1 + h % 5]",
    "libelleVoieEtablissement": "'DE LA VOIE INVENTEE ' || h % 50000",
    "codePostalEtablissement": "commune",
    "libelleCommuneEtablissement": "'COMMUNE INVENTEE ' || commune",
    "codeCommuneEtablissement": "commune",
    "identifiantAdresseEtablissement": "commune || '_' || h % 10000 || '_B'",
    "coordonneeLambertAbscisseEtablissement": "600000 + h % 100000 + 0.25",
    "coordonneeLambertOrdonneeEtablissement": "6800000 + h % 90000 + 0.5",
    "dateDebut": "strftime(CASE WHEN closed THEN least(DATE '2026-06-30', "
        "created + CAST(30 + h % 3000 AS INTEGER)) ELSE created END, '%Y-%m-%d')",
    "etatAdministratifEtablissement": "CASE WHEN closed THEN 'F' ELSE 'A' END",
    "enseigne1Etablissement": "CASE WHEN h % 6 = 0 THEN 'ENSEIGNE, \"A\" ' || h % 90000 END",
    "denominationUsuelleEtablissement": "CASE WHEN h % 5 = 0 THEN 'FIRME ' || h % 90000 END",
    "activitePrincipaleEtablissement": "naf || 'Z'",
    "nomenclatureActivitePrincipaleEtablissement": "'NAFRev2'",
    "caractereEmployeurEtablissement": "CASE WHEN h % 3 = 0 THEN 'O' ELSE 'N' END",
    "activitePrincipaleNAF25Etablissement": "naf || 'Y'",
}  # fmt: skip


def write_stock(path: Path, rows: int, communes: int = 35_000) -> Path:
    """Write `rows` invented establishments, in the order of SIRET as Insee does.

    Args:
        path: ends in .csv or .parquet.
        communes: how many different commune codes, spread over the 94 first départements.
    """
    shown = ", ".join(f'{_VALUES.get(name, "NULL")} AS "{name}"' for name in HEADER)
    options = "FORMAT parquet" if path.suffix == ".parquet" else "FORMAT csv, HEADER"
    # Square of a uniform draw: few communes and activities hold many units, as in France.
    duckdb.sql(
        f"""COPY (SELECT {shown} FROM (SELECT *,
            printf('%09d', n // 2) AS siren, printf('%05d', 10 + n % 2) AS nic,
            DATE '1985-01-01' + CAST(sqrt((h // 7) % 225000000) AS INTEGER) AS created,
            h % 43 > 16 AS closed,
            printf('%02d%03d', 1 + place % 94, 1 + place // 94) AS commune,
            printf('%02d.%02d', 1 + trade % 96, 11 + trade // 96 % 8) AS naf
        FROM (SELECT *, CAST(pow((h // 11) % 10000 / 10000, 2) * {communes} AS INTEGER) AS place,
            CAST(pow((h // 13) % 10000 / 10000, 2) * 732 AS INTEGER) AS trade
        FROM (SELECT range AS n, CAST(hash(range) // 2 AS BIGINT) AS h
        FROM range({rows})))) ORDER BY n) TO '{path}' ({options})"""
    )
    return path


def bare(path: Path, folder: Path) -> None:
    """What the engine does alone: read, sort, write; no check, no mask, nothing kept."""
    duckdb.sql(
        f"COPY (SELECT * FROM read_csv('{path}') ORDER BY codeCommuneEtablissement, "
        f"activitePrincipaleEtablissement) TO '{folder / 'bare.parquet'}' (FORMAT parquet)"
    )


def loaded(path: Path, folder: Path) -> None:
    """Checksum, keep, read, check every row, set duplicates aside, mask, sort, write, record."""
    _load(path, folder, publish=False)


def published(path: Path, folder: Path) -> None:
    """The same, then the tables derived from it and a new release: the whole of `bassin load`."""
    _load(path, folder, publish=True)


def _load(path: Path, folder: Path, publish: bool) -> None:
    runner = Runner(Store(folder), today=TODAY, now=lambda: datetime.now(UTC))
    run = runner.load(source("establishments"), [Raw(path, path.name)], publish=publish)
    if run.status != "published":
        raise SystemExit(run.error)


CASES: dict[str, Callable[[Path, Path], None]] = {
    "bare": bare,
    "loaded": loaded,
    "published": published,
}


def measured(case: str, path: Path, folder: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of a case, in a process of its own."""
    code = [sys.executable, "-m", "bench.sirene", "--case", case, "--file", str(path)]
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        answer = subprocess.run(
            [*code, "--folder", scratch], check=True, capture_output=True, text=True
        )
    seconds, peak = json.loads(answer.stdout.splitlines()[-1])
    return seconds, peak


def cases(rows: int = ROWS, turns: int = 3) -> dict[str, tuple[float, float]]:
    """Median seconds and largest peak of every case, on one file, turn by turn."""
    taken: dict[str, list[tuple[float, float]]] = {case: [] for case in CASES}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = write_stock(folder / "StockEtablissement_utf8.csv", rows)
        for _ in range(turns):
            for case in CASES:
                taken[case].append(measured(case, path, folder))
    return {
        case: (statistics.median(seconds for seconds, _ in all_), max(peak for _, peak in all_))
        for case, all_ in taken.items()
    }


def run() -> list[Measure]:
    """The two promises, at most twice the bare sort and under 4 GB, and the whole of a load."""
    results = cases()
    base = results["bare"][0] * 1000
    peak = max(results["loaded"][1], results["published"][1])
    against = "bare COPY … ORDER BY"
    return [
        Measure(
            "loading SIRENE, 4 million rows", against, "ms",
            results["loaded"][0] * 1000, base, 2.0,
        ),
        Measure(
            "the same, with derived tables and the release", against, "ms",
            results["published"][0] * 1000, base, 4.0,
        ),
        Measure("memory of loading SIRENE: allowed / used", "4 GB", "GB", 4.0, peak / 1024, 1.0),
    ]  # fmt: skip


def _peak() -> float:
    """Largest memory of this process, in megabytes (`ru_maxrss` would count its parent's too)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """Print seconds, memory and the ratio of each case to the bare sort."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--case", choices=CASES)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.case:
        start = time.perf_counter()
        CASES[given.case](given.file, given.folder)
        print(json.dumps([time.perf_counter() - start, _peak()]))
        return
    results = cases(given.rows)
    base = results["bare"][0]
    for case, (seconds, peak) in results.items():
        print(f"{case:10} {seconds:7.1f} s  {seconds / base:5.2f} x bare  {peak:6.0f} MB")


if __name__ == "__main__":
    main()
