"""A form while it is edited: as on paper, with the name of each figure in its blank."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from reports.annex.wording import Form, parse
from reports.campaign.palette import Known


@dataclass(frozen=True)
class Draft:
    """What `reports.render.html` asks of a form, for a text that is not saved yet."""

    wording: str
    year: int
    known: Mapping[str, Known]
    faulty: Collection[str]

    @property
    def spaces(self) -> dict[str, str]:
        return {}

    def form(self, number: int) -> Form:
        return parse(number, self.wording, self.year)

    def text(self, slug: str) -> str:
        """The name of the figure; the slug itself where there is none of that name."""
        return self.known[slug].label if slug in self.known else f"{{{slug}}}"

    def url(self, slug: str) -> str:
        """The line of the figure in the list below; '' marks a blank that is about to be refused."""
        return "" if slug in self.faulty else f"#figure-{slug}"
