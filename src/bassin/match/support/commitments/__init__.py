"""Firms' promises counted, and what firms say of themselves."""
