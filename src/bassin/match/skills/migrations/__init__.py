"""Changes of the tables of skills, in order."""
