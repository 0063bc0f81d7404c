"""The forms and figures of one campaign: the notice's, unless the department gave the campaign its own.

A campaign's own are kept as data: `{"wordings": {"1": text, "2": text}, "figures": [OwnFigure, …], "labels": {slug:
name}}`. A submission freezes the same three parts, so that what was handed in reads and prints as it did then, whatever
the campaign says later.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from portal.models import Campaign
from reports.annex.wording import WORDINGS, Form, blanks_by_line, parse
from reports.figures import FIGURES
from reports.figures.own import OwnFigure, OwnKind
from reports.figures.registry import OF_TOTAL, Figure, Registry
from reports.models.frozen import Submission
from reports.models.report import Report

FORM_NUMBERS = tuple(WORDINGS)


@dataclass(frozen=True)
class Declared:
    """What a campaign, or a submission, says of its forms.

    The wordings by number, the figures of its own, and the names that it gives figures of the notice, by slug.
    """

    wordings: Mapping[int, str]
    own: tuple[OwnFigure, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, wordings: Mapping[str, str], own: Iterable[dict], labels: Mapping[str, str]) -> "Declared":
        """From what `dump` made of it; a form without a wording of its own has the notice's."""
        given = {int(number): wording for number, wording in wordings.items()}
        return cls(WORDINGS | given, tuple(OwnFigure.load(kept) for kept in own), dict(labels))

    def dump(self) -> dict:
        """As it is kept, in JSON."""
        wordings = {str(number): wording for number, wording in self.wordings.items()}
        return {
            "wordings": wordings,
            "figures": [figure.dump() for figure in self.own],
            "labels": dict(self.labels),
        }

    def notice(self) -> tuple[Figure, ...]:
        """The figures of the notice, under the names that they have here."""
        return tuple(replace(each, label=name) if (name := self._name(each)) else each for each in FIGURES)

    def _name(self, figure: Figure) -> str:
        """What a figure of the notice is called, "" as there. A part follows its total, as in "筹款：社会捐助"."""
        if figure.slug in self.labels:
            return self.labels[figure.slug]
        for slug, label in self.labels.items():
            whole, prefix = FIGURES[slug], f"{FIGURES[slug].label}{OF_TOTAL}"
            if figure.slug in whole.parts and str(figure.label).startswith(prefix):
                return label + OF_TOTAL + str(figure.label).removeprefix(prefix)
        return ""

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
        known = {figure.slug: figure for figure in self.notice()}
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
    return Declared.load(*_kept(campaign.forms, "wordings"))


def _kept(said: Mapping, wordings: str) -> tuple:
    return said.get(wordings, {}), said.get("figures", ()), said.get("labels", {})


def figures_of(campaign: Campaign) -> Registry:
    """The figures that reports of `campaign` have."""
    return _registry(*_kept(campaign.forms, "wordings"))


def figures_of_submission(submission: Submission) -> Registry:
    """The figures that were handed in. Reads the frozen content."""
    return _registry(*_kept(submission.content, "wording"))


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


def named_by(campaign: Campaign, figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """`figures` as `campaign` calls them: to be shown, whether its forms ask for them or not."""
    names = {figure.slug: figure for figure in declared_for(campaign).notice()} if campaign.forms.get("labels") else {}
    return tuple(names.get(figure.slug, figure) for figure in figures)


def _registry(wordings: Mapping[str, str], own: Iterable[dict], labels: Mapping[str, str]) -> Registry:
    """The same object for the same declarations: statements are kept by the figures they were written for."""
    if not own and not labels and all(WORDINGS[int(number)] == wording for number, wording in wordings.items()):
        return FIGURES
    return _registry_of(json.dumps([wordings, list(own), labels], sort_keys=True))


@lru_cache(maxsize=64)
def _registry_of(canonical: str) -> Registry:
    return Declared.load(*json.loads(canonical)).registry()
