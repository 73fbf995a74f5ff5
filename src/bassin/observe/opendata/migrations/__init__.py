"""What changes in the tables of open data."""
