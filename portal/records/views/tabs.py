"""The tabs below the facts of a record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.records.versions import Version


@dataclass(frozen=True)
class Create:
    """Something that may be made below a record, in words, and the address of its form."""

    words: str
    url: str


@dataclass(frozen=True)
class RecordTab:
    """One tab: `template` is drawn with the page's own context, with `section` as the records it shows, if it does.

    `count` is how much there is, in words; '' where that says nothing.
    """

    slug: str
    title: str
    count: str
    template: str
    section: dict[str, Any] | None = None


def tabs_of(own: Iterable[RecordTab], sections: Iterable[dict[str, Any]], told: list[Version]) -> list[RecordTab]:
    """The tabs of a page: its `own`, the related records there are, the versions. Nothing is a tab that is empty."""
    slugs: set[str] = set()
    tabs = list(own)
    for section in sections:
        if section.get("count"):
            slug = section["slug"] if section["slug"] not in slugs else f"{section['slug']}-{len(slugs)}"
            slugs.add(slug)
            count = f"{section['count']}{'+' if section['is_cut'] else ''}"
            tabs.append(RecordTab(slug, section["title"], count, "records/_related.html", section))
    return [*tabs, RecordTab("versions", _("变更记录"), str(len(told)), "records/_versions.html")]


def opened_of(tabs: list[RecordTab], asked: str) -> str:
    """The tab that is open first: the one the address asks for, else the first."""
    slugs = [tab.slug for tab in tabs]
    return asked if asked in slugs else slugs[0]
