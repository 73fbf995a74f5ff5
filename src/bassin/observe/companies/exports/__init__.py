"""What is seen, taken away: chosen columns in a chosen order, in five formats."""
