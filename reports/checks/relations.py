"""The three ways in which figures can tie, each made into a check with its sentences."""

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks.context import Context
from reports.checks.registry import Check, CheckKind
from reports.counting.derive import Values
from reports.figures.measures import Measure
from reports.figures.registry import Figure


def amount(figure: Figure, value) -> str:
    """`value` as `figure` prints it, with its unit."""
    return f"{figure.unit.format(value)} {figure.unit.label}"


def stated(figure: Figure, values: Values) -> str:
    """The figure's name and number."""
    return f"“{figure}”{amount(figure, values[figure.slug])}"


def slugs(*figures: Figure) -> tuple[str, ...]:
    return tuple(figure.slug for figure in figures)


def joined(figures: tuple[Figure, ...], separator: str) -> str:
    """The names of `figures`, looked up when they are shown."""
    return format_lazy(separator.join(["“{}”"] * len(figures)), *(figure.label for figure in figures))


def added(measure: Measure, figures: tuple[Figure, ...], values: Values):
    return sum((values[figure.slug] for figure in figures), start=measure.value(None))


def sum_is(total: Figure, parts: tuple[Figure, ...]) -> Check:
    """`total` equals the sum of `parts`."""

    def message(values: Values, _context: Context) -> str:
        found = added(total.measure, parts, values)
        if values[total.slug] == found:
            return ""
        return _("{total}，不等于各分项之和 {sum}（{parts}），相差 {gap}。").format(
            total=stated(total, values),
            sum=amount(total, found),
            parts="，".join(stated(part, values) for part in parts),
            gap=amount(total, abs(values[total.slug] - found)),
        )

    words = format_lazy(gettext_lazy("“{total}”等于各分项之和"), total=total.label)
    return Check(f"total_{total.slug}", CheckKind.HARD, slugs(total, *parts), words, message)


def at_most(code: str, kind: CheckKind, lesser: tuple[Figure, ...], greater: Figure) -> Check:
    """`lesser`, added up, do not exceed `greater`."""

    def message(values: Values, _context: Context) -> str:
        found = added(greater.measure, lesser, values)
        if found <= values[greater.slug]:
            return ""
        tail = "" if len(lesser) == 1 else _("之和 {sum}").format(sum=amount(greater, found))
        return _("{lesser}{tail}，超过{greater}，多出 {gap}。").format(
            lesser="、".join(stated(figure, values) for figure in lesser),
            tail=tail,
            greater=stated(greater, values),
            gap=amount(greater, found - values[greater.slug]),
        )

    sentence = gettext_lazy("{lesser}不超过“{greater}”")
    if len(lesser) > 1:
        sentence = gettext_lazy("{lesser}之和不超过“{greater}”")
    words = format_lazy(sentence, lesser=joined(lesser, "、"), greater=greater.label)
    return Check(code, kind, slugs(*lesser, greater), words, message)


def together(kind: CheckKind, one: Figure, other: Figure) -> Check:
    """`one` is above zero exactly where `other` is."""

    def message(values: Values, _context: Context) -> str:
        if (values[one.slug] > 0) == (values[other.slug] > 0):
            return ""
        return _("{one}，而{other}：应当都为 0 或都大于 0。").format(
            one=stated(one, values), other=stated(other, values)
        )

    words = format_lazy(gettext_lazy("{both}都为 0 或都大于 0"), both=joined((one, other), "和"))
    return Check(f"together_{one.slug}", kind, slugs(one, other), words, message)


def where(kind: CheckKind, cause: Figure, effect: Figure) -> Check:
    """`effect` is above zero where `cause` is."""

    def message(values: Values, _context: Context) -> str:
        if values[cause.slug] <= 0 or values[effect.slug] > 0:
            return ""
        return _("{cause}，而{effect}：应当大于 0。").format(cause=stated(cause, values), effect=stated(effect, values))

    words = format_lazy(gettext_lazy("“{cause}”大于 0 的，“{effect}”也大于 0"), cause=cause.label, effect=effect.label)
    return Check(f"where_{cause.slug}", kind, slugs(cause, effect), words, message)
