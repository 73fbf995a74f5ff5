"""Pages of what several systems share (`bassin.commons`): agenda, operations, documents, hires."""
