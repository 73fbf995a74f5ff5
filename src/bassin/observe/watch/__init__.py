"""Permanent watch: what happened, how sure it is, which jobs hang on it, and who takes it up."""
