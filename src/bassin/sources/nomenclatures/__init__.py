"""INSEE's own files of nomenclatures: labels of activities and of legal categories."""

from bassin.sources.nomenclatures.labels import (
    LegalCategories,
    Naf2025,
    NafRev2Labels,
    NafRev2LabelsEn,
)

SOURCES = (NafRev2Labels, NafRev2LabelsEn, Naf2025, LegalCategories)
