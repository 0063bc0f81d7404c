"""Two reviewers where the campaign asks for them: the first agrees, another accepts, about one submission."""

import pytest
from django.urls import reverse

from portal.audit import By
from portal.enums import AuditAction, Role
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.enums import ReportState
from reports.handed_in import submission as services
from reports.models import Endorsement, ReportEvent
from reports.review.reviewing import agreed_to
from tests.factories import UserFactory
from tests.reports.submissions import hand_in, report, set_state


@pytest.fixture
def second(city):
    return UserFactory(name="赵复核", role=Role.REVIEWER, union=city)


@pytest.fixture
def by_two(year_2014):
    year_2014.reviewers_needed = 2
    year_2014.save()
    return year_2014


@pytest.fixture
def of(by_two, district):
    return report(by_two, district, ReportState.SUBMITTED, aided=4)


def press(client_of, user, of, move):
    url = reverse("review_move", args=[of.pk, move])
    response = client_of(user).post(url, {"seen": of.submission_id}, follow=True)
    of.refresh_from_db()
    return response.content.decode()


def test_first_agrees_and_another_accepts(client_of, of, reviewer, second):
    page = press(client_of, reviewer, of, "endorse")
    assert of.state == ReportState.UNDER_REVIEW
    assert "1/2 已同意" in page
    assert "王保障" in page
    assert reverse("review_move", args=[of.pk, "accept"]) not in page  # the same person has nothing more to press
    page = client_of(second).get(reverse("review_show", args=[of.pk])).content.decode()
    assert reverse("review_move", args=[of.pk, "accept"]) in page
    assert reverse("review_move", args=[of.pk, "endorse"]) not in page
    board = client_of(second).get(reverse("review_board"), {"campaign": 2014}).content.decode()
    assert "1/2 已同意" in board
    press(client_of, second, of, "accept")
    assert of.state == ReportState.ACCEPTED
    assert [event.move for event in of.events.order_by("id")] == ["endorse", "accept"]
    assert AuditEntry.objects.filter(action=AuditAction.ENDORSED).count() == 1


def test_the_same_person_twice_acts_once_and_never_accepts(client_of, of, reviewer):
    for _turn in range(2):
        press(client_of, reviewer, of, "endorse")
    assert "还需要另一名审核员接收" in press(client_of, reviewer, of, "accept")
    assert of.state == ReportState.UNDER_REVIEW
    assert Endorsement.objects.count() == ReportEvent.objects.count() == 1


def test_nobody_accepts_alone(of, reviewer):
    with pytest.raises(MoveRefused, match="两名审核员"):
        services.accept_report(of, by=By(reviewer))
    of.refresh_from_db()
    assert of.state == ReportState.SUBMITTED


def test_new_submission_needs_a_new_word(of, reviewer, second):
    services.endorse_report(of, by=By(reviewer))
    services.return_report(of, figures=[], comment="请核对", by=By(second))
    hand_in(of, aided=5)
    set_state(of, ReportState.SUBMITTED)
    with pytest.raises(MoveRefused, match="两名审核员"):
        services.accept_report(of, by=By(second))
    services.endorse_report(of, by=By(second))
    services.accept_report(of, by=By(reviewer))
    assert of.state == ReportState.ACCEPTED
    assert Endorsement.objects.count() == 2


def test_word_about_an_earlier_submission_does_not_count_for_somebody_with_an_old_page(of, reviewer, second):
    services.endorse_report(of, by=By(reviewer))
    stale = of.__class__.objects.get(pk=of.pk)
    hand_in(of, aided=5)
    with pytest.raises(MoveRefused, match="两名审核员"):
        services.accept_report(stale, by=By(second))


def test_one_reviewer_is_enough_elsewhere(client_of, year_2014, district, reviewer):
    of = report(year_2014, district, ReportState.SUBMITTED)
    with pytest.raises(MoveRefused, match="只需一名"):
        services.endorse_report(of, by=By(reviewer))
    page = client_of(reviewer).get(reverse("review_show", args=[of.pk])).content.decode()
    assert "/2 已同意" not in page
    services.accept_report(of, by=By(reviewer))
    assert of.state == ReportState.ACCEPTED


def shown(client_of, reviewer, of) -> str:
    return " ".join(client_of(reviewer).get(reverse("review_show", args=[of.pk])).content.decode().split())


def test_report_that_one_accepted_before_two_were_asked_for_says_so(client_of, year_2014, district, reviewer):
    of = report(year_2014, district, ReportState.SUBMITTED)
    services.accept_report(of, by=By(reviewer))
    year_2014.reviewers_needed = 2
    year_2014.save()
    page = shown(client_of, reviewer, of)
    assert "由一名审核员接收</strong> 王保障" in page
    assert "/2 已同意" not in page
    assert [each.reviewer for each in agreed_to(of)] == [reviewer]


def test_report_that_two_agreed_to_names_both(client_of, of, reviewer, second):
    services.endorse_report(of, by=By(reviewer))
    assert "1/2 已同意" in shown(client_of, reviewer, of)
    services.accept_report(of, by=By(second))
    page = shown(client_of, reviewer, of)
    assert "2/2 已同意" in page
    assert "由一名审核员接收" not in page
    assert [each.reviewer for each in agreed_to(of)] == [reviewer, second]


def test_who_agreed_and_then_accepted_alone_is_one_person(client_of, by_two, of, reviewer):
    services.endorse_report(of, by=By(reviewer))
    by_two.reviewers_needed = 1
    by_two.save()
    of.campaign = by_two
    services.accept_report(of, by=By(reviewer))
    by_two.reviewers_needed = 2
    by_two.save()
    assert "由一名审核员接收" in shown(client_of, reviewer, of)


def test_word_about_an_earlier_submission_is_not_told_of_the_next(of, reviewer):
    services.endorse_report(of, by=By(reviewer))
    hand_in(of, aided=5)
    assert agreed_to(of) == []
