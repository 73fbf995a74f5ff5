"""Lines of public transport that an officer writes down: hours, intervals, stops."""

from bassin.sources.lines.timetable import Lines

SOURCES = (Lines,)
