"""Courses brought in: a file read, compared with what is here, reviewed, then written."""
