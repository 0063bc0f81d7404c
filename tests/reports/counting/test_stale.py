"""Numbers of a summary report that no longer hold are told before and after handing in, which asks about them."""

from decimal import Decimal

import pytest
from django.urls import reverse

from portal.audit import By
from portal.workflow import MoveRefused
from reports.counting.stale import mark_of, stale_in_summary
from reports.handed_in.submission import submit_report
from reports.models import Submission, SummaryFile
from reports.preparing.narrating import save_narrative, use_as_summary
from reports.preparing.preparation import attach_summary
from reports.preparing.standing import standing
from tests.reports import builders as make
from tests.reports.getting_ready import PDF, ready

SAID = [("raised", "2.00", "3.00"), ("raised_union", "2.00", "3.00")]
SENTENCE = "筹集资金：写总结报告时 2.00 万元，报表 3.00 万元"


@pytest.fixture
def report(year_2014, district, clerk):
    """Ready to be handed in; its summary report was written when 2.00 were raised, and now it is 3.00."""
    made = ready(year_2014, district)
    make.contribution(district, source="union", amount=Decimal(20_000))
    attach_summary(made, name="总结.pdf", content=PDF, by=By(clerk))
    make.contribution(district, source="union", amount=Decimal(10_000))
    return ready(year_2014, district)  # with a word to what the checks find now


def found(report) -> list:
    return stale_in_summary(report, standing(report).rows)


def told(stale) -> list[tuple[str, str, str]]:
    return [(each.figure.slug, each.then, each.now) for each in stale]


def test_report_and_submit_page_tell_what_no_longer_holds(report, client_of, lead):
    for name in ("report_show", "report_submit"):
        response = client_of(lead).get(reverse(name, args=[report.pk]))
        assert told(response.context["stale"]) == SAID
        assert SENTENCE in response.text
    assert f'name="seen"\n                 value="{mark_of(found(report))}"' in response.text


def test_handing_in_asks_and_what_is_known_is_frozen(report, client_of, lead, reviewer):
    client, url = client_of(lead), reverse("report_submit", args=[report.pk])
    refused = client.post(url)
    assert "筹集资金 2.00 → 3.00" in next(str(message) for message in refused.context["messages"])
    assert not Submission.objects.exists()
    client.post(url, {"seen": mark_of(found(report))})
    submission = Submission.objects.get()
    assert submission.content["stale"] == {"raised": ["2.00", "3.00"], "raised_union": ["2.00", "3.00"]}
    pages = [
        client.get(reverse("report_show", args=[report.pk])),
        client.get(reverse("submission_show", args=[submission.pk])),
        client_of(reviewer).get(reverse("review_show", args=[report.pk])),
    ]
    assert [told(page.context["stale"]) for page in pages] == [SAID] * 3
    assert all(SENTENCE in page.text and "报送时已确认知道" in page.text for page in pages)


def test_numbers_that_changed_after_they_were_seen_are_asked_about_again(report, year_2014, district, lead):
    seen = mark_of(found(report))
    make.contribution(district, source="union", amount=Decimal(10_000))
    with pytest.raises(MoveRefused, match=r"筹集资金 2\.00 → 4\.00"):
        submit_report(ready(year_2014, district), by=By(lead), seen=seen)
    assert not Submission.objects.exists()


def test_file_attached_once_more_is_about_the_numbers_of_now(report, clerk, lead):
    attach_summary(report, name="总结.pdf", content=PDF, by=By(clerk))
    assert found(report) == []
    assert submit_report(report, by=By(lead)).content["stale"] == {}


def test_text_used_as_summary_is_never_stale_and_made_again_when_it_is_handed_in(year_2014, district, clerk, lead):
    report = ready(year_2014, district)
    make.contribution(district, source="union", amount=Decimal(20_000))
    narrative = save_narrative(report, parts={"work": "共筹集{筹集资金}万元。"}, version=0, by=By(clerk))
    file = use_as_summary(narrative, by=By(clerk))
    make.contribution(district, source="union", amount=Decimal(10_000))
    assert found(report) == []
    submission = submit_report(report, by=By(lead))
    assert (submission.content["stale"], submission.content["summary"]["digest"] != file.digest) == ({}, True)


def test_file_from_before_numbers_were_kept_tells_nothing(report, lead):
    SummaryFile.objects.update(figures={})
    assert found(report) == []
    assert submit_report(report, by=By(lead)).content["stale"] == {}
