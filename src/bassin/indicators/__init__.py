"""From declarations to figures: the engine that knows what may be added, divided and compared."""
