"""Changes of the tables of the guide to aids."""
