"""Open data: every published table and figure, described, measured, given away."""
