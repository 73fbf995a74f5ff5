"""The signals, one small module a kind: facts come in, dated signals with their evidence go out.

Nothing here knows of pages or of the database. The same facts always give the same signals, by the
same keys; where there is no fact there is no signal, and never the word that all is well.
"""
