"""Partners: who does what for firms, the digital agency of the communes, the common network."""
