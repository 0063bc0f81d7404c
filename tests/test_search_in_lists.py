"""Every list about families and pupils is searched by employer, school and a card's last four digits, within scope."""

import re

import pytest
from django.urls import reverse

from aid.models import BatchItem
from employment.records import FINAL, SEARCHED
from portal.models import AuditEntry
from tests import builders
from tests.aid import asking, paying, visiting
from tests.aid import cases as casework
from tests.employment import builders as work
from tests.reports import builders as make

# Of these no family is known: whoever gives, offers work, or is told of as an example.
OF_NO_FAMILY = {
    *("contribution", "sponsor", "employer", "vacancy", "jobevent", "practicepost", "exemplar"),
    *("office", "activity", "organisation", "project", "projectpayment"),
}
TAIL = builders.CARD[-4:]
FACTORY, SCHOOL, COLLEGE = "晨光机床厂", "晨光中学", "晨光大学"
BY_COLLEGE = {"graduate", "assistance", "promise", "referral", "attendance", "retention"}


def everything_of_a_family(union) -> dict:
    """One record of each searched kind about one family, by url name."""
    home = builders.household(union, employer=FACTORY)
    child = builders.child(union, household=home, school=SCHOOL)
    graduate = builders.graduate(union, household=home, school=COLLEGE)
    case = make.case(union, child=child)
    batch = paying.batch_in(union, case=case)
    notice = casework.notice(union)
    shown = casework.NoticedCase(notice=notice, case=case, taken_off=True)
    shown.place_in(union)
    shown.save()
    call = builders.visit(union, person=child.person)
    placed = make.assistance(union, graduate=graduate, kind="placement", given_on=make.date(2014, 1, 5))
    return {
        "household": home,
        "child": child,
        "graduate": graduate,
        "member": builders.member(union, home),
        "aidcase": case,
        "entry": make.entry(union, child=child, school=SCHOOL),
        "disbursement": make.payment(union, case=case),
        "paymentbatch": batch,
        "batchitem": BatchItem.objects.get(batch=batch),
        "publicnotice": notice,
        "visit": call,
        "followup": visiting.follow_up(call),
        "pairing": visiting.pairing(union, child=child),
        "practiceplacement": visiting.placement(union, child=child),
        "participation": visiting.participation(union, child=child),
        "projectgain": visiting.project_gain(union, child=child),
        "officequestion": asking.question(union, household=home, person=child.person),
        "assistance": placed,
        "retention": placed,
        "promise": work.promise(union, graduate=graduate),
        "referral": work.referral(union, graduate=graduate),
        "attendance": work.attendance(union, graduate=graduate),
        "enquiry": work.enquiry(union, household=home, outcome="filed", closed_on=make.date(2014, 8, 1)),
    }


def found(client, name: str, text: str) -> list:
    """What the list of a kind shows for `text`, as the page has it."""
    return client.get(reverse(f"{name}_list"), {"q": text}).context["listing"].page.records


def by_card(client, name: str, digits: str) -> list:
    answer = client.post(reverse("find"), {"q": digits, "kind": name}, follow=True)
    return [record for group in answer.context.get("groups") or () for record in group.records]


def test_every_searched_kind_is_about_a_family_or_said_not_to_be():
    about = {kind.name for kind in SEARCHED if kind.is_found_by_card}
    assert about == {kind.name for kind in SEARCHED} - OF_NO_FAMILY


@pytest.mark.parametrize("searcher", ["clerk", "foreign_clerk"])
def test_lists_find_by_employer_school_and_card_what_is_in_scope(request, client_of, district, searcher):
    own = everything_of_a_family(district) if searcher == "clerk" else {}
    if not own:
        everything_of_a_family(district)
    client = client_of(request.getfixturevalue(searcher))
    names = sorted({kind.name for kind in SEARCHED} - OF_NO_FAMILY)
    for name in names:
        expected = [own[name].pk] if own else []
        school = COLLEGE if name in BY_COLLEGE else SCHOOL
        words = [FACTORY[:3]] if name == "enquiry" else [FACTORY[:3], school]
        for word in words:
            assert [record.pk for record in found(client, name, word)] == expected, (name, word)
        assert [record.pk for record in by_card(client, name, TAIL)] == expected, name
        assert by_card(client, name, "0" + TAIL[:3]) == [], name
    assert not AuditEntry.objects.filter(detail__icontains=TAIL).exists()


def test_family_is_found_by_the_school_of_a_child_once(client_of, clerk, district):
    home = builders.household(district)
    for name in ("曾一", "曾二"):
        builders.child(district, name, household=home, school=SCHOOL)
    assert found(client_of(clerk), "household", SCHOOL) == [home]


def test_event_and_referral_are_found_by_the_employer(client_of, clerk, district):
    offer = work.vacancy(district, employer=work.employer(district, name="晨光公司"))
    passed = work.referral(district, vacancy=offer)
    client = client_of(clerk)
    assert found(client, "jobevent", "晨光公司") == [offer.event]
    assert found(client, "referral", "晨光公司") == [passed]


def test_record_whose_family_moved_away_is_not_found_by_it(client_of, clerk, district, foreign_district):
    away = builders.household(district, employer=FACTORY)
    child = builders.child(district, household=away)
    builders.transfer(away, foreign_district, "taken")
    away.place_in(foreign_district)
    away.save()
    client = client_of(clerk)
    assert found(client, "child", FACTORY) == []
    assert by_card(client, "child", TAIL) == []
    assert found(client, "child", child.name) == [child]


BOX = re.compile(r'id="records-q".*?placeholder="([^"]*)"', re.DOTALL)


def test_box_of_a_list_says_what_it_is_searched_by(client_of, clerk):
    client = client_of(clerk)
    for kind in FINAL.values():
        if kind in SEARCHED and not kind.search_hint:
            box = BOX.search(client.get(reverse(f"{kind.name}_list")).text)[1]
            assert ("银行卡末四位" in box) == kind.is_found_by_card, kind.name
