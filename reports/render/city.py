"""What a print of the city says besides the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from reports.beside.reported import Lack
from reports.beside.years import Years
from reports.render.filled import Filled


@dataclass(frozen=True)
class CityPrint:
    """The units that are missing, with how their reports stand; earlier years; and whether each unit's forms follow.

    `lacks` are the figures that some reports have not got. `missing` is None only where nobody asked who is missing
    (records counted on the command line). `late` are the units that handed in late, each with the days.
    """

    missing: Sequence[str] | None = None
    years: Years | None = None
    with_units: bool = True
    lacks: Sequence[Lack] = ()
    late: Sequence[str] = ()

    def below(self, form: int) -> list[str]:
        """The sentences to stand below form `form`: who is missing, and what was reported by an older form."""
        older = [lack.brief for lack in self.lacks if lack.form == form]
        return [*([self.said] if self.said else []), *older]

    @property
    def remarks(self) -> list[str]:
        """What stands below the list of those that are missing: what some have not got, and who was late."""
        late = [_("逾期报送的单位（%(count)d 个）：") % {"count": len(self.late)}, *self.late] if self.late else []
        return [*(lack.said for lack in self.lacks), *late]

    @property
    def said(self) -> str:
        """One sentence on who is missing, to stand below a form; '' where nobody asked."""
        if self.missing is None:
            return ""
        if not self.missing:
            return _("所有填报单位的报表均已接收。")
        return _("缺 %(count)d 个单位，名单见“%(sheet)s”。") % {"count": len(self.missing), "sheet": title()}


def title() -> str:
    return _("缺报单位名单")


@dataclass(frozen=True)
class CityForms(Filled):
    """The city's forms; `contact` is what stands for 填报人 and 联系电话, by the names of the spaces."""

    contact: Mapping[str, str] = field(default_factory=dict)

    @property
    def spaces(self) -> dict[str, str]:
        return {**super().spaces, **self.contact}


ALONE = CityPrint()
