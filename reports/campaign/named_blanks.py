"""The blanks of a form as the department writes them: with the names of figures. What is kept has their slugs.

A name may be changed without a word of the form being touched, and nobody has to read or learn a slug.
"""

import re
from collections.abc import Mapping
from typing import Protocol

from django.utils.translation import gettext as _

from reports.annex.wording import YEAR

BLANK = re.compile(r"\{(?!\})[^\S\n]*+((?:[^{}\s]+(?:[^\S\n]++[^{}\s]+)*+)?)[^\S\n]*+\}")


class Labelled(Protocol):
    """What stands in a blank: kept by its slug, read and written by its name."""

    @property
    def slug(self) -> str: ...

    @property
    def label(self) -> str: ...


def by_name(text: str, known: Mapping[str, Labelled]) -> str:
    """`text` with the name of each figure in its blank; what names none stays."""
    names = {figure.slug: figure.label for figure in known.values()} | {YEAR: _("年度")}
    return _renamed(text, names)


def by_slug(text: str, known: Mapping[str, Labelled]) -> str:
    """`text` with the slug of each figure in its blank, whichever of the two was written; what names none stays."""
    slugs = {figure.label: figure.slug for figure in known.values()} | {_("年度"): YEAR}
    return _renamed(text, slugs | {slug: slug for slug in (*known, YEAR)})


def _renamed(text: str, names: Mapping[str, str]) -> str:
    return BLANK.sub(lambda found: f"{{{names[found[1]]}}}" if found[1] in names else found[0], text)
