"""The national registers of certifications, RNCP and RS, as France compétences publishes them."""

from bassin.sources.certifications.cards import Certifications
from bassin.sources.certifications.links import CertificationDomains, CertificationOccupations

SOURCES = (Certifications, CertificationOccupations, CertificationDomains)
