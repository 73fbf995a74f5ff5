"""Tags of the workshops."""
