"""A form sent again after Back makes no second record: every address that takes a form says why."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from aid.models import BankLayout, Objection, PaymentBatch
from portal.api.site import NAMESPACE
from portal.models import FormReceipt
from portal.printouts.views import PrintoutPage
from portal.records.views.edit import RecordCreate, RecordEdit
from portal.records.views.grid import GridCreate, GridEdit
from portal.records.views.reveal import RecordReveal
from portal.records.views.void import VoidPage
from portal.web.sent_once import AGAIN, KEY, SentOnce
from tests.aid import cases as casework
from tests.factories import CampaignFactory

pytestmark = pytest.mark.django_db

# By kind of page: records of `RecordCreate`, every line of `GridCreate` and the pages of `SentOnce` keep a receipt; an
# edit, of one record or of each line, names the version it was opened with; what is void is void; a sheet makes
# nothing, and a job under way is not started again.
BY_CLASS = (RecordCreate, RecordEdit, GridCreate, GridEdit, RecordReveal, VoidPage, PrintoutPage, SentOnce)
MADE_ONCE = "what it makes exists once, by a constraint: the second is told, or answered with the first"
MOVED_ONCE = "a move from one state to the next: there is none from the state it led to"
SAID_ONCE = "the same words said again are those said before"
ONE_VALUE = "sets one value, or takes one thing away: twice is once"
MAKES_NOTHING = "shows, hands out or checks; no record comes of it"
OWN_KEY = "its form has a key of its own"
WHY: dict[str, str] = {
    **dict.fromkeys(
        (
            "account_create",  # the user name
            "union_open",  # the code
            "system_open",  # the user name
            "token_make",  # the label, of a system
            "webhook_add",  # the address, of a system
            "calendar_day",
            "codelist_add",  # the number of the change, by the version that the page had
            "codelist_withdraw",  # likewise
            "codelist_give_back",  # likewise
            "case_renewal",  # one case of a child in a campaign
            "calendar_import",
            "minimumincome_create",
            "paymentbatch_pick",  # a case is in one batch that is not settled
            "paymentbatch_reissue",  # a failed item is reissued once
            "paymentbatch_return_file",  # by its digest
            "contribution_voucher_add",  # a file, by its digest
            "exemplar_detail",  # a file, by its digest
            "officequestion_detail",  # a file, by its digest
            "household_documents",
            "household_transfer",  # one transfer under way
            "child_move",  # it is there already
            "transfer_take",
            "retention_create",
            "retention_many",
            "proposal_decline",
            "attendance_tick",
            "attendance_scan",
            "report_begin",
            "report_adjust",
            "report_typed",
            "report_explain",
            "report_explain_all",
            "report_annex_confirm",
            "report_narrative_attach",
            "report_narrative_draft",
            "report_summary",
            "campaign_next",
            "campaign_earlier",
            "campaign_copy",
            "campaign_figure_compose",
            "campaign_figure_add",
            "review_supplement",
        ),
        MADE_ONCE,
    ),
    **dict.fromkeys(
        (
            "case_move",
            "contribution_confirm",
            "enquiry_move",
            "hotline_answers",  # what was told is told no more
            "hotline_hand_down",
            "hotline_move",
            "enquirybook_confirm",
            "held_rows",  # a row that was completed waits no longer
            "list_confirm",
            "list_second",  # agreed to or refused once
            "household_close",
            "revealrequest_answer",
            "revealrequest_ask",  # agreed to or refused once
            "accountbatch_show",  # confirmed once, agreed to or refused once
            "accountrequest_show",  # agreed to, refused or withdrawn once
            "import_second",  # agreed to or refused once
            "import_take_back",
            "union_merge",  # it is closed then
            "workbook_second",  # confirmed or refused once
            "household_reopen",
            "paymentbatch_cancel",
            "paymentbatch_hand_over",  # it waits then
            "paymentbatch_return",  # it waits no more
            "paymentbatch_recall",
            "paymentbatch_release",
            "paymentbatch_sign",
            "paymentbatch_unsign",  # what is pending again is signed for no more
            "disbursement_sign",
            "promise_drop",
            "promise_keep",
            "publicnotice_take_down",
            "followup_detail",
            "followup_many",
            "objection_show",
            "project_move",
            "referral_move",
            "report_submit",
            "review_move",
            "review_return",
            "transfer_move",
            "unittable_move",
            "workbook_confirm",
        ),
        MOVED_ONCE,
    ),
    **dict.fromkeys(
        ("announcement_send", "figure_comments", "report_comments", "review_notes", "review_remind"), SAID_ONCE
    ),
    **dict.fromkeys(
        (
            "account_edit",
            "account_password_reset",
            "aidstandard_edit",
            "unittable_set",
            "codelist_order",
            "announcement_read",
            "help_tour_end",
            "attendance_strike",
            "calendar_day_remove",
            "campaign_edit",
            "campaign_figure_edit",
            "campaign_figure_names",
            "campaign_figure_remove",
            "campaign_form",
            "campaign_form_reset",
            "case_policies",
            "case_pair",  # a second press finds the pairing that runs
            "case_shares",
            "project_gave",  # who got it already stays
            "activity_came",  # who is written down already stays
            "activity_children",  # the same
            "projectgain_create",  # who got it already stays
            "case_policies_many",
            "document_remove",
            "document_restore",
            "consolidation_contact",
            "consolidation_summaries",  # a paragraph that stands there is not put twice
            "consolidation_summary",
            "consolidation_summary_draft",
            "openness",
            "own_list_arrange",
            "own_list_years",
            "own_list_filter_save",
            "own_list_filter_forget",
            "draft_forget",
            "draft_keep",
            "exemplar_publish",
            "held_drop",
            "list_columns",
            "list_kind",
            "list_words",
            "exemplar_withdraw",
            "household_verify",
            "household_unverify",
            "job_cancel",
            "contribution_voucher_remove",
            "exemplar_file_remove",
            "officequestion_paper_remove",
            "visit_photo_remove",
            "messageway_end",
            "messageway_list",  # the number that was said last is the one that counts
            "minimumincome_edit",
            "password_change",
            "recovery_codes",  # the last ones made are those that count
            "session_list",
            "paymentbatch_items",
            "proposal_take_up",
            "publicnotice_photo",
            "publicnotice_place",
            "objection_correct",
            "union_close",
            "union_rename",
            "report_adjust_file_remove",
            "report_adjust_withdraw",
            "report_contact",
            "report_narrative",
            "report_nil",
            "review_extend",
            "second_factor_setup",
            "second_factor_verify",
            "sign_in",
            "sign_out",
            "system_end",
            "token_end",
            "webhook_end",
        ),
        ONE_VALUE,
    ),
    **dict.fromkeys(
        (
            "audit_evidence",  # proves a seal
            "campaign_form_preview",
            "case_contacts",
            "case_pack",
            "case_sample",  # a file, made by a job
            "household_national_export",
            "case_check",  # turns to another page of its choice
            "case_decide",
            "accountbatch_letters",  # a job under way is not started again
            "consolidation_job",  # a file, made anew; kept for a week
            "enquirybook_upload",  # is checked; confirmed, it is written once
            "find",
            "list_check",
            "list_upload",  # is read; confirmed, it is written once
            "paymentbatch_bank_file",
            "report_annex_upload",
            "visitplan_route",
            "workbook_export",
            "accountbatch_create",
            "workbook_upload",
            "family_check",
        ),
        MAKES_NOTHING,
    ),
    "case_batch": OWN_KEY,
    "help_many": OWN_KEY,
    "visit_many": OWN_KEY,
    "consolidation_make": "a consolidation is a sum at a moment; each is kept with its time, and none counts twice",
}


def posting_views(patterns=None):
    """Name and class of every page that takes a form."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != NAMESPACE:  # what is sent there has a key: tests/portal/api/test_keys.py
                yield from posting_views(pattern.url_patterns)
        elif "post" in getattr(pattern.callback.view_class, "http_method_names", ()) and hasattr(
            pattern.callback.view_class, "post"
        ):
            yield pattern.name, pattern.callback.view_class


def test_every_address_that_takes_a_form_says_why_it_acts_once():
    by_class = {name for name, view in posting_views() if issubclass(view, BY_CLASS)}
    others = {name for name, view in posting_views() if not issubclass(view, BY_CLASS)}
    assert others - set(WHY) == set()  # say why, or make it one of BY_CLASS
    assert set(WHY) - others == set()  # no longer there, or told by its class by now
    assert {"objection_create", "paymentbatch_create", "banklayout_create", "visit_create"} <= by_class


@pytest.fixture
def batch_form(clerk, client_of):
    campaign = CampaignFactory(year=2014)
    terms = {"campaign": campaign.year, "source": "social", "method": "card", "purpose": "助学款"}
    return client_of(clerk), reverse("paymentbatch_create"), terms, PaymentBatch


@pytest.fixture
def objection_form(clerk, client_of, district):
    noticed = casework.noticed(casework.on_notice(district))
    typed = {"raised_on": noticed.notice.first_day.isoformat(), "text": "家庭收入与申请不符"}
    return client_of(clerk), reverse("objection_create", args=[noticed.pk]), typed, Objection


@pytest.fixture
def layout_form(reviewer, client_of):
    BankLayout.objects.all().delete()  # those that come with the portal
    typed = {"name": "某银行", "columns": "户名=户名\n卡号=账号\n金额=金额", "head": "A1=笔数", "first_row": 4}
    typed |= {"result_heading": "结果", "reason_heading": "原因", "paid_words": "成功", "failed_words": "失败"}
    return client_of(reviewer), reverse("banklayout_create"), typed, BankLayout


@pytest.fixture(params=["batch_form", "objection_form", "layout_form"])
def own_form(request):
    return request.getfixturevalue(request.param)


def opened_key(client, address: str) -> str:
    page = client.get(address)
    assert "js/form-key.js" in page.text
    return page.text.split(f'name="{KEY}" value="')[1].split('"')[0]


def test_sent_again_after_back_it_answers_with_what_came_of_it(own_form):
    client, address, typed, model = own_form
    key = opened_key(client, address)
    assert opened_key(client, f"{address}?form={key}") == key  # Back opens the same form
    first = client.post(address, typed | {KEY: key})
    assert first.status_code == 302, first.context["form"].errors
    again = client.post(address, typed | {KEY: key}, follow=True)
    assert again.redirect_chain == [(first.url, 302)]
    assert "这张表单已经保存过，没有重复登记。" in again.text
    assert model.objects.count() == 1


def test_changed_after_back_it_says_that_it_was_not_saved(own_form):
    client, address, typed, model = own_form
    key = opened_key(client, address)
    client.post(address, typed | {KEY: key})
    name = next(name for name in ("purpose", "text", "name") if name in typed)
    again = client.post(address, typed | {KEY: key, name: "另外的内容"}, follow=True)
    assert "这次填写的与当时不同，没有再次保存" in again.text
    assert model.objects.count() == 1


def test_equal_form_of_the_last_ten_minutes_is_asked_about(own_form):
    client, address, typed, model = own_form
    first = client.post(address, typed | {KEY: str(uuid4())})
    fresh = {KEY: str(uuid4())}
    asked = client.post(address, typed | fresh)
    assert asked.status_code == 200
    assert "十分钟内刚提交过内容完全相同的表单" in asked.text
    assert f'href="{first.url}"' in asked.text
    assert model.objects.count() == 1
    for name, text in typed.items():
        assert f'name="{name}" value="{text}"' in asked.text
    if model is not BankLayout:  # a name is given once, asked or not
        assert client.post(address, typed | fresh | {AGAIN: "1"}).status_code == 302
        assert model.objects.count() == 2


def test_equal_form_of_an_hour_ago_is_not_asked_about(own_form):
    client, address, typed, model = own_form
    client.post(address, typed | {KEY: str(uuid4())})
    FormReceipt.objects.update(sent_at=timezone.now() - timedelta(hours=1))
    answer = client.post(address, typed | {KEY: str(uuid4())})
    assert "是否重复提交" not in answer.text
    assert model.objects.count() == (1 if model is BankLayout else 2)


def test_what_is_refused_may_be_put_right_and_sent(own_form):
    client, address, typed, model = own_form
    key = opened_key(client, address)
    name = next(name for name in ("purpose", "text", "name") if name in typed)
    refused = client.post(address, typed | {KEY: key, name: ""})
    assert refused.status_code == 200
    assert f'name="{KEY}" value="{key}"' in refused.text
    assert client.post(address, typed | {KEY: key}).status_code == 302
    assert model.objects.count() == 1


def test_two_who_send_the_same_form_at_once_are_told_apart(clerk, lead):
    """The key is a person's own."""
    key = uuid4()
    for user in (clerk, lead):
        FormReceipt.objects.create(user=user, key=key, digest="x")
    assert FormReceipt.objects.filter(key=key).count() == 2
