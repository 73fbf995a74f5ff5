"""Words of templates that jobs add."""
