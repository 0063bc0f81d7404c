"""What is new on a public page, to be subscribed to: notices that hang today and exemplars, as RSS and as Atom."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from reports.openness.pages import Page
from reports.openness.told import exemplars, hanging, title_of
from reports.views.openness.page import UnitView

LANGUAGE = "zh-CN"


@dataclass(frozen=True)
class Entry:
    """One thing to read. `key` names it for ever; a notice names nobody here, its own page shows its sheet."""

    key: str
    title: str
    url: str
    day: datetime.date
    text: str = ""


def entries(page: Page) -> list[Entry]:
    """The latest first."""
    home = reverse("public_page", args=[page.unit.code])
    notices = [Entry(f"notice-{each.pk}", title_of(each), each.url, each.first_day) for each in hanging(page)]
    stories = [
        Entry(f"exemplar-{each.pk}", each.title, f"{home}#exemplar-{each.pk}", each.published_on, each.story)
        for each in exemplars(page)
    ]
    return sorted((*notices, *stories), key=lambda entry: (entry.day, entry.key), reverse=True)


class PageFeed(Feed):
    """The entries of one page; `get_object` is given the page itself."""

    language = LANGUAGE
    item_guid_is_permalink = False

    def __init__(self, kind: type[SyndicationFeed]) -> None:
        self.feed_type = kind

    def get_object(self, _request: Any, page: Page) -> Page:
        return page

    def title(self, page: Page) -> str:
        return _("%(unit)s金秋助学信息公开") % {"unit": page.unit.name}

    description = title
    subtitle = title

    def link(self, page: Page) -> str:
        return reverse("public_page", args=[page.unit.code])

    def items(self, page: Page) -> list[Entry]:
        return entries(page)

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        return item.text

    def item_link(self, item: Entry) -> str:
        return item.url

    def item_guid(self, item: Entry) -> str:
        return item.key

    def item_pubdate(self, item: Entry) -> datetime.datetime:
        return make_aware(datetime.datetime.combine(item.day, datetime.time.min))


class PublicFeed(UnitView):
    """The feed as RSS 2.0."""

    kind: type[SyndicationFeed] = Rss201rev2Feed

    def get(self, request, code: str):
        return PageFeed(self.kind)(request, page=self.page)


class PublicFeedAtom(PublicFeed):
    """The same as Atom."""

    kind = Atom1Feed
