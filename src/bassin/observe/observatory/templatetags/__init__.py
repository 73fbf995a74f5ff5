"""Filters of the observatory's templates."""
