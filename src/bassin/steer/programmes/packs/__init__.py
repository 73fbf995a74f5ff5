"""The papers of Piloter: the pack of a committee, the balance sheet of a framework."""
