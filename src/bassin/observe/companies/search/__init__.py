"""The search of firms by words: an index made with each release, and how it is asked."""
