"""Pages of the programmes, one module per family of addresses."""
