"""The pages of the firms, one module per family."""
