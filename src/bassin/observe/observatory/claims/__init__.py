"""Figures stated in an authority's documents, judged against published data or internal arithmetic.

The claims are the authority's own file, `var/authority/claims.toml` (docs/claims.md). An invented
value never judges anything: with or without the sample, the verdicts are the same.
"""

from bassin.observe.observatory.claims.cited import Cited, cited
from bassin.observe.observatory.claims.declared import Book, Claim, read
from bassin.observe.observatory.claims.judge import judge_all
from bassin.observe.observatory.claims.verdict import Outcome, Verdict

__all__ = ["Book", "Cited", "Claim", "Outcome", "Verdict", "cited", "judge_all", "read"]
