"""Checks that look at the figures of one report alone (annexes.md, Checks)."""

from collections.abc import Callable, Iterator

from reports.checks.registry import Check, CheckKind
from reports.checks.relations import at_most, sum_is, together, where
from reports.figures import FIGURES
from reports.figures.facts import CASES
from reports.figures.registry import Figure, Registry

HARD, SOFT = CheckKind.HARD, CheckKind.SOFT

# Lines 5 and 6 of annex 1 repeat lines 2 and 4 for a part of the cases: the same slugs behind one of these.
CATEGORIES = ("migrant_", "single_mother_")


def hard(figures: Registry) -> Iterator[Check]:
    yield from totals(figures)
    # At most, not exactly: a third intention is in neither.
    intentions = ("graduates", "graduates_self_placed", "graduates_need_help")
    if asked := standing(figures, *intentions):
        yield at_most("within_intentions", HARD, asked[1:], asked[0])
    yield from shares(figures)
    yield from persons_and_money(figures)
    yield from within(HARD, figures, "past_unemployed", "graduates_past")
    yield from bounds(HARD, figures)


def soft(figures: Registry) -> Iterator[Check]:
    # An adjusted figure may count students from elsewhere.
    yield from within(SOFT, figures, "fresh_unsigned_local", "graduates_fresh")
    yield from pair(together, SOFT, figures, "practice_employers", "practice_posts")
    yield from within(SOFT, figures, "certificates", "trainings")
    yield from pair(where, SOFT, figures, "job_events", "event_posts")
    yield from bounds(SOFT, figures)


def totals(figures: Registry) -> Iterator[Check]:
    """Every total equals the sum of its parts."""
    for figure in figures:
        if figure.parts:
            yield sum_is(figure, tuple(figures[slug] for slug in figure.parts))


def shares(figures: Registry) -> Iterator[Check]:
    """Every 5 and 6 figure is at most its counterpart in 2 or 4, group by group."""
    for figure in figures:
        if counterpart := counterpart_of(figure.place):
            yield from within(HARD, figures, figure.place, counterpart)


def counterpart_of(place: str) -> str:
    """The slug of line 2 or 4 of which a figure in `place` is a share; '' for a figure of another line."""
    for category in CATEGORIES:
        if place.startswith(category):
            return place.removeprefix(category)
    return ""


def persons_and_money(figures: Registry) -> Iterator[Check]:
    """Persons exactly where money: 2 with 4, 5 with 5, 6 with 6, group by group; two lines of annex 2."""
    for figure in figures:
        of_notice = FIGURES.get(figure.place, figure)
        if of_notice.fact is CASES and "aided" in figure.place:
            yield from pair(together, HARD, figures, figure.place, figure.place.replace("aided", "paid"))
    yield from pair(together, HARD, figures, "microloans", "microloan_amount")
    yield from pair(together, HARD, figures, "job_grants", "job_grant_amount")


def bounds(kind: CheckKind, figures: Registry) -> Iterator[Check]:
    """What the department declared of a campaign's own figures."""
    for figure in figures:
        if figure.bound and figure.bound.is_hard == (kind is HARD):
            yield from within(kind, figures, figure.slug, figure.bound.slug)


def within(kind: CheckKind, figures: Registry, lesser: str, greater: str) -> Iterator[Check]:
    if asked := standing(figures, lesser, greater):
        yield at_most(f"within_{asked[0].slug}", kind, asked[:1], asked[1])


def pair(make: Callable[..., Check], kind: CheckKind, figures: Registry, one: str, other: str) -> Iterator[Check]:
    """The check of two figures; none where a campaign's forms have only one of them."""
    if asked := standing(figures, one, other):
        yield make(kind, *asked)


def standing(figures: Registry, *slugs: str) -> tuple[Figure, ...]:
    """The figures in the place of `slugs`; none where one has neither its own nor another in its place."""
    found = [figure for slug in slugs if (figure := figures.in_place_of(slug))]
    return tuple(found) if len(found) == len(slugs) else ()
