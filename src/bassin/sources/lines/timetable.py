"""Hours, interval and stops of lines, from a table that a person keeps."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.sources.vintages import year_in_name
from bassin.types import Text

_HOUR = r"^([01]?\d|2[0-3]):[0-5]\d$"
_READ = (
    "mode", "line", "days", "first_departure", "last_arrival", "every_minutes", "stop_order",
    "stop_name", "longitude", "latitude", "source",
)  # fmt: skip


class Lines(Source):
    """Lines whose hours are known: one row per line, kind of day and stop.

    A row without a stop gives the hours of a line whose stations are loaded; rows with stops, in
    order, add a line: a night bus, a shuttle of an employer.
    """

    key = "lines"
    title = Text("Lignes et heures de service", "Lines and hours of service")
    publisher = "La collectivité, d'après les transporteurs"
    licence = "Celle des horaires recopiés"
    page = "https://prim.iledefrance-mobilites.fr/"
    cadence = Text("à chaque changement d'horaires", "with each change of timetable")
    stale_after = timedelta(days=400)
    files = ("transport/lines-[0-9][0-9][0-9][0-9].csv*",)
    columns = {
        "mode": Column("VARCHAR", Text("Mode", "Mode"), True,
                       r"^(METRO|RER|TRAIN|TRAMWAY|VAL|CABLE|BUS|NAVETTE)$"),
        "line": Column("VARCHAR", Text("Ligne", "Line"), True),
        "days": Column("VARCHAR", Text("Jours", "Days"), True, r"^(weekday|saturday|sunday|all)$"),
        "first_departure": Column("VARCHAR", Text("Premier départ",
                                                  "First departure"), True, _HOUR),
        "last_arrival": Column("VARCHAR", Text("Dernière arrivée", "Last arrival"), True, _HOUR),
        "every_minutes": Column("DOUBLE", Text("Intervalle, minutes",
                                               "Interval, minutes"), False, "", 1, 240),
        "stop_order": Column("SMALLINT", Text("Rang de l'arrêt ; 0 : la ligne entière",
                                              "Rank of the stop; 0: the whole line"), True),
        "stop_name": Column("VARCHAR", Text("Nom de l'arrêt", "Name of the stop")),
        "longitude": Column("DOUBLE", Text("Longitude", "Longitude"), False, "", -180, 180),
        "latitude": Column("DOUBLE", Text("Latitude", "Latitude"), False, "", -90, 90),
        "source": Column("VARCHAR", Text("D'où viennent ces heures, et leur date",
                                         "Where these times come from, and their date"), True),
        "period": Column("VARCHAR", Text("Année des horaires",
                                         "Year of the timetable"), True, r"^\d{4}$"),
    }  # fmt: skip
    unique = ("mode", "line", "days", "stop_order", "period")
    sort = ("mode", "line", "days", "stop_order")
    definition = Text(
        "Une ligne par ligne de transport, genre de jour et arrêt.",
        "One row per transport line, kind of day and stop.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        year = year_in_name(raw, "lines-2026.csv")
        table = read_csv(con, raw, columns=list(_READ), delimiter=";")
        order = table.stop_order.nullif("").fill_null("0")
        return table.mutate(stop_order=order, period=ibis.literal(str(year)))
