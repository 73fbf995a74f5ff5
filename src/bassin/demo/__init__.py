"""The sample territory: what it invents, what it cites, and how both are marked."""
