"""Notices and exemplars to be subscribed to: nothing of a person that the page does not show."""

from datetime import date
from xml.etree import ElementTree  # what is read is our own

import pytest
from django.test import Client
from django.urls import reverse

from aid.models import NoticeBoard
from portal.audit import By
from reports.enums import PublicPart
from reports.openness.setting import set_public_page
from tests.aid import cases as casework
from tests.aid.casework.test_notices import running
from tests.aid.visiting import exemplar

ATOM = "{http://www.w3.org/2005/Atom}"


def read(unit, name: str = "public_feed"):
    return ElementTree.fromstring(Client().get(reverse(name, args=[unit.code])).content)  # noqa: S314  our own


@pytest.fixture
def told(district, grassroots):
    """A notice that hangs in the district, and an exemplar of a union below it."""
    notice = running(district, casework.case(district, "submitted"))
    story = exemplar(grassroots, consent_on=date(2014, 6, 1), published_on=date(2014, 6, 2))
    return notice, story


def test_rss_names_notice_and_exemplar_and_nobody_on_the_notice(told, district):
    notice, story = told
    items = {item.findtext("guid"): item for item in read(district).iter("item")}
    assert set(items) == {f"notice-{notice.pk}", f"exemplar-{story.pk}"}
    token = NoticeBoard.objects.get(union=district).token
    first = items[f"notice-{notice.pk}"]
    days = f"{notice.first_day} 至 {notice.last_day}"
    assert first.findtext("title") == f"{district.name}金秋助学公示（{days}）"
    assert first.findtext("link") == f"http://testserver{reverse('notice_board', args=[token])}"
    assert first.findtext("description") in ("", None)
    second = items[f"exemplar-{story.pk}"]
    assert second.findtext("link").endswith(f"/public/{district.code}/#exemplar-{story.pk}")
    assert second.findtext("description") == "每年资助十名学生。"


def test_atom_is_the_same(told, district):
    notice, story = told
    ids = {entry.findtext(f"{ATOM}id") for entry in read(district, "public_feed_atom").iter(f"{ATOM}entry")}
    assert ids == {f"notice-{notice.pk}", f"exemplar-{story.pk}"}


def test_notice_stands_on_the_page_and_leaves_with_its_part(told, district, lead):
    address = reverse("public_page", args=[district.code])
    board = reverse("notice_board", args=[NoticeBoard.objects.get(union=district).token])
    assert board in Client().get(address).content.decode()
    shown = set(PublicPart) - {PublicPart.NOTICES}
    set_public_page(district, shown=shown, complaint="", version=0, by=By(lead))
    assert board not in Client().get(address).content.decode()
    assert len(list(read(district).iter("item"))) == 1
