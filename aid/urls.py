"""Addresses of Golden Autumn.

`urlpatterns` are the pages that Golden Autumn knows whole. Those that also show graduates, or begin with an enquiry,
stand in `completed`: Sunshine Employment calls it with what it adds to them.
"""

from collections.abc import Mapping

from django.urls import URLPattern, path

from aid.deciding.steps import APPROVE, CHECK
from aid.printouts import APPLICATION_FORM, ARCHIVE_FORM, HOME_VISIT_FORM, LETTER_OF_THANKS, NOTICE_SHEET
from aid.printouts.visit import visit_printout
from aid.records import (
    AID_CASE,
    EXEMPLAR,
    PAIRING,
    PRACTICE_PLACEMENT,
    PROJECT,
    PROJECT_GAIN,
    PUBLIC_NOTICE,
    SPONSOR,
    USUAL,
)
from aid.subject_copy.kept import KeptKind
from aid.subject_copy.sheet import subject_copy
from aid.timeline.events import Source
from aid.views import (
    filing,
    household,
    household_forms,
    standard,
    transfer,
    visit,
    visit_forms,
    visit_plan,
    visit_route,
)
from aid.views.casework import (
    call_back,
    case,
    case_batch,
    case_standard,
    contacts,
    deciding,
    notice,
    notice_board,
    objection,
    pairing,
    policies,
    renewal,
    shares,
    unit_table,
)
from aid.views.employer import EmployerCreate
from aid.views.exemplar import ExemplarAct, ExemplarDetail, ExemplarFileRemove, ExemplarFileShow, ExemplarPrint
from aid.views.household_forms import DocumentDownload, DocumentRemove, DocumentRestore
from aid.views.many import activities, follow_ups, national_file, projects, visits
from aid.views.office import (
    OfficePaperRemove,
    OfficePaperShow,
    OfficeQuestionCreate,
    OfficeQuestionDetail,
    OfficeQuestionEdit,
)
from aid.views.oversight.minors import MinorsUse, MinorsUseExport
from aid.views.oversight.pack import CasePack, CaseSample
from aid.views.payments.urls import urlpatterns as payment_urls
from aid.views.social.children_here import CameHere, GaveHere
from aid.views.social.pairing_sides import PairingSides
from aid.views.social.project import ProjectCreate, ProjectDetail, ProjectEdit, ProjectMove
from aid.views.sponsor import PairingCreate, PairingEdit, PlacementCreate, PlacementEdit, SponsorDetail
from aid.views.whom import AskingList
from aid.visits.plan import PlanGroup
from portal.printouts.urls import printout_urls
from portal.records.kind import RecordKind
from portal.records.urls import record_urls

HOUSEHOLD_PAGES = {
    "verify": household.HouseholdVerify,
    "unverify": household.HouseholdUnverify,
    "reopen": household.HouseholdReopen,
    "close": household_forms.HouseholdClose,
    "transfer": household_forms.HouseholdTransfer,
    "documents": household_forms.HouseholdDocuments,
}

urlpatterns = [
    *(url for kind in USUAL for url in record_urls(kind)),
    *payment_urls,
    path("documents/<int:pk>/", DocumentDownload.as_view(), name="document_download"),
    path("documents/<int:pk>/remove/", DocumentRemove.as_view(), name="document_remove"),
    path("documents/<int:pk>/restore/", DocumentRestore.as_view(), name="document_restore"),
    path("transfers/", transfer.TransferList.as_view(), name="transfer_list"),
    path("transfers/export/", transfer.TransferExport.as_view(), name="transfer_export"),
    path("transfers/<int:pk>/", transfer.TransferShow.as_view(), name="transfer_show"),
    path("transfers/<int:pk>/move/<slug:name>/", transfer.TransferMove.as_view(), name="transfer_move"),
    path("standards/", standard.MinimumIncomeList.as_view(), name="minimumincome_list"),
    path("standards/export/", standard.MinimumIncomeExport.as_view(), name="minimumincome_export"),
    path("standards/new/", standard.MinimumIncomeCreate.as_view(), name="minimumincome_create"),
    path("standards/<int:pk>/", standard.MinimumIncomeEdit.as_view(), name="minimumincome_edit"),
    path("cases/check/", deciding.CaseDecide.as_view(step=CHECK), name="case_check"),
    path("cases/decide/", deciding.CaseDecide.as_view(step=APPROVE), name="case_decide"),
    *printout_urls(APPLICATION_FORM, together=AID_CASE),
    path("cases/call-backs/", call_back.CallBackRegister.as_view(), name="call_back_register"),
    path("cases/contacts/", contacts.CaseContacts.as_view(), name="case_contacts"),
    path("cases/batch/", case_batch.CaseBatch.as_view(), name="case_batch"),
    path("cases/renewal/", renewal.RenewalPage.as_view(), name="case_renewal"),
    path("cases/policies/", policies.CasePoliciesMany.as_view(), name="case_policies_many"),
    path("cases/sample/", CaseSample.as_view(), name="case_sample"),
    path("oversight/minors/", MinorsUse.as_view(), name="minors_use"),
    path("oversight/minors/export/", MinorsUseExport.as_view(), name="minors_use_export"),
    path("cases/<int:pk>/pack/", CasePack.as_view(), name="case_pack"),
    path("cases/<int:pk>/move/<slug:name>/", case.CaseMove.as_view(), name="case_move"),
    path("cases/<int:pk>/policies/", policies.CasePolicies.as_view(), name="case_policies"),
    path("cases/<int:pk>/pair/", pairing.CasePair.as_view(), name="case_pair"),
    path("cases/<int:pk>/sources/", shares.CaseShares.as_view(), name="case_shares"),
    path("case-standards/", case_standard.AidStandardList.as_view(), name="aidstandard_list"),
    path("case-standards/export/", case_standard.AidStandardExport.as_view(), name="aidstandard_export"),
    path("case-standards/own/", unit_table.UnitTableList.as_view(), name="unittable_list"),
    path("case-standards/own/export/", unit_table.UnitTableExport.as_view(), name="unittable_export"),
    path("case-standards/own/<int:year>/", unit_table.UnitTableSet.as_view(), name="unittable_set"),
    path("case-standards/own/tables/<int:pk>/", unit_table.UnitTableShow.as_view(), name="unittable_show"),
    path("case-standards/own/tables/<int:pk>/<slug:name>/", unit_table.UnitTableMove.as_view(), name="unittable_move"),
    path("case-standards/<int:year>/", case_standard.AidStandardEdit.as_view(), name="aidstandard_edit"),
    *record_urls(PUBLIC_NOTICE, detail=notice.NoticeDetail),
    *printout_urls(NOTICE_SHEET, together=PUBLIC_NOTICE),
    path("notices/<int:pk>/photo/", notice.NoticePhotoShow.as_view(), name="publicnotice_photo"),
    path("notices/<int:pk>/place/", notice.NoticePlace.as_view(), name="publicnotice_place"),
    path("notices/<int:pk>/take-down/", notice.NoticeTakeDown.as_view(), name="publicnotice_take_down"),
    path("noticed/<int:pk>/objections/new/", objection.ObjectionCreate.as_view(), name="objection_create"),
    path("objections/<int:pk>/", objection.ObjectionShow.as_view(), name="objection_show"),
    path("objections/<int:pk>/correct/", objection.ObjectionCorrect.as_view(), name="objection_correct"),
    path("objections/files/<int:pk>/", objection.ObjectionFileShow.as_view(), name="objection_file"),
    *record_urls(PROJECT, create=ProjectCreate, edit=ProjectEdit, detail=ProjectDetail),
    path("projects/<int:pk>/move/<slug:name>/", ProjectMove.as_view(), name="project_move"),
    path("pairings/both-sides/", PairingSides.as_view(), name="pairing_sides"),
    *record_urls(SPONSOR, detail=SponsorDetail),
    *printout_urls(LETTER_OF_THANKS),
    *record_urls(EXEMPLAR, detail=ExemplarDetail),
    path("exemplars/<int:pk>/publish/", ExemplarAct.as_view(act="publish"), name="exemplar_publish"),
    path("exemplars/<int:pk>/withdraw/", ExemplarAct.as_view(act="withdraw"), name="exemplar_withdraw"),
    path("exemplars/<int:pk>/print/", ExemplarPrint.as_view(), name="exemplar_print"),
    path("exemplars/files/<int:pk>/", ExemplarFileShow.as_view(), name="exemplar_file"),
    path("exemplars/files/<int:pk>/remove/", ExemplarFileRemove.as_view(), name="exemplar_file_remove"),
    path("public-notice/<str:token>/", notice_board.NoticeBoardShow.as_view(), name="notice_board"),
]


def completed(
    kinds: Mapping[str, RecordKind],
    *,
    household_create: type[household.PersonCreate],
    case_create: type[case.CaseCreate],
    visited: tuple[RecordKind, ...],
    groups: tuple[PlanGroup, ...],
    sources: tuple[Source, ...],
    kept: tuple[KeptKind, ...],
) -> list[URLPattern]:
    """The pages to which another floor adds: `kinds` are the final ones by the name of their model.

    `household_create` and `case_create` are the forms as they begin there, `visited` the kinds among which a visit
    asks whom, `groups` the people of the visit plan, `sources` what a family's timeline is put together from, `kept`
    what a family is told that is kept about it.
    """
    home, child = kinds["household"], kinds["child"]
    return [
        *record_urls(
            home,
            given={"sources": sources},
            list=national_file.HouseholdList,
            create=household_create,
            detail=household.HouseholdDetail,
        ),
        path(
            "households/national-file/", national_file.NationalFile.as_view(kind=home), name="household_national_export"
        ),
        *printout_urls(ARCHIVE_FORM, together=home),
        *printout_urls(HOME_VISIT_FORM, together=home),
        *printout_urls(subject_copy(kept)),
        path("families/new/", filing.FamilyCreate.as_view(kind=home), name="family_create"),
        path("families/check/", filing.FamilyCheck.as_view(), name="family_check"),
        *record_urls(child, given={"sources": sources}, create=household.ChildCreate, detail=household.ChildDetail),
        path("children/<int:pk>/move/", household_forms.ChildMove.as_view(kind=child), name="child_move"),
        *(
            path(f"households/<int:pk>/{act}/", view.as_view(kind=home), name=f"household_{act}")
            for act, view in HOUSEHOLD_PAGES.items()
        ),
        path(
            "households/<int:pk>/timeline/",
            household.HouseholdTimeline.as_view(kind=home, sources=sources),
            name="household_timeline",
        ),
        path("transfers/<int:pk>/take/", transfer.TransferTake.as_view(editing=home.editing), name="transfer_take"),
        *record_urls(
            kinds["visit"],
            asked=visited,
            list=AskingList,
            create=visit.VisitCreate,
            detail=visit.VisitDetail,
            edit=visit.VisitEdit,
        ),
        *printout_urls(visit_printout(kinds["visit"])),
        path("visits/photos/<int:pk>/", visit.VisitPhotoShow.as_view(), name="visit_photo"),
        path("visits/photos/<int:pk>/remove/", visit.VisitPhotoRemove.as_view(), name="visit_photo_remove"),
        path(
            "visits/many/",
            visits.VisitMany.as_view(kinds=(*visited, AID_CASE), editing=kinds["visit"].editing),
            name="visit_many",
        ),
        path("children/came/", activities.ActivityCame.as_view(kind=child), name="activity_came"),
        path("children/gave/", projects.ProjectGave.as_view(kind=child), name="project_gave"),
        *record_urls(PROJECT_GAIN, create=GaveHere.of(child)),
        path("activities/<int:pk>/children/", CameHere.as_view(children=child), name="activity_children"),
        path("follow-ups/finish/", follow_ups.FollowUpMany.as_view(kind=kinds["followup"]), name="followup_many"),
        *record_urls(kinds["followup"], detail=visit.FollowUpDetail),
        path("visit-plan/", visit_plan.VisitPlan.as_view(groups=groups), name="visitplan"),
        path("visit-plan/export/", visit_plan.VisitPlanExport.as_view(groups=groups), name="visitplan_export"),
        path("visit-plan/route/", visit_route.VisitRoute.as_view(groups=groups), name="visitplan_route"),
        path("visit-plan/forms/", visit_forms.VisitForms.as_view(groups=groups), name="visitplan_forms"),
        path(
            "visit-plan/route/print/",
            visit_route.VisitRouteSheet.as_view(groups=groups),
            name="visitplan_route_sheet",
        ),
        *record_urls(kinds["office"]),
        *record_urls(
            kinds["officequestion"],
            asked=visited,
            list=AskingList,
            create=OfficeQuestionCreate,
            detail=OfficeQuestionDetail,
            edit=OfficeQuestionEdit,
        ),
        path("office-questions/papers/<int:pk>/", OfficePaperShow.as_view(), name="officequestion_paper"),
        path(
            "office-questions/papers/<int:pk>/remove/",
            OfficePaperRemove.as_view(),
            name="officequestion_paper_remove",
        ),
        *record_urls(kinds["employer"], create=EmployerCreate),
        *record_urls(AID_CASE, list=case.CaseList, create=case_create, detail=case.CaseDetail, edit=case.CaseEdit),
        *record_urls(PAIRING, asked=(child, home), list=AskingList, create=PairingCreate, edit=PairingEdit),
        *record_urls(PRACTICE_PLACEMENT, asked=(child,), list=AskingList, create=PlacementCreate, edit=PlacementEdit),
    ]
