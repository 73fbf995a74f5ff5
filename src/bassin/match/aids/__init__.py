"""The guide to aids: what a firm may get, why, why not, and what is still to ask."""
