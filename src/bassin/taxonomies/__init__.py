"""The words that official data use: activities, legal categories, headcount bands, perimeters.

`naf` (activities, both nomenclatures), `aggregates` (A 10, A 17, A 38), `crosswalk`, `legal`,
`headcounts`, `perimeters` (named, versioned, owned sets of activities), `insee` (readers of INSEE's
own files, which complete or override the labels), `rome` (occupations and skills) and `tables`
(all but ROME as Arrow tables).
"""
