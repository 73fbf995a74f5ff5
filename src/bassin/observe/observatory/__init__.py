"""The economic observatory: figures, portraits, comparisons, claims, sources and methods."""
