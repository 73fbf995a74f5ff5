"""Changes of the tables of the firms."""
