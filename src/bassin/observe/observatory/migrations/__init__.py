"""What the database of the observatory has become, step by step."""
