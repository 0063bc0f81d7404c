"""Editing the forms of a campaign: their wording, and figures of its own.

Whatever was typed and does not fit is refused in sentences (`reports.campaign.form_problems`) and never half saved.
Reports that were handed in keep the forms and figures they were frozen with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit import By
from portal.models import Campaign
from reports.annex.campaign_figures import FORM_NUMBERS, Declared, declared_for
from reports.annex.places import one_form
from reports.annex.wording import WORDINGS
from reports.campaign.campaigns import check_unchanged, keep_change, locked_campaign, wording_part
from reports.campaign.form_problems import problems_of
from reports.campaign.named_blanks import by_slug
from reports.campaign.own_problems import name_faults, own_problems
from reports.campaign.palette import palette
from reports.figures import FIGURES
from reports.figures.own import OwnFigure

NAMES_PART = "names"


def figure_part(slug: str) -> str:
    return f"figure-{slug}"


def with_wording(declared: Declared, number: int, wording: str) -> Declared:
    """`declared` with another text of form `number`, whose blanks name figures by name or slug.

    Raises ValueError for a form that there is not.
    """
    if number not in FORM_NUMBERS:
        message = f"no form {number}"
        raise ValueError(message)
    text = by_slug(one_form(wording), palette(declared))
    return replace(declared, wordings={**declared.wordings, number: text})


@transaction.atomic
def save_wording(campaign: Campaign, *, number: int, wording: str, version: int, by: By) -> Campaign:
    """Give form `number` of the campaign another text, whose blanks name figures by name or slug.

    Writes the campaign and one audit row; nothing if the text is as it was. Raises ValidationError with a sentence for
    every problem of the forms, or if somebody changed the text since `version`; MoveRefused.
    """
    campaign = locked_campaign(campaign, by.actor)
    declared = declared_for(campaign)
    wanted = with_wording(declared, number, wording)
    if wanted.wordings == declared.wordings:
        return campaign
    check_unchanged(campaign, wording_part(number), version)
    words = _("修改附件 %(form)d 的表式") % {"form": number}
    _keep(campaign, wanted, wording_part(number), words, by=by)
    return campaign


def reset_wording(campaign: Campaign, *, number: int, version: int, by: By) -> Campaign:
    """Give form `number` the wording of the notice again. As `save_wording`."""
    return save_wording(campaign, number=number, wording=WORDINGS[number], version=version, by=by)


@transaction.atomic
def add_figure(campaign: Campaign, *, own: OwnFigure, by: By) -> Campaign:
    """Add a figure of the campaign's own; a text may then have its blank.

    Writes the campaign and one audit row; nothing if the very same was added already. Raises ValidationError by field
    for what is wrong with it, or if its slug is taken; MoveRefused.
    """
    campaign = locked_campaign(campaign, by.actor)
    declared = declared_for(campaign)
    if own in declared.own:
        return campaign
    if any(own.slug == other.slug for other in declared.own):
        raise ValidationError({"slug": _("这个标识已经用于另一个数字。")})
    words = _("增加指标“%(label)s”") % {"label": own.label}
    _keep_figures(campaign, (*declared.own, own), own, words, by=by)
    return campaign


@transaction.atomic
def change_figure(campaign: Campaign, *, own: OwnFigure, version: int, by: By) -> Campaign:
    """Change the figure of that slug; where its value comes from (`kind`) stays.

    Writes the campaign and one audit row; nothing if all is as it was. Raises ValidationError by field, if there is no
    such figure, or if somebody changed it since `version`; MoveRefused.
    """
    campaign = locked_campaign(campaign, by.actor)
    declared = declared_for(campaign)
    before = next((other for other in declared.own if other.slug == own.slug), None)
    if before is None or before.kind != own.kind:
        raise ValidationError(_("没有这个自设的指标，可能已被删除。"))
    if before == own:
        return campaign
    check_unchanged(campaign, figure_part(own.slug), version)
    figures = (own if other.slug == own.slug else other for other in declared.own)
    words = _("修改指标“%(label)s”") % {"label": own.label}
    _keep_figures(campaign, figures, own, words, by=by)
    return campaign


@transaction.atomic
def remove_figure(campaign: Campaign, *, slug: str, by: By) -> Campaign:
    """Remove a figure of the campaign's own that stands in no form; nothing happens if there is none.

    Writes the campaign and one audit row. Raises ValidationError while a form, a total or a check needs it, and
    MoveRefused.
    """
    campaign = locked_campaign(campaign, by.actor)
    declared = declared_for(campaign)
    known = palette(declared).get(slug)
    if known is None or known.own is None:
        return campaign
    for place in known.places:
        where = {"figure": known.named, "form": place.form, "line": place.line}
        raise ValidationError(_("%(figure)s还在附件 %(form)d 第 %(line)d 行，请先从表式中去掉。") % where)
    for other in declared.own:
        if slug in (*other.parts, other.at_most):
            words = _("%(figure)s还被“%(other)s”使用（组成部分或核对），不能删除。")
            raise ValidationError(words % {"figure": known.named, "other": other.label})
    left = replace(declared, own=tuple(other for other in declared.own if other.slug != slug))
    words = _("删除数字%(figure)s") % {"figure": known.named}
    _keep(campaign, left, figure_part(slug), words, by=by)
    return campaign


def figure_faults(declared: Declared, own: OwnFigure) -> dict[str, list[str]]:
    """What is wrong with `own` among the figures of `declared`, by field."""
    faults: dict[str, list[str]] = {}
    for field, words in own_problems(own, palette(declared)):
        faults.setdefault(field, []).append(words)
    return faults


@transaction.atomic
def save_names(campaign: Campaign, *, names: Mapping[str, str], version: int, by: By) -> Campaign:
    """Call figures of the notice, by slug, by other names in this campaign; '' gives one its own name back.

    Pages, checks, charts and files of the campaign use them; reports handed in keep the names of then. Writes the
    campaign and one audit row; nothing if all is as it was. Raises ValidationError by slug, or if somebody changed the
    names since `version`; MoveRefused.
    """
    campaign = locked_campaign(campaign, by.actor)
    declared = declared_for(campaign)
    given = {figure.slug: " ".join(names.get(figure.slug, "").split()) for figure in FIGURES}
    labels = {slug: name for slug, name in given.items() if name and name != FIGURES[slug].label}
    wanted = replace(declared, labels=labels)
    if wanted.labels == declared.labels:
        return campaign
    check_unchanged(campaign, NAMES_PART, version)
    if faults := name_faults(wanted):
        raise ValidationError(faults)
    before = {figure.slug: figure for figure in declared.notice()}
    renamed = [(before[figure.slug], figure) for figure in wanted.notice() if str(before[figure.slug]) != str(figure)]
    words = "；".join(f"{was} → {now}" for was, now in renamed)
    _keep(campaign, wanted, NAMES_PART, _("修改指标的名称：%(names)s") % {"names": words}, by=by)
    return campaign


def _keep_figures(campaign: Campaign, figures: Iterable[OwnFigure], own: OwnFigure, words: str, *, by: By) -> None:
    wanted = replace(declared_for(campaign), own=tuple(figures))
    if faults := figure_faults(wanted, own):
        raise ValidationError(faults)
    _keep(campaign, wanted, figure_part(own.slug), words, by=by)


def _keep(campaign: Campaign, declared: Declared, part: str, words: str, *, by: By) -> None:
    """Save `declared` with the campaign, if nothing is wrong with it; texts that are the notice's are not kept."""
    if problems := problems_of(declared):
        raise ValidationError([str(problem) for problem in problems])
    differing = {str(n): text for n, text in declared.wordings.items() if text != WORDINGS[n]}
    kept = {"wordings": differing, "figures": [own.dump() for own in declared.own], "labels": dict(declared.labels)}
    rest = {name: value for name, value in campaign.forms.items() if name not in kept}
    campaign.forms = rest | {name: value for name, value in kept.items() if value}
    keep_change(campaign, part, words=words, by=by)
