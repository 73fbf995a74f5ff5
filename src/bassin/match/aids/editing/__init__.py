"""Sheets in a form that writes the same file: fields, rows, what they say, what changed."""
