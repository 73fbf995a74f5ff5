"""Programmes: frameworks, actions, money, governance, obstacles, and the figures they move."""
