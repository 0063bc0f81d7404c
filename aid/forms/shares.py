"""The form of the sources of a case: an amount for each level, and for the unions' levels the source it comes from."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aid.casework.shares import Share
from aid.enums import FundSource, GrantLevel
from aid.forms.case import ActForm
from aid.models import CaseShare
from portal.forms.bounded import YuanField
from portal.workbook.cells.numbers import CENT, LIMIT

OF_UNIONS = [choice for choice in FundSource.choices if choice[0] != FundSource.SOCIAL]


def _source_of(level: GrantLevel) -> str:
    return f"{level}_source"


class SharesForm(ActForm):
    """Blank where a level gives nothing."""

    def __init__(self, *args, shares: Mapping[str, CaseShare], **kwargs):
        super().__init__(*args, **kwargs)
        for level in GrantLevel:
            share = shares.get(level)
            self.fields[level.value] = YuanField(
                label=_("%(level)s（元）") % {"level": level.label},
                required=False,
                initial=share and share.amount,
                most=LIMIT - CENT,
            )
            if level != GrantLevel.SOCIAL:
                self.fields[_source_of(level)] = forms.ChoiceField(
                    label=_("%(level)s的资金来源") % {"level": level.label},
                    choices=OF_UNIONS,
                    required=False,
                    initial=share.source if share else FundSource.UNION,
                )

    @property
    def help(self) -> str:
        return gettext(
            "写明市级、区级、社会各出多少，合计等于帮扶标准；只从一处发放的不用填。发放时每个批次只发它那一来源的部分。"
        )

    @property
    def opens(self) -> bool:
        """Whether something is said of a level, or is wrong."""
        return bool(self.errors) or any(self[level.value].value() for level in GrantLevel)

    def shares(self) -> list[Share]:
        """What was typed, of the levels that give something."""
        given = ((level, self.cleaned_data.get(level.value)) for level in GrantLevel)
        return [Share(level, self._source(level), amount) for level, amount in given if amount is not None]

    def _source(self, level: GrantLevel) -> str:
        return self.cleaned_data.get(_source_of(level)) or (
            FundSource.SOCIAL if level == GrantLevel.SOCIAL else FundSource.UNION
        )
