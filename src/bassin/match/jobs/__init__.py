"""Jobs: the offers of the territory, who publishes them, and who helps to get them."""
