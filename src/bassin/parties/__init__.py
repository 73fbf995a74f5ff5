"""The people of an installation: persons, organisations, dated roles, consent, audit."""
