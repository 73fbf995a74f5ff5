"""Brings an existing plan in, from a spreadsheet or pasted text: read, reviewed, then written."""
