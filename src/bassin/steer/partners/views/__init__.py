"""Pages of the partners: the service map, the digital agency, the network."""
