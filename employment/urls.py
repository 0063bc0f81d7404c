"""Addresses of Sunshine Employment, and of the pages of aid that also show graduates or begin
with an enquiry.
"""

from django.urls import URLPattern, path

from aid.records import AID_CASE
from aid.views import household, household_forms
from aid.views.casework.case import CaseDetail, CaseList
from aid.views.employer import EmployerCreate
from aid.views.transfer import TransferTake
from aid.views.visit import FollowUpDetail, VisitDetail, VisitEdit, VisitPhotoShow
from aid.views.whom import AskingList
from employment.exchange.exchanges import CASES, ENQUIRIES, Exchange
from employment.records import (
    ASSISTANCE,
    ATTENDANCE,
    CHILD,
    EMPLOYER,
    ENQUIRY,
    FOLLOW_UP,
    GRADUATE,
    HOUSEHOLD,
    JOB_EVENT,
    PROMISE,
    REFERRAL,
    RETENTION,
    SEARCHED,
    VACANCY,
    VISIT,
)
from employment.timeline.events import SOURCES
from employment.views import attendance, proposal, workbook
from employment.views.enquiries.enquiry import EnquiryCreate, EnquiryDetail, EnquiryList, EnquiryMove
from employment.views.enquiries.from_enquiry import CaseFromEnquiry, GraduateFromEnquiry, HouseholdCreate
from employment.views.graduate import GraduatePath
from employment.views.graduate_board import GraduateBoard
from employment.views.help.assistance import AssistanceCreate
from employment.views.help.many import GraduateList, HelpMany
from employment.views.help.promise import PromiseDrop, PromiseKeep
from employment.views.lists import held, steps
from employment.views.referral import ReferralCreate, ReferralDetail, ReferralEdit, ReferralMove
from employment.views.retention import RetentionCreate, RetentionList
from employment.views.vacancies.feed import VacancyFeedCsv, VacancyFeedJson
from employment.views.vacancies.matching import GraduatesForVacancy, VacanciesForGraduate
from employment.views.vacancies.vacancy import VacancyCreate, VacancyEdit
from employment.views.visit import VisitCreate, VisitPlan, VisitPlanExport, VisitRoute
from portal.records.urls import record_urls
from portal.records.views import Find, RecordExport, RecordList

HOUSEHOLD_PAGES = {
    "print": household.HouseholdPrint,
    "verify": household.HouseholdVerify,
    "reopen": household.HouseholdReopen,
    "close": household_forms.HouseholdClose,
    "transfer": household_forms.HouseholdTransfer,
    "documents": household_forms.HouseholdDocuments,
}
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


urlpatterns = [
    *import_urls(CASES, "workbook/"),
    path("workbook/export/", workbook.WorkbookExport.as_view(), name="workbook_export"),
    *import_urls(ENQUIRIES, "enquiries/workbook/"),
    path("lists/", steps.ListUploadPage.as_view(), name="list_upload"),
    *(path(f"lists/<uuid:pk>/{act}/", view.as_view(), name=f"list_{act}") for act, view in LIST_STEPS),
    path("held/", held.HeldList.as_view(), name="held_list"),
    path("held/<uuid:pk>/", held.HeldRows.as_view(), name="held_rows"),
    path("held/<uuid:pk>/drop/", held.HeldDrop.as_view(), name="held_drop"),
    path("find/", Find.as_view(kinds=SEARCHED, kinds_of_text=FOUND_BY_TEXT), name="find"),
    *record_urls(HOUSEHOLD, create=HouseholdCreate, detail=household.HouseholdDetail),
    *record_urls(CHILD, create=household.ChildCreate),
    *(
        path(f"households/<int:pk>/{act}/", view.as_view(kind=HOUSEHOLD), name=f"household_{act}")
        for act, view in HOUSEHOLD_PAGES.items()
    ),
    path(
        "households/<int:pk>/timeline/",
        household.HouseholdTimeline.as_view(kind=HOUSEHOLD, sources=SOURCES),
        name="household_timeline",
    ),
    path("transfers/<int:pk>/take/", TransferTake.as_view(editing=HOUSEHOLD.editing), name="transfer_take"),
    *record_urls(VISIT, list=AskingList, create=VisitCreate, detail=VisitDetail, edit=VisitEdit),
    path("visits/photos/<int:pk>/", VisitPhotoShow.as_view(), name="visit_photo"),
    *record_urls(FOLLOW_UP, detail=FollowUpDetail),
    *record_urls(EMPLOYER, create=EmployerCreate),
    *record_urls(VACANCY, create=VacancyCreate, edit=VacancyEdit),
    path("vacancies/<int:pk>/graduates/", GraduatesForVacancy.as_view(), name="vacancy_graduates"),
    path("graduates/<int:pk>/vacancies/", VacanciesForGraduate.as_view(), name="graduate_vacancies"),
    *record_urls(REFERRAL, create=ReferralCreate, detail=ReferralDetail, edit=ReferralEdit),
    path("referrals/<int:pk>/<slug:name>/", ReferralMove.as_view(), name="referral_move"),
    *record_urls(PROMISE),
    path("promises/<int:pk>/keep/", PromiseKeep.as_view(), name="promise_keep"),
    path("promises/<int:pk>/drop/", PromiseDrop.as_view(), name="promise_drop"),
    *record_urls(ENQUIRY, list=EnquiryList, create=EnquiryCreate, detail=EnquiryDetail),
    path("enquiries/<int:pk>/<slug:name>/", EnquiryMove.as_view(), name="enquiry_move"),
    *record_urls(AID_CASE, list=CaseList, create=CaseFromEnquiry, detail=CaseDetail),
    path("retention/", RetentionList.as_view(kind=RETENTION), name="retention_list"),
    path("retention/export/", RecordExport.as_view(kind=RETENTION), name="retention_export"),
    path("retention/<int:pk>/new/", RetentionCreate.as_view(), name="retention_create"),
    path("feed/vacancies.json", VacancyFeedJson.as_view(), name="feed_json"),
    path("feed/vacancies.csv", VacancyFeedCsv.as_view(), name="feed_csv"),
    path("visit-plan/", VisitPlan.as_view(), name="visitplan"),
    path("visit-plan/export/", VisitPlanExport.as_view(), name="visitplan_export"),
    path("visit-plan/route/", VisitRoute.as_view(), name="visitplan_route"),
    path("graduates/<int:pk>/path/", GraduatePath.as_view(kind=GRADUATE), name="graduate_path"),
    *record_urls(GRADUATE, list=GraduateList, create=GraduateFromEnquiry),
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
