"""Datasets as they leave: tables read batch by batch, figures after secrecy, each noted."""
