"""The 49 figures of the two annexes, each declared once."""

from reports.figures import annex1, annex2
from reports.figures.registry import Figure, Registry

FIGURES = Registry(*annex1.FIGURES, *annex2.FIGURES)
ANNEX1 = FIGURES.of_form(1)
ANNEX2 = FIGURES.of_form(2)


def figure(slug: str) -> Figure:
    """The figure called `slug`; KeyError if there is none."""
    return FIGURES[slug]


__all__ = ["ANNEX1", "ANNEX2", "FIGURES", "figure"]
