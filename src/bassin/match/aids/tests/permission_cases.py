"""Who may do what with aids: the expected answer of every permission."""

from tests.parties.test_matrix import Case

PERMISSIONS = {"can_prospect": [Case("any", yes="awa")]}
