"""Changes of the tables of the follow-up."""
