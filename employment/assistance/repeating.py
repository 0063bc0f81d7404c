"""Help that seems to be entered a second time: counted twice, nobody would notice. Who enters it says that it is meant.

Only the forms ask: a workbook carries a number for each act of help, and accepts as many as there are.
"""

from collections.abc import Collection, Iterator, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from employment.enums import AssistanceKind
from employment.models import Assistance
from portal.models import User
from portal.record_rules import Doubt
from portal.workbook.importing.chunks import in_chunks


class Repeated(Exception):  # noqa: N818  named after what the help is
    """Help that is on file already, as it seems; `by_graduate` says so in words, by the key of the graduate."""

    def __init__(self, by_graduate: dict[int, str]):
        super().__init__(by_graduate)
        self.by_graduate = by_graduate


def refuse_repeats(made: Sequence[Assistance], *, actor: User, meant: Collection[int]) -> None:
    """Raise Repeated for help just `made` that repeats other, save of the graduates whose keys are `meant`.

    Of one graduate at most once in `made`, which is of one kind and day. Other help is that in the scope of `actor`:
    what a union of another unit gave is not told.
    """
    doubted = [help_ for help_ in made if help_.graduate_id not in meant]
    before = _given_before(doubted, actor) if doubted else {}
    if before:
        raise Repeated({graduate: in_words(help_) for graduate, help_ in before.items()})


def repeats(helps: Sequence[Assistance], actor: User) -> Iterator[tuple[int, Doubt]]:
    """The same as doubts about help not saved yet, of any kinds and days: the place of each, and which it repeats."""
    before: dict[int, list[Assistance]] = {}
    for chunk in in_chunks({help_.graduate_id for help_ in helps}):
        for other in Assistance.objects.visible_to(actor).filter(graduate__in=chunk).order_by("given_on", "pk"):
            before.setdefault(other.graduate_id, []).append(other)
    for place, help_ in enumerate(helps):
        same = (other for other in reversed(before.get(help_.graduate_id, [])) if _is_repeated(help_, other))
        if other := next(same, None):
            yield place, Doubt("kind", in_words(other))


def _is_repeated(help_: Assistance, other: Assistance) -> bool:
    """Whether `other` is what `_repeated_by` finds."""
    on_any_day = help_.kind == AssistanceKind.PLACEMENT
    return other.kind == help_.kind and (on_any_day or other.given_on == help_.given_on)


def _given_before(made: list[Assistance], actor: User) -> dict[int, Assistance]:
    """The latest help that each of `made` repeats, by graduate."""
    fresh, repeated = {help_.pk for help_ in made}, _repeated_by(made[0])
    found = {}
    for chunk in in_chunks({help_.graduate_id for help_ in made}):
        others = Assistance.objects.visible_to(actor).filter(repeated, graduate__in=chunk).order_by("given_on", "pk")
        found.update((help_.graduate_id, help_) for help_ in others if help_.pk not in fresh)
    return found


def _repeated_by(help_: Assistance) -> Q:
    """Help of its kind on its day; one finds work once, so of a placement on any day."""
    of_kind = Q(kind=help_.kind)
    return of_kind if help_.kind == AssistanceKind.PLACEMENT else of_kind & Q(given_on=help_.given_on)


def in_words(help_: Assistance) -> str:
    words = {"day": help_.given_on, "kind": help_.get_kind_display(), "number": help_.number}
    return _("该毕业生 %(day)s 已登记过“%(kind)s”（%(number)s）；确属另一次帮扶的，请勾选后再保存。") % words
