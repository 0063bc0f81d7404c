"""Addresses of Sunshine Employment, with what it adds to those of Golden Autumn (`aid.urls.completed`)."""

from django.urls import URLPattern, path

from aid.records import AID_CASE
from aid.urls import completed
from employment.exchange.exchanges import CASES, ENQUIRIES, Exchange
from employment.graduates.visit_plan import GROUPS
from employment.records import (
    ASSISTANCE,
    ATTENDANCE,
    CHILD,
    EMPLOYER,
    ENQUIRY,
    FINAL,
    GRADUATE,
    HOUSEHOLD,
    JOB_EVENT,
    REFERRAL,
    RETENTION,
    SEARCHED,
    USUAL,
    VACANCY,
)
from employment.subject_copy import KEPT
from employment.timeline.events import SOURCES
from employment.views import attendance, proposal, workbook, workbook_waiting
from employment.views.enquiries import hotline
from employment.views.enquiries.enquiry import EnquiryCreate, EnquiryDetail, EnquiryList, EnquiryMove
from employment.views.enquiries.from_enquiry import CaseFromEnquiry, GraduateFromEnquiry, HouseholdCreate
from employment.views.graduate import GraduateDetail, GraduatePath
from employment.views.graduate_board import GraduateBoard
from employment.views.help.assistance import AssistanceCreate
from employment.views.help.many import HelpMany
from employment.views.help.promise import PromiseDrop, PromiseKeep
from employment.views.lists import held, steps
from employment.views.referral import ReferralCreate, ReferralDetail, ReferralEdit, ReferralMove
from employment.views.retention import RetentionCreate, RetentionList
from employment.views.retention_many import RetentionMany
from employment.views.vacancies.feed import VacancyFeedCsv, VacancyFeedJson
from employment.views.vacancies.matching import GraduatesForVacancy, VacanciesForGraduate
from employment.views.vacancies.vacancy import VacancyCreate, VacancyEdit
from portal.records.urls import record_urls
from portal.records.views import (
    Find,
    ListArrange,
    ListFilterForget,
    ListFilterSave,
    ListYears,
    RecordExport,
    RecordList,
)

AT_EVENT = (
    ("tick", "", attendance.AttendanceTick),
    ("scan", "scan/", attendance.AttendanceScan),
    ("codes", "codes/", attendance.AttendanceCodes),
    ("strike", "<int:graduate>/strike/", attendance.AttendanceStrike),
)
FOUND_BY_TEXT = (HOUSEHOLD, CHILD, GRADUATE, AID_CASE, ENQUIRY, EMPLOYER, JOB_EVENT)

IMPORT_PAGES = (
    ("upload", "", workbook.WorkbookUploadPage),
    ("template", "template/", workbook.WorkbookTemplate),
    ("check", "<uuid:pk>/", workbook.WorkbookCheck),
    ("confirm", "<uuid:pk>/confirm/", workbook.WorkbookConfirm),
    ("marked", "<uuid:pk>/marked/", workbook.WorkbookMarked),
)

LIST_STEPS = (
    ("columns", steps.ListColumns),
    ("kind", steps.ListKindChange),
    ("words", steps.ListWords),
    ("check", steps.ListCheck),
    ("confirm", steps.ListConfirm),
)


def import_urls(exchange: Exchange, root: str) -> list[URLPattern]:
    """The pages by which the workbook of `exchange` comes in."""
    return [
        path(root + route, view.as_view(exchange=exchange), name=f"{exchange.name}_{act}")
        for act, route, view in IMPORT_PAGES
    ]


# Records of 稳定就业 have no list of their own: they stand on that of the graduates.
LISTED = {name: kind for name, kind in FINAL.items() if kind is not RETENTION}

urlpatterns = [
    path("workbook/waiting/", workbook_waiting.WaitingList.as_view(), name="workbook_waiting"),
    path("workbook/waiting/<uuid:pk>/", workbook_waiting.WaitingShow.as_view(), name="workbook_second"),
    *import_urls(CASES, "workbook/"),
    path("workbook/export/", workbook.WorkbookExport.as_view(), name="workbook_export"),
    *import_urls(ENQUIRIES, "enquiries/workbook/"),
    path("lists/", steps.ListUploadPage.as_view(), name="list_upload"),
    *(path(f"lists/<uuid:pk>/{act}/", view.as_view(), name=f"list_{act}") for act, view in LIST_STEPS),
    path("lists/<slug:kind>/arrange/", ListArrange.as_view(kinds=LISTED), name="own_list_arrange"),
    path("lists/<slug:kind>/years/", ListYears.as_view(kinds=LISTED), name="own_list_years"),
    path("lists/<slug:kind>/filters/", ListFilterSave.as_view(kinds=LISTED), name="own_list_filter_save"),
    path("lists/<slug:kind>/filters/forget/", ListFilterForget.as_view(kinds=LISTED), name="own_list_filter_forget"),
    path("held/", held.HeldList.as_view(), name="held_list"),
    path("held/<uuid:pk>/", held.HeldRows.as_view(), name="held_rows"),
    path("held/<uuid:pk>/second/", workbook_waiting.ListSecond.as_view(), name="list_second"),
    path("held/<uuid:pk>/drop/", held.HeldDrop.as_view(), name="held_drop"),
    path("find/", Find.as_view(kinds=SEARCHED, kinds_of_text=FOUND_BY_TEXT), name="find"),
    *completed(
        FINAL,
        household_create=HouseholdCreate,
        case_create=CaseFromEnquiry,
        visited=(CHILD, GRADUATE, HOUSEHOLD),
        groups=GROUPS,
        sources=SOURCES,
        kept=KEPT,
    ),
    *record_urls(VACANCY, create=VacancyCreate, edit=VacancyEdit),
    path("vacancies/<int:pk>/graduates/", GraduatesForVacancy.as_view(), name="vacancy_graduates"),
    path("graduates/<int:pk>/vacancies/", VacanciesForGraduate.as_view(), name="graduate_vacancies"),
    *record_urls(REFERRAL, create=ReferralCreate, detail=ReferralDetail, edit=ReferralEdit),
    path("referrals/<int:pk>/<slug:name>/", ReferralMove.as_view(), name="referral_move"),
    *(url for kind in USUAL for url in record_urls(kind)),
    path("promises/<int:pk>/keep/", PromiseKeep.as_view(), name="promise_keep"),
    path("promises/<int:pk>/drop/", PromiseDrop.as_view(), name="promise_drop"),
    *record_urls(ENQUIRY, list=EnquiryList, create=EnquiryCreate, detail=EnquiryDetail),
    path("enquiries/hotline/new/", hotline.HotlineCreate.as_view(kind=ENQUIRY), name="hotline_create"),
    path("enquiries/hotline/hand-down/", hotline.HandDownMany.as_view(), name="hotline_hand_down"),
    path("enquiries/hotline/units/", hotline.HotlineUnits.as_view(), name="hotline_units"),
    path("enquiries/hotline/answers/", hotline.HotlineAnswers.as_view(), name="hotline_answers"),
    path("enquiries/hotline/answers/<str:day>/", hotline.HotlineAnswersFile.as_view(), name="hotline_answers_file"),
    path("enquiries/hotline/<int:pk>/edit/", hotline.HotlineEdit.as_view(kind=ENQUIRY), name="hotline_edit"),
    path("enquiries/hotline/<int:pk>/<slug:name>/", hotline.HotlineMove.as_view(), name="hotline_move"),
    path("enquiries/<int:pk>/<slug:name>/", EnquiryMove.as_view(), name="enquiry_move"),
    path("retention/", RetentionList.as_view(kind=RETENTION), name="retention_list"),
    path("retention/export/", RecordExport.as_view(kind=RETENTION), name="retention_export"),
    path("retention/many/", RetentionMany.as_view(), name="retention_many"),
    path("retention/<int:pk>/new/", RetentionCreate.as_view(), name="retention_create"),
    path("feed/vacancies.json", VacancyFeedJson.as_view(), name="feed_json"),
    path("feed/vacancies.csv", VacancyFeedCsv.as_view(), name="feed_csv"),
    path("graduates/<int:pk>/path/", GraduatePath.as_view(kind=GRADUATE), name="graduate_path"),
    *record_urls(GRADUATE, create=GraduateFromEnquiry, detail=GraduateDetail),
    path("graduates/help/", HelpMany.as_view(), name="help_many"),
    path("graduates/board/", GraduateBoard.as_view(), name="standing_board"),
    path("proposals/", proposal.ProposalList.as_view(), name="proposal_list"),
    path("proposals/export/", proposal.ProposalExport.as_view(), name="proposal_export"),
    path("proposals/<int:year>/<int:pk>/decline/", proposal.ProposalDecline.as_view(), name="proposal_decline"),
    path("proposals/<int:year>/<int:pk>/take-up/", proposal.ProposalTakeUp.as_view(), name="proposal_take_up"),
    *record_urls(ASSISTANCE, create=AssistanceCreate),
    *record_urls(JOB_EVENT, detail=attendance.JobEventDetail),
    *(
        path(f"job-events/<int:pk>/attendance/{route}", view.as_view(), name=f"attendance_{act}")
        for act, route, view in AT_EVENT
    ),
    path("attendance/", RecordList.as_view(kind=ATTENDANCE), name="attendance_list"),
    path("attendance/export/", RecordExport.as_view(kind=ATTENDANCE), name="attendance_export"),
]
