"""Answers to the addresses of open data."""
