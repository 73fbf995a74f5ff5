"""Firms on the map: search, list, card, « mon entreprise »."""
