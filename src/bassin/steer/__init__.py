"""The room Piloter: what was promised, who does it, what it costs, what it moved."""
