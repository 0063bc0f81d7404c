"""What is asked before it is saved: odd, but not wrong. Who confirms it has the record saved as typed."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import DateTimeField, Field, Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.fields import BlindIndexField, EncryptedTextField, blind_index
from portal.form_keys import JUST_NOW
from portal.models import UnionOwned, User
from portal.record_rules import Doubt
from portal.records.versions import versions_of

MOST_COMPARED = 2000  # records made by hand in the last minutes
TWIN = _("十分钟内刚登记过一条内容完全相同的记录，请核对是否重复登记。")


class Doubted(Exception):  # noqa: N818  named after what happens to the record
    """A record that is saved only when `doubts` have been confirmed."""

    def __init__(self, doubts: Sequence[Doubt]):
        super().__init__(doubts)
        self.doubts = doubts


def token_of(doubts: Iterable[Doubt]) -> str:
    """What a form sends back to confirm just these doubts: another value that is odd is asked about anew."""
    return blind_index("\n".join(str(doubt.message) for doubt in doubts))


def refuse_doubts(doubts: Sequence[Doubt], confirmed: str | None) -> None:
    """Raise Doubted unless `confirmed` is the token of these doubts; None: there is nobody who could be asked."""
    if doubts and confirmed is not None and token_of(doubts) != confirmed:
        raise Doubted(doubts)


def twin_of(record: UnionOwned) -> Model | None:
    """A record made within the last ten minutes that says the same as the unsaved `record`, whatever its number."""
    compared = [field for field in record._meta.concrete_fields if _is_typed(field)]
    sealed = [field.attname for field in compared if isinstance(field, EncryptedTextField)]
    plain = {field.attname: getattr(record, field.attname) for field in compared if field.attname not in sealed}
    made = versions_of(type(record)).filter(history_type="+", history_date__gte=timezone.now() - JUST_NOW)
    alike = type(record).objects.filter(**plain, pk__in=made.values("id")).order_by("pk")
    return next((other for other in alike if _values(other, sealed) == _values(record, sealed)), None)


def twins_of(records: Sequence[UnionOwned], *, user: User) -> Iterator[tuple[int, Model]]:
    """The same for many of one model, by their places: asked once, of what was made on a page and `user` may see."""
    if not records:
        return
    model = type(records[0])
    names = [field.attname for field in model._meta.concrete_fields if _is_typed(field)]
    recent = versions_of(model).filter(history_type="+", history_date__gte=timezone.now() - JUST_NOW)
    by_hand = recent.filter(history_change_reason=None).values("id")
    known: dict[tuple[str, ...], Model] = {}
    for other in model.objects.visible_to(user).filter(pk__in=by_hand).order_by("-pk")[:MOST_COMPARED]:
        known[tuple(_values(other, names))] = other
    for place, record in enumerate(records):
        if twin := known.get(tuple(_values(record, names))):
            yield place, twin


def _is_typed(field: Field) -> bool:
    """Whether the field can tell two records apart that were typed alike: keys, numbers and times always do."""
    kept_beside = field.unique or field.name in ("number", "version") or isinstance(field, DateTimeField)
    return not (kept_beside or isinstance(field, BlindIndexField))


def _values(record: Model, names: Iterable[str]) -> list[str]:
    return [getattr(record, name) for name in names]
