"""The map of a selection: tiles of our own, what lies under them, and the same drawn as SVG."""
