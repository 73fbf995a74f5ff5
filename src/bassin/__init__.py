"""bassin: a French territory sees its economy, matches its needs and offers, steers and debates."""

__version__ = "0.1.0"
