"""« Compétences et campus »: trades and their needs, training, reconversion, green jobs."""
