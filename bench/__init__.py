"""Measures, each as a ratio against a baseline of the same run: `make bench`.

A module of this folder with a `run()` that yields `Measure`s is a bench; nothing else is needed.
Absolute times say more about the machine than about the code, a ratio travels.
"""
