"""Employers of les emplois de l'inclusion: insertion through work."""

from bassin.sources.insertion_employers.employers import InsertionEmployers

SOURCES = (InsertionEmployers,)
