"""Offers brought in: read, compared with those that are here, reviewed, then written."""
