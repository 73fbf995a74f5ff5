"""The room Débattre: what people decide together, and what becomes of it."""
