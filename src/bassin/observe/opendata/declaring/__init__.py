"""A figure made by an officer without writing code: questions, and the declaration they give.

`answers` are what was answered, `facts` the declaration made of them: the same that a person would
write by hand (docs/indicators.md), refused by the same engine, read back by the same reader.
"""
