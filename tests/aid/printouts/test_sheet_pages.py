"""The pages of sheets: who sees what, what is written down, what files are called, and many sheets in one file."""

import html
import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aid.printouts import ARCHIVE_FORM
from portal.enums import AuditAction
from portal.models import AuditEntry, Job
from portal.printouts import views
from tests import builders
from tests.aid import paying
from tests.aid.printouts import worlds
from tests.printing import content_text, docx_text, pdf_pages, pdf_text, squeezed

WHY, WORDS = "filing", "建档、报审"


@pytest.fixture
def world(district, clerk, lead):
    return worlds.build(district, clerk, lead)


def printed() -> list[tuple[str, str, dict]]:
    rows = AuditEntry.objects.filter(action__in=(AuditAction.EXPORTED, AuditAction.REVEALED)).order_by("pk")
    return [(row.action, row.subject, row.detail) for row in rows]


def file_name(answer) -> str:
    return unquote(answer["Content-Disposition"].rpartition("filename*=utf-8''")[2])


def test_page_and_file_of_every_sheet_say_what_it_says_and_are_written_down(client_of, world):
    client, found, expected, logged = client_of(world.clerk), {}, {}, []
    for name, record in world.printed_from.items():
        address = reverse(name, args=[record.pk])
        page, file = client.get(address), client.get(address, {"as": "docx"})
        words = content_text(world.sheet(name))
        found[name] = docx_text(file.content), text_of_page(page)
        expected[name] = words, words
        kind = world.kinds[name]
        logged += [
            ("exported", record.audit_subject, {"act": str(kind.title)} | form) for form in ({}, {"format": "docx"})
        ]
        assert file_name(file) == f"{kind.title}_{record.number}.docx"
        assert client.get(address, {"as": "exe"}).status_code == 404
    assert found == expected
    assert printed() == logged


def test_every_sheet_is_one_press_from_the_page_of_its_record(client_of, world):
    client = client_of(world.clerk)
    offered = {}
    for name, record in world.printed_from.items():
        page = client.get(world.kinds[name].back(record)).text
        offered[name] = f'href="{reverse(name, args=[record.pk])}"' in page
    assert offered == dict.fromkeys(world.printed_from, True)


def test_sheets_of_no_single_record_are_pressed_for_on_the_pages_of_their_work(client_of, world):
    client, report = client_of(world.clerk), world.records["summary"]
    plan = client.get(reverse("visitplan"), {"campaign": 2014}).text
    assert f'action="{reverse("visitplan_route")}?' in plan
    route = client.post(f"{reverse('visitplan_route')}?campaign=2014", {"reason": "visit"}).text
    assert f'action="{reverse("visitplan_route_sheet")}?' in route
    assert reverse("call_back_register") in client.get(reverse("aidcase_list"), {"todo": "to_follow_up"}).text
    assert (
        f'href="{reverse("report_narrative", args=[report.pk])}"'
        in client.get(reverse("report_show", args=[report.pk])).text
    )
    narrative = client.get(reverse("report_narrative", args=[report.pk])).text
    assert f'href="{reverse("report_narrative_download", args=[report.pk])}"' in narrative


@pytest.mark.parametrize("ending", ["docx", pytest.param("pdf", marks=pytest.mark.pdf)])
def test_files_of_the_route_the_register_and_the_summary_say_what_the_records_say(
    request, client_of, world, ending, tmp_path
):
    if ending == "pdf":
        request.getfixturevalue("printer")
    client, child = client_of(world.clerk), world.records["aidcase_print"].child
    home, report = world.records["household_print"], world.records["summary"]
    who = ("1", child.name, child.school, home.worker_name, home.address, home.telephone)
    expected = {
        f"{reverse('visitplan_route_sheet')}?campaign=2014": ("走访单位：东湖区总工会", *who),
        f"{reverse('call_back_register')}?campaign=2014": (
            *who[:2],
            *who[3:4],
            home.telephone,
            "1,200.50",
            "2014-07-01",
        ),
        reverse("report_narrative_download", args=[report.pk]): (
            "总结报告",
            *worlds.SUMMARY_LINES,
            "东湖区总工会",
        ),
    }
    for address, words in expected.items():
        posts = {"reason": "visit", "as": ending}
        asked = client.get(address, {"as": ending}) if "reports" in address else client.post(address, posts)
        content = asked.content
        text = docx_text(content) if ending == "docx" else pdf_text(pdf_pages(content, tmp_path))
        assert in_order(text, words), address


def in_order(text: str, words) -> bool:
    """Whether `words` stand in `text` one after the other, whatever is between them."""
    place = 0
    for word in map(squeezed, words):
        place = text.find(word, place)
        if place < 0:
            return False
        place += len(word)
    return True


def text_of_page(page) -> str:
    """What stands in the sheet on a page, tags and references resolved as a browser would."""
    sheet = page.text.partition("<main>")[2].partition("</main>")[0]
    return squeezed(html.unescape(re.sub(r"<[^>]*>", "", sheet)))


def test_whole_numbers_are_shown_for_a_reason_that_is_logged_with_the_fields(client_of, world):
    client, home = client_of(world.clerk), world.records["household_print"]
    address = reverse("household_print", args=[home.pk])
    page = client.get(address)
    assert [word in page.text for word in (home.worker.id_number, builders.CARD, builders.ADDRESS)] == [False] * 3
    assert '<option value="filing">建档、报审</option>' in page.text
    assert client.post(address, {"reason": ""}).status_code == 302
    assert not AuditEntry.objects.filter(action=AuditAction.REVEALED).exists()
    page, file = (client.post(address, {"reason": WHY} | form) for form in ({}, {"as": "docx"}))
    for text in (page.text, docx_text(file.content)):
        assert [
            squeezed(word) in squeezed(text) for word in (home.worker.id_number, builders.CARD, builders.ADDRESS)
        ] == [True] * 3
    rows = AuditEntry.objects.filter(action=AuditAction.REVEALED).order_by("pk")
    fields = [str(name) for name in ARCHIVE_FORM.reveals]
    told = {"act": "困难职工档案表", "reason": WORDS, "fields": fields}
    assert [row.detail for row in rows] == [told, told | {"format": "docx"}]
    assert {row.subject for row in rows} == {home.audit_subject}
    assert builders.CARD not in str([row.detail for row in rows]) + file["Content-Disposition"]


def test_sheet_that_reveals_nothing_takes_no_reason(client_of, world):
    address = reverse("paymentbatch_receipt", args=[world.records["paymentbatch_receipt"].pk])
    assert client_of(world.clerk).post(address, {"reason": WHY}).status_code == 405


def test_batch_that_was_not_released_has_nothing_to_sign(client_of, world, district):
    waiting = paying.draft(world.records["aidcase_print"].campaign, world.clerk, [paying.case_to_pay(district)])
    answer = client_of(world.clerk).get(reverse("paymentbatch_receipt", args=[waiting.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("paymentbatch_detail", args=[waiting.pk]), 302)]
    assert f"批次 {waiting.number} 还没有复核发放，没有可以签字的单据。" in answer.text


def test_several_are_one_file_with_a_row_for_each_and_those_of_others_left_out(
    client_of, world, district, foreign_district
):
    homes = [builders.household(district, name) for name in ("曾一", "曾二")]
    foreign = builders.household(foreign_district, "曾外")
    address = reverse("household_print_many")
    query = {"ids": [*(home.pk for home in homes), foreign.pk], "as": "docx"}
    answer = client_of(world.clerk).get(address, query)
    text = docx_text(answer.content)
    assert [name in text for name in ("曾一", "曾二", "曾外")] == [True, True, False]
    assert file_name(answer) == "困难职工档案表_2 份.docx"
    assert [subject for _action, subject, _detail in printed()] == [home.audit_subject for home in homes]
    assert client_of(world.clerk).get(address, {"ids": [foreign.pk]}).status_code == 404


def test_ticked_cases_are_printed_together_and_the_list_says_so_where_none_is(client_of, world):
    client, case = client_of(world.clerk), world.records["aidcase_print"]
    listed = client.get(reverse("aidcase_list"), {"todo": "to_follow_up"}).text
    assert [reverse(name) in listed for name in ("aidcase_print_many", "call_back_register")] == [True, True]
    assert "2014年金秋助学申请审批表" in client.post(reverse("aidcase_print_many"), {"ids": [case.pk]}).text
    none = client.post(reverse("aidcase_print_many"), follow=True)
    assert none.redirect_chain == [(reverse("aidcase_list"), 302)]
    assert "请先勾选要打印的记录。" in none.text


def test_ticked_families_are_printed_together_and_all_that_a_filter_finds(client_of, world, district):
    homes = [builders.household(district, name) for name in ("曾一", "曾二")]
    client, address = client_of(world.clerk), reverse("household_print_many")
    page = client.get(reverse("household_list")).text
    assert [
        f'formaction="{reverse(name)}"' in page for name in ("household_print_many", "household_visit_form_many")
    ] == [True] * 2
    ticked = client.post(address, {"ids": [homes[0].pk]}).text
    assert [name in ticked for name in ("曾一", "曾二")] == [True, False]
    found = client.post(address, {"all": "1", "filters": f"q={homes[1].number}", "ids": [homes[0].pk]}).text
    assert [name in found for name in ("曾一", "曾二")] == [False, True]
    whole = client.post(f"{address}?ids={homes[0].pk}", {"reason": WHY}).text
    assert builders.CARD in whole
    assert printed()[-1] == ("revealed", homes[0].audit_subject, {
        "act": "困难职工档案表", "reason": WORDS, "fields": [str(name) for name in ARCHIVE_FORM.reveals],
    })  # fmt: skip


def test_many_that_were_ticked_are_asked_for_before_a_job_makes_them(client_of, world, district, monkeypatch):
    monkeypatch.setattr(views, "SHOWN_AT_ONCE", 1)
    homes = [builders.household(district, name) for name in ("曾一", "曾二")]
    page = client_of(world.clerk).post(reverse("household_print_many"), {"ids": [home.pk for home in homes]})
    assert "共 2 份，由后台生成一个文件" in page.text
    assert not Job.objects.exists()


def test_many_are_made_by_a_job_that_asks_again_what_its_owner_may_see(client_of, world, district, monkeypatch):
    monkeypatch.setattr(views, "MADE_AT_ONCE", 1)
    monkeypatch.setattr(views, "MOST", 2)
    homes = [builders.household(district, name) for name in ("曾一", "曾二")]
    client = client_of(world.clerk)
    address = f"{reverse('household_print_many')}?{'&'.join(f'ids={home.pk}' for home in homes)}"
    asked = client.get(address, {"as": "docx", "ids": [home.pk for home in homes]})
    assert "共 2 份，由后台生成一个文件" in asked.text
    assert not Job.objects.exists()
    answer = client.post(address, {"as": "docx", "reason": WHY})
    job = Job.objects.get()
    assert answer.url == reverse("job_show", args=[job.pk])
    assert (job.file_name, job.detail) == ("困难职工档案表_2 份.docx", {"count": 2, "errors": 0})
    assert "困难职工档案表 2 份（docx）" in client.get(answer.url).text
    content = b"".join(bytes(part.content) for part in job.parts.order_by("number"))
    assert docx_text(content).count(builders.CARD) == 2
    assert [(action, detail["reason"]) for action, _subject, detail in printed()] == [("revealed", WORDS)] * 2
    more = f"{address}&ids={world.records['household_print'].pk}"
    assert client.get(more).status_code == 403


def test_register_of_call_backs_is_masked_until_a_reason_is_sent(client_of, world):
    client, address = client_of(world.clerk), f"{reverse('call_back_register')}?campaign=2014"
    assert builders.TELEPHONE not in client.get(address).text
    assert builders.TELEPHONE in client.post(address, {"reason": "call"}).text
    number = world.records["household_print"].number
    assert [(action, detail) for action, _subject, detail in printed()] == [
        ("exported", {"act": "回访登记表", "count": 1}),
        ("revealed", {"act": "回访登记表", "count": 1, "reason": "回访", "households": [number]}),
    ]


def test_sheets_ask_as_much_for_many_as_for_few(client_of, world, district):
    client, counts = client_of(world.clerk), []
    pks = [world.records["household_print"].pk]
    for _turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("household_print_many"), {"ids": pks})
        counts.append(len(asked))
        pks += [builders.household(district).pk for _more in range(3)]
    assert counts[0] == counts[1]
