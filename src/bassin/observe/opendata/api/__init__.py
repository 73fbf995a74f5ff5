"""The API for machines, `/api/v1/`: one table of endpoints, from which all else is written.

`endpoints.py` lists them; the routes, the checks of what is asked, the OpenAPI document and the
page that people read all come from that list: none can say something else than another.
"""
