"""Pages of the observatory, one module per subject."""
