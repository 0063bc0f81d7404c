"""Checks that look at the figures of one report alone (annexes.md, Checks)."""

from collections.abc import Iterator

from reports.checks.registry import Check, CheckKind
from reports.checks.relations import at_most, sum_is, together, where
from reports.figures.facts import CASES
from reports.figures.registry import Figure, Registry

HARD, SOFT = CheckKind.HARD, CheckKind.SOFT

# Lines 5 and 6 of annex 1 repeat lines 2 and 4 for a part of the cases: the same slugs behind one of these.
CATEGORIES = ("migrant_", "single_mother_")


def hard(figures: Registry) -> Iterator[Check]:
    yield from totals(figures)
    # At most, not exactly: a third intention is in neither.
    intentions = (figures["graduates_self_placed"], figures["graduates_need_help"])
    yield at_most("within_intentions", HARD, intentions, figures["graduates"])
    yield from shares(figures)
    yield from persons_and_money(figures)
    yield within(HARD, figures, "past_unemployed", "graduates_past")


def soft(figures: Registry) -> Iterator[Check]:
    # An adjusted figure may count students from elsewhere.
    yield within(SOFT, figures, "fresh_unsigned_local", "graduates_fresh")
    yield together(SOFT, figures["practice_employers"], figures["practice_posts"])
    yield within(SOFT, figures, "certificates", "trainings")
    yield where(SOFT, figures["job_events"], figures["event_posts"])


def totals(figures: Registry) -> Iterator[Check]:
    """Every total equals the sum of its parts."""
    for figure in figures:
        if figure.parts:
            yield sum_is(figure, tuple(figures[slug] for slug in figure.parts))


def shares(figures: Registry) -> Iterator[Check]:
    """Every 5 and 6 figure is at most its counterpart in 2 or 4, group by group."""
    for figure in figures:
        if counterpart := counterpart_of(figure):
            yield within(HARD, figures, figure.slug, counterpart)


def counterpart_of(figure: Figure) -> str:
    """The slug of line 2 or 4 of which `figure` is a share; '' for a figure of another line."""
    for category in CATEGORIES:
        if figure.slug.startswith(category):
            return figure.slug.removeprefix(category)
    return ""


def persons_and_money(figures: Registry) -> Iterator[Check]:
    """Persons exactly where money: 2 with 4, 5 with 5, 6 with 6, group by group; two lines of annex 2."""
    for figure in figures:
        if figure.fact is CASES:
            money = figures[figure.slug.replace("aided", "paid")]
            yield together(HARD, figure, money)
    yield together(HARD, figures["microloans"], figures["microloan_amount"])
    yield together(HARD, figures["job_grants"], figures["job_grant_amount"])


def within(kind: CheckKind, figures: Registry, lesser: str, greater: str) -> Check:
    return at_most(f"within_{lesser}", kind, (figures[lesser],), figures[greater])
