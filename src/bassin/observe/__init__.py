"""The room Observer: what the territory is, in figures, firms, signals and open data."""
