"""The unit's list of what to do after a return: records, thread, and whether it is done."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.audit import By
from reports.enums import ReturnReason
from reports.figures import FIGURES
from reports.forms.review import ReturnForm
from reports.handed_in import submission as services
from reports.handed_in.submission import Returned
from reports.models import Adjustment, Explanation
from reports.preparing.preparation import attach_summary, set_contact
from reports.preparing.standing import standing
from reports.review.commenting import add_comment
from reports.review.returned import to_do
from tests.reports import builders as make
from tests.reports.getting_ready import PDF, ready

SLUGS = ("aided", "raised", "paid")


@pytest.fixture
def returned(year_2014, district, lead, reviewer):
    """A report with one payment of 520.48 and one contribution of 7979.40 yuan, given back for three figures."""
    make.payment(district)
    make.contribution(district)
    of = ready(year_2014, district)
    services.submit_report(of, by=By(lead))
    of.refresh_from_db()
    figures = [Returned(slug, ReturnReason.MISMATCH, f"请核对{slug}") for slug in SLUGS]
    services.return_report(of, figures=figures, comment="三处不符", by=By(reviewer))
    return of


def items(of) -> dict:
    return {item.figure.slug: item for item in to_do(of, standing(of).rows).items}


def test_nothing_is_done_at_first(returned):
    found = items(returned)
    assert list(found) == list(SLUGS)
    assert {(item.is_done, item.words) for item in found.values()} == {(False, "未改")}


def test_mended_record_adjustment_and_answer_are_seen(returned, district, lead, reviewer):
    make.contribution(district, amount=2000)
    Adjustment.objects.create(report=returned, slug="aided", difference=2, reason="转入两人", made_by=lead)
    add_comment(returned, slug="paid", text="与凭证一致", by=By(lead))
    found = items(returned)
    assert found["raised"].words == "已改：0.79794 → 0.99794"
    assert found["aided"].words == "已改：1 → 3"
    assert (found["paid"].is_done, found["paid"].is_changed, found["paid"].words) == (True, False, "已答复，数字未改")
    assert to_do(returned, standing(returned).rows).done == 3


def test_what_the_reviewer_says_is_no_answer(returned, reviewer):
    add_comment(returned, slug="paid", text="请附凭证", by=By(reviewer))
    assert not items(returned)["paid"].is_done


def test_list_leads_to_records_and_thread(client_of, returned, district, lead):
    make.contribution(district, amount=2000)
    page = client_of(lead).get(reverse("report_show", args=[returned.pk])).content.decode()
    todo = page[page.index("退回后要办的事") : page.index("</ol>", page.index("退回后要办的事"))]
    for slug in SLUGS:
        assert reverse("figure_records", args=[2014, district.code, slug]) in todo
        assert reverse("figure_comments", args=[returned.pk, slug]) in todo
        assert f"请核对{slug}" in todo
    assert "已办 1 / 3" in " ".join(todo.split())
    assert "已改：0.79794 → 0.99794" in todo


def test_box_says_that_all_is_done_only_when_every_returned_figure_is(client_of, returned, district, lead):
    """`aided` and `paid` answered, `raised` mended; nothing else is in the way from the beginning."""
    page, all_done = client_of(lead), "都办好了，可以报送"

    def box() -> str:
        body = page.get(reverse("report_show", args=[returned.pk])).text
        return body[body.index('aria-labelledby="report-steps"') : body.index("portal-definitions")]

    assert ("退回的还有 3 项没有办" in box(), all_done in box()) == (True, False)
    add_comment(returned, slug="aided", text="与凭证一致", by=By(lead))
    add_comment(returned, slug="paid", text="与凭证一致", by=By(lead))
    assert ("退回的还有 1 项没有办" in box(), all_done in box()) == (True, False)
    make.contribution(district, amount=2000)
    assert ("没有办" in box(), all_done in box()) == (False, True)


def test_list_is_gone_once_it_is_handed_in_again(client_of, returned, lead):
    services.submit_report(returned, by=By(lead))
    assert "退回后要办的事" not in client_of(lead).get(reverse("report_show", args=[returned.pk])).content.decode()


def test_as_many_queries_for_three_figures_as_for_one(returned, lead, reviewer):
    counts = []
    for slugs in (SLUGS[:1], SLUGS):
        services.submit_report(returned, by=By(lead))
        returned.refresh_from_db()
        figures = [Returned(slug, ReturnReason.MISMATCH) for slug in slugs]
        services.return_report(returned, figures=figures, comment="请核对", by=By(reviewer))
        rows = standing(returned).rows
        with CaptureQueriesContext(connection) as queries:
            assert len(to_do(returned, rows).items) == len(slugs)
        counts.append(len(queries))
    assert counts[0] == counts[1]


PARTS = {
    "part.summary": (ReturnReason.SUMMARY, "少第二部分"),
    "part.contact": (ReturnReason.CONTACT, "电话打不通"),
    "part.explanations": (ReturnReason.EXPLANATION, "没有写原因"),
}


@pytest.fixture
def returned_parts(year_2014, district, lead, reviewer, client_of):
    """Given back by the page for its summary report, its contact and what was explained."""
    of = ready(year_2014, district)
    services.submit_report(of, by=By(lead))
    of.refresh_from_db()
    typed = {f"reason_{slug}": reason for slug, (reason, _text) in PARTS.items()}
    typed |= {f"text_{slug}": text for slug, (_reason, text) in PARTS.items()}
    address = reverse("review_return", args=[of.pk])
    client_of(reviewer).post(address, {"seen": of.submission_id, "comment": "请补正", **typed})
    of.refresh_from_db()
    return of


def test_parts_of_the_report_are_returned_with_a_reason_of_their_own(returned_parts, client_of, reviewer):
    kept = returned_parts.events.get(move="return").figures.order_by("id").values_list("slug", "reason", "text")
    assert list(kept) == [(slug, *told) for slug, told in PARTS.items()]
    page = client_of(reviewer).get(reverse("review_show", args=[returned_parts.pk])).text
    said = " ".join(page.split())
    for words in (
        "总结报告文件：总结报告需补充",
        "填报人和联系电话：填报人或联系电话需更正",
        "各项核对说明：核对说明不清楚或不符",
    ):
        assert words in said
    reasons = client_of(reviewer).get(reverse("review_reasons"), {"campaign": 2014}).text
    assert "part." not in reasons


def test_returned_parts_are_done_when_they_are_written_anew(returned_parts, client_of, lead, clerk):
    assert {(slug, item.words) for slug, item in part_items(returned_parts).items()} == {
        (slug, "未改") for slug in PARTS
    }
    attach_summary(returned_parts, name="总结.pdf", content=PDF + b"more", by=By(clerk))
    set_contact(returned_parts, name="王经办", telephone="021-63211939", version=returned_parts.version, by=By(clerk))
    returned_parts.refresh_from_db()
    Explanation.objects.update_or_create(
        report=returned_parts, check_code="x", defaults={"text": "已补", "made_by": clerk}
    )
    assert [item.words for item in part_items(returned_parts).values()] == ["已改"] * 3
    page = client_of(lead).get(reverse("report_show", args=[returned_parts.pk])).text
    for name in ("report_summary", "report_contact", "report_explain_all"):
        assert f'<a href="{reverse(name, args=[returned_parts.pk])}">去修改' in page


def test_returned_part_is_done_by_an_answer_about_the_whole_report(returned_parts, lead):
    add_comment(returned_parts, slug="", text="电话已核对无误", by=By(lead))
    assert {item.words for item in part_items(returned_parts).values()} == {"已答复，未改"}


def part_items(of) -> dict:
    return {item.why.slug: item for item in to_do(of, standing(of).rows).items}


def test_reason_of_a_part_is_none_of_a_figure(returned, client_of, reviewer):
    form = ReturnForm(figures=FIGURES)
    assert [value for value, _label in form.fields["reason_part.contact"].choices] == ["", "contact", "other"]
    assert "contact" not in dict(form.fields["reason_aided"].choices)
