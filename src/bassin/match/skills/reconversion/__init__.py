"""Reconversion: exposed jobs, the trades they may lead to, and the scheme valid on a day."""
