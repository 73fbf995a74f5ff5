"""One module per command of `bassin`, found by looking here (see `bassin.cli`)."""
