"""Changes of the tables of the watch."""
