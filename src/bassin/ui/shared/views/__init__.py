"""One module per kind of shared record."""
