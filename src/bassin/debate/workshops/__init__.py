"""Workshops: people answer together, see what came out, and it reaches the programmes."""
