"""The catalogue as linked data, after DCAT-AP 3: what harvesters and other catalogues read."""
