"""Access rows of Sunshine Employment, a file for each noun; each has ROWS and PLANTS."""

from tests.employment.access import assistance, enquiries, graduates, lists, offers, whole

_NOUNS = (graduates, assistance, offers, enquiries, lists, whole)
EMPLOYMENT_ROWS = tuple(row for noun in _NOUNS for row in noun.ROWS)
EMPLOYMENT_PLANTS = tuple(plant for noun in _NOUNS for plant in noun.PLANTS)
