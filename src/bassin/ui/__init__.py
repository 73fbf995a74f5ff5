"""The look: page shell, components, small graphics, charts and maps, print, and their gallery."""
