"""Pages of the workshops, one module per group of addresses."""
