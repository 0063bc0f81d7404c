"""The forms and figures of one campaign: the notice's, unless the department gave the campaign its own.

A campaign's own are kept as data: `{"wordings": {"1": text, "2": text}, "figures": [OwnFigure, …]}`. A submission
freezes the same two parts, so that what was handed in reads and prints as it did then, whatever the campaign says
later.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from portal.models import Campaign
from reports.annex.wording import WORDINGS, Form, blanks_by_line, parse
from reports.figures import FIGURES
from reports.figures.own import OwnFigure, OwnKind
from reports.figures.registry import Figure, Registry
from reports.models.frozen import Submission
from reports.models.report import Report

FORM_NUMBERS = tuple(WORDINGS)


@dataclass(frozen=True)
class Declared:
    """What a campaign, or a submission, says of its forms: the wordings by number, and the figures of its own."""

    wordings: Mapping[int, str]
    own: tuple[OwnFigure, ...] = ()

    @classmethod
    def load(cls, wordings: Mapping[str, str], own: Iterable[dict]) -> "Declared":
        """From what `dump` made of it; a form without a wording of its own has the notice's."""
        given = {int(number): wording for number, wording in wordings.items()}
        return cls(WORDINGS | given, tuple(OwnFigure.load(kept) for kept in own))

    def dump(self) -> dict:
        """As it is kept, in JSON."""
        wordings = {str(number): wording for number, wording in self.wordings.items()}
        return {"wordings": wordings, "figures": [figure.dump() for figure in self.own]}

    def registry(self) -> Registry:
        """Every figure that stands in a wording, in the order of the forms, in the line where it stands.

        Raises KeyError for a blank that names no figure, RegistryError for declarations that contradict themselves.
        """
        standing = {slug: (number, line) for number in self.wordings for slug, line in self._blanks(number)}
        known = self._known(standing)
        return Registry(*(known[slug] for slug in standing))

    def _blanks(self, number: int) -> Iterable[tuple[str, str]]:
        return blanks_by_line(parse(number, self.wordings[number], year=0))

    def _known(self, standing: Mapping[str, tuple[int, str]]) -> dict[str, Figure]:
        """The notice's figures and the campaign's own; totals last, as they are made of the others."""
        known = {figure.slug: figure for figure in FIGURES}
        for slug in known.keys() & standing.keys():
            known[slug] = _placed(known[slug], *standing[slug])
        for own in sorted(self.own, key=lambda own: own.kind == OwnKind.TOTAL):
            form, line = standing.get(own.slug, (1, ""))
            known[own.slug] = own.figure(form, line, known)
        return known


def _placed(figure: Figure, form: int, line: str) -> Figure:
    """`figure` in the line where a campaign's wording has it; "4(1)" is a finer name for a place in line 4."""
    if (figure.form, figure.line.partition("(")[0]) == (form, line):
        return figure
    return replace(figure, form=form, line=line)


def declared_for(campaign: Campaign) -> Declared:
    """What `campaign` says of its forms."""
    return Declared.load(campaign.forms.get("wordings", {}), campaign.forms.get("figures", ()))


def figures_of(campaign: Campaign) -> Registry:
    """The figures that reports of `campaign` have."""
    return _registry(campaign.forms.get("wordings", {}), campaign.forms.get("figures", ()))


def figures_of_submission(submission: Submission) -> Registry:
    """The figures that were handed in. Reads the frozen content."""
    return _registry(submission.content.get("wording", {}), submission.content.get("figures", ()))


def figures_known_to(report: Report) -> Registry:
    """The figures of the form as it is now, then those that only what was handed in last has.

    A figure taken out of the form is still read, and talked about, in the report that was handed in with it.
    """
    live = figures_of(report.campaign)
    frozen = figures_of_submission(report.submission) if report.submission_id else ()
    return Registry(*live, *(replace(each, parts=(), bound=None) for each in frozen if each.slug not in live))


def form_of(campaign: Campaign, number: int) -> Form:
    """Form `number` as printed for `campaign`. An unknown number raises KeyError."""
    return parse(number, campaign.forms.get("wordings", {}).get(str(number), WORDINGS[number]), campaign.year)


def _registry(wordings: Mapping[str, str], own: Iterable[dict]) -> Registry:
    """The same object for the same declarations: statements are kept by the figures they were written for."""
    if not own and all(WORDINGS[int(number)] == wording for number, wording in wordings.items()):
        return FIGURES
    return _registry_of(json.dumps([wordings, list(own)], sort_keys=True))


@lru_cache(maxsize=64)
def _registry_of(canonical: str) -> Registry:
    return Declared.load(*json.loads(canonical)).registry()
