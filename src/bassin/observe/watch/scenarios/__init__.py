"""Crisis scenarios of officers: what they suppose, what it would hit, and what happened."""
