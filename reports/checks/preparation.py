"""Checks of what the unit itself gives (annexes.md, Checks: "contact name and telephone given; …").

A figure that no record gives counts as 0 until it is typed in: only the rows typed tell that from a 0 somebody meant.
"""

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks.context import Context
from reports.checks.registry import Check, CheckKind
from reports.counting.derive import Values
from reports.figures.registry import Figure, Registry

TYPED = "typed_"  # before the slug, the code of the check that a figure was typed in


def contact_missing(_values: Values, context: Context) -> str:
    given = context.preparation
    missing = [
        words
        for words, text in ((_("填报人"), given.contact_name), (_("联系电话"), given.contact_telephone))
        if not text.strip()
    ]
    return _("没有填写{missing}。").format(missing="、".join(missing)) if missing else ""


def summary_missing(_values: Values, context: Context) -> str:
    given = context.preparation
    return given.summary_lacks if given.has_summary else _("没有上传总结报告。")


CHECKS = (
    Check("contact", CheckKind.HARD, (), gettext_lazy("填写了填报人和联系电话"), contact_missing, needs="preparation"),
    Check("summary", CheckKind.HARD, (), gettext_lazy("上传了总结报告"), summary_missing, needs="preparation"),
)


def checks(figures: Registry) -> Iterator[Check]:
    """What goes with the figures, then one check for each figure that the unit types in, as each has its own page."""
    yield from CHECKS
    yield from (typed_in(figure) for figure in figures if figure.is_typed)


def typed_in(figure: Figure) -> Check:
    """`figure` was typed in, be it as 0: what was left empty is not a 0 that somebody stands for."""

    def message(_values: Values, context: Context) -> str:
        return _("没有填写“{figure}”。").format(figure=figure) if figure.slug in context.preparation.untyped else ""

    words = format_lazy(gettext_lazy("填写了“{figure}”，没有的填 0"), figure=figure.label)
    return Check(f"{TYPED}{figure.slug}", CheckKind.HARD, (figure.slug,), words, message, needs="preparation")
