"""Sponsors, pairings, letters of thanks, practice posts and the students on them."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from aid.models import Pairing, PracticePlacement, Sponsor
from aid.sponsors.sponsoring import reach
from aid.workbook.placements import most_at_once
from portal.models import AuditEntry
from tests import builders
from tests.aid.visiting import pairing, placement, sponsor
from tests.forms import create_address, edit_address, errors, send
from tests.printing import docx_text
from tests.reports import builders as make


@pytest.fixture
def giver(district):
    """A sponsor who gave twice here, and whose namesake gave in another district."""
    return sponsor(district)


@pytest.fixture
def reached(district, foreign_district, giver):
    """Two children paired, one of them also on a case, a third on a case alone; near misses beside them."""
    first, second, third = (builders.child(district, name) for name in ("曾甲一", "曾乙二", "曾丙三"))
    pairing(district, sponsor=giver, child=first)
    pairing(district, sponsor=giver, child=second)
    make.case(district, child=first, sponsor="春雨公司")
    make.case(district, child=third, sponsor="春雨公司")
    make.case(district, child=builders.child(district, "曾丁四"), sponsor="春雨")
    make.case(district, child=builders.child(district, "曾戊五"), sponsor="春雨公司", status="withdrawn")
    make.case(foreign_district, child=builders.child(foreign_district, "曾己六"), sponsor="春雨公司")
    make.contribution(district, donor="春雨公司", amount=Decimal("30000.50"))
    make.contribution(district, donor="春雨公司", amount=Decimal("0.01"))
    make.contribution(foreign_district, donor="春雨公司", amount=Decimal(7))
    make.contribution(district, donor="春雨集团", amount=Decimal(9))


def test_sponsor_is_made_by_hand_and_its_name_is_brought_to_one_form(client_of, clerk, district):
    typed = {"kind": "企业", "name": " 春雨公司（示例） ", "telephone": builders.TELEPHONE, "union": district.code}
    assert send(client_of(clerk), create_address("sponsor"), **typed).status_code == 302
    made = Sponsor.objects.get()
    assert (made.kind, made.name, made.telephone) == ("enterprise", "春雨公司(示例)", builders.TELEPHONE)


def test_second_sponsor_of_the_same_name_is_refused(client_of, clerk, district, giver):
    answer = send(client_of(clerk), create_address("sponsor"), kind="个人", name="春雨公司", union=district.code)
    assert "本单位已有同名的结对方。" in answer.content.decode()


def test_page_counts_what_it_gave_and_whom_it_reached_in_its_own_unit(reviewer, client_of, clerk, giver, reached):
    for user in (clerk, reviewer):
        found = reach(giver, user)
        assert (found.given, found.children) == (Decimal("30000.51"), 3)
    page = client_of(clerk).get(reverse("sponsor_detail", args=[giver.pk])).content.decode()
    assert "30,000.51" in page
    assert "曾**" in page
    assert not [name for name in ("曾甲一", "曾乙二", "曾丙三") if name in page]


def test_letter_of_thanks_masks_names_and_is_in_the_audit_log(client_of, clerk, foreign_clerk, giver, reached):
    address = reverse("sponsor_letter", args=[giver.pk])
    text = docx_text(client_of(clerk).get(address, {"as": "docx"}).content)
    assert "30,000.51元" in text
    assert "3名学生" in text
    assert [text.count(words) for words in ("曾**", "曾")] == [3, 3]
    row = AuditEntry.objects.get(action="exported")
    assert (row.actor, row.subject) == (clerk, f"结对方 {giver.number}")
    assert client_of(foreign_clerk).get(address).status_code == 404


def test_pairing_is_made_on_the_page_of_a_child_from_the_list_of_sponsors(client_of, clerk, district, giver, reached):
    child = builders.child(district, "曾新来")
    address = create_address("pairing", child=child)
    client = client_of(clerk)
    choices = client.get(address).context["form"].fields["sponsor"].widget.choices
    assert (giver.number, "春雨公司（企业）") in choices
    typed = {"sponsor": giver.number, "programme": "百名企业帮助百名学生", "starts_on": "2014-03-01"}
    answer = send(client, address, **typed, ends_on="2014-02-28")
    assert "结对结束日期不能早于开始日期。" in answer.content.decode()
    assert send(client, address, **typed, yearly_amount="2000").status_code == 302
    made = Pairing.objects.get(child=child)
    assert (made.sponsor, made.programme, made.yearly_amount) == (giver, "enterprises", Decimal(2000))
    answer = send(client, address, **typed)
    assert "该结对方与该子女在这一项目中已有未结束的结对。" in answer.content.decode()


def test_sponsor_of_another_unit_cannot_be_chosen(client_of, clerk, district, foreign_district):
    strange = sponsor(foreign_district, "西山公司")
    typed = {"sponsor": strange.number, "programme": "劳模爱心结对", "starts_on": "2014-03-01"}
    answer = send(client_of(clerk), create_address("pairing", child=builders.child(district)), **typed)
    assert errors(answer)["sponsor"]
    assert not Pairing.objects.exists()


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([], 0),
        ([(1, 31)], 1),
        ([(1, 15), (16, 31)], 1),
        ([(1, 16), (16, 31)], 2),
        ([(1, 31), (2, 3), (4, 5)], 2),
    ],
)
def test_most_at_once_counts_both_ends(periods, expected):
    assert most_at_once((date(2014, 7, a), date(2014, 7, b)) for a, b in periods) == expected


def test_student_takes_a_post_that_is_free_on_every_day(client_of, clerk, district, monkeypatch):
    post = make.practice_post(district, posts=1)
    placement(district, post=post, starts_on=date(2014, 7, 1), ends_on=date(2014, 7, 15))
    client, address = client_of(clerk), create_address("practiceplacement", child=builders.child(district))
    typed = {"post": post.number, "ends_on": "2014-07-31"}
    answer = send(client, address, **typed, starts_on="2014-07-15")
    assert errors(answer) == {"post": ["这一岗位共 1 个，这段时间已排满"]}
    assert send(client, address, **typed, starts_on="2014-07-16").status_code == 302
    assert PracticePlacement.objects.filter(post=post).count() == 2


def test_posts_cannot_be_fewer_than_the_students_on_them(client_of, clerk, district):
    post = make.practice_post(district, posts=3)
    for _turn in range(2):
        placement(district, post=post)
    client = client_of(clerk)
    assert errors(send(client, edit_address(post), posts="1"))["posts"] == ["已有 2 名学生同时在岗，岗位数不能少于此数"]
    assert send(client, edit_address(post), posts="2").status_code == 302
    assert client.get(reverse("practicepost_detail", args=[post.pk])).context["sections"][1]["count"] == 2
