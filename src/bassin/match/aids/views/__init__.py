"""Pages of the guide to aids."""
