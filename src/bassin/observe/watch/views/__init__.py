"""Pages of the watch, all of them for those who may enter, but the feed that a secret opens."""
