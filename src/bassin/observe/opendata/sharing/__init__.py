"""Sharing between the authority, its communes and its partners: how files become tables."""
