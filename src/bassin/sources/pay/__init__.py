"""Insee DADS: mean net hourly pay by commune of residence."""

from bassin.sources.pay.hourly import Pay

SOURCES = (Pay,)
