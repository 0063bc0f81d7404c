"""Addresses of the figures and the forms."""

from django.urls import path

from reports.views.annex.checks import AnnexCheckRecords, AnnexChecks
from reports.views.annex.download import AnnexDownload
from reports.views.annex.figure import FigureRecords
from reports.views.annex.figure_export import FigureRecordsExport
from reports.views.annex.page import AnnexPage
from reports.views.annex.told import FiguresTold
from reports.views.beside.difference import SubmissionDiff
from reports.views.beside.funnel import FunnelExport, FunnelPage
from reports.views.beside.movement import (
    ReportMovement,
    ReportMovementDownload,
    ReportMovementList,
    ReportMovementListExport,
)
from reports.views.beside.years import AnnexYears
from reports.views.campaign.campaign import (
    CampaignCopy,
    CampaignEarlier,
    CampaignEdit,
    CampaignExport,
    CampaignList,
    CampaignNext,
)
from reports.views.campaign.form_editor import FormEdit, FormPreview, FormReset
from reports.views.campaign.own_figure import (
    FigureNames,
    OwnFigureAdd,
    OwnFigureEdit,
    OwnFigureFacts,
    OwnFigureList,
    OwnFigureRemove,
)
from reports.views.city.city import ConsolidationMatrix
from reports.views.city.city_files import ConsolidationDownload, ConsolidationJob
from reports.views.city.consolidation import ConsolidationKept, ConsolidationMake, ConsolidationPage
from reports.views.city.contact import ConsolidationContact
from reports.views.city.summary import CitySummaries, CitySummary, CitySummaryDownload, CitySummaryDraft
from reports.views.handed_in.file import ReportAdjustFile, ReportAdjustFileRemove, ReportSummaryDownload, SubmissionFile
from reports.views.handed_in.frozen import SubmissionDrift, SubmissionRecords, SubmissionShow
from reports.views.handed_in.frozen_export import SubmissionDriftExport, SubmissionRecordsExport
from reports.views.handed_in.submission import ReportSubmit, SubmissionReceipt
from reports.views.handed_in.verify import Verify
from reports.views.openness.feed import PublicFeed, PublicFeedAtom
from reports.views.openness.page import PublicFigures, PublicIndex, PublicPicture, PublicShow, Robots
from reports.views.openness.setting import Openness
from reports.views.preparing.annex_upload import ReportAnnexConfirm, ReportAnnexUpload
from reports.views.preparing.explaining import ReportExplain, ReportExplainAll
from reports.views.preparing.narrative import (
    ReportNarrative,
    ReportNarrativeAttach,
    ReportNarrativeDownload,
    ReportNarrativeDraft,
)
from reports.views.preparing.preparation import (
    ReportAdjust,
    ReportAdjustWithdraw,
    ReportContact,
    ReportNil,
    ReportSummary,
)
from reports.views.preparing.printed import ReportForms, ReportFormsDownload, SubmissionDownload
from reports.views.preparing.report import ReportBegin, ReportList, ReportShow
from reports.views.preparing.report_list import ReportExport
from reports.views.preparing.typed import ReportTyped
from reports.views.review.board import ReviewBoard, ReviewBoardExport, ReviewExtension
from reports.views.review.comment import ReportComments, ReviewNotes
from reports.views.review.reasons import ReviewReasons
from reports.views.review.reminding import ReviewRemind
from reports.views.review.review import ReviewMove, ReviewReturn, ReviewShow
from reports.views.review.supplement import ReviewSupplement
from reports.views.review.twice import ReviewTwice

urlpatterns = [
    path("help/figures/", FiguresTold.as_view(), name="help_figures"),
    path("annex/", AnnexPage.as_view(), name="annex"),
    path("funnel/", FunnelPage.as_view(), name="funnel"),
    path("funnel/<int:year>/<str:code>/export/", FunnelExport.as_view(), name="funnel_export"),
    path("annex/<int:year>/<str:code>/years/", AnnexYears.as_view(), name="annex_years"),
    path("annex/<int:year>/<str:code>/checks/", AnnexChecks.as_view(), name="annex_checks"),
    path("annex/<int:year>/<str:code>/checks/<slug:check>/", AnnexCheckRecords.as_view(), name="annex_check_records"),
    path("annex/<int:year>/<str:code>/<slug:slug>/", FigureRecords.as_view(), name="figure_records"),
    path(
        "annex/<int:year>/<str:code>/<slug:slug>/export/",
        FigureRecordsExport.as_view(),
        name="figure_records_export",
    ),
    path(
        "annex/<int:year>/<str:code>/download/<int:number>.<str:kind>", AnnexDownload.as_view(), name="annex_download"
    ),
    path("review/", ReviewBoard.as_view(), name="review_board"),
    path("review/board/export/", ReviewBoardExport.as_view(), name="review_board_export"),
    path("review/<int:year>/remind/", ReviewRemind.as_view(), name="review_remind"),
    path("review/<int:year>/<str:code>/extend/", ReviewExtension.as_view(), name="review_extend"),
    path("review/<int:pk>/", ReviewShow.as_view(), name="review_show"),
    path("review/<int:pk>/return/", ReviewReturn.as_view(), name="review_return"),
    path("review/<int:pk>/supplement/", ReviewSupplement.as_view(), name="review_supplement"),
    path("review/<int:pk>/notes/", ReviewNotes.as_view(), name="review_notes"),
    path("review/twice/", ReviewTwice.as_view(), name="review_twice"),
    path("review/reasons/", ReviewReasons.as_view(), name="review_reasons"),
    path("review/<int:pk>/move/<slug:name>/", ReviewMove.as_view(), name="review_move"),
    path("reports/", ReportList.as_view(), name="report_list"),
    path("reports/export/", ReportExport.as_view(), name="report_export"),
    path("reports/begin/<int:year>/<str:code>/", ReportBegin.as_view(), name="report_begin"),
    path("reports/<int:pk>/", ReportShow.as_view(), name="report_show"),
    path("reports/<int:pk>/forms/", ReportForms.as_view(), name="report_forms"),
    path("reports/<int:pk>/forms/<int:number>.<str:kind>", ReportFormsDownload.as_view(), name="report_forms_download"),
    path("reports/<int:pk>/contact/", ReportContact.as_view(), name="report_contact"),
    path("reports/<int:pk>/adjust/<slug:slug>/", ReportAdjust.as_view(), name="report_adjust"),
    path(
        "reports/<int:pk>/adjust/<slug:slug>/withdraw/", ReportAdjustWithdraw.as_view(), name="report_adjust_withdraw"
    ),
    path("reports/<int:pk>/typed/<slug:slug>/", ReportTyped.as_view(), name="report_typed"),
    path("reports/<int:pk>/adjust/<slug:slug>/file/", ReportAdjustFile.as_view(), name="report_adjust_file"),
    path(
        "reports/<int:pk>/adjust/<slug:slug>/file/remove/",
        ReportAdjustFileRemove.as_view(),
        name="report_adjust_file_remove",
    ),
    path("reports/<int:pk>/explain/", ReportExplainAll.as_view(), name="report_explain_all"),
    path("reports/<int:pk>/explain/<slug:code>/", ReportExplain.as_view(), name="report_explain"),
    path("reports/<int:pk>/summary/", ReportSummary.as_view(), name="report_summary"),
    path("reports/<int:pk>/summary/file/", ReportSummaryDownload.as_view(), name="report_summary_download"),
    path("reports/<int:pk>/nil/", ReportNil.as_view(), name="report_nil"),
    path("reports/<int:pk>/workbook/", ReportAnnexUpload.as_view(), name="report_annex_upload"),
    path("reports/<int:pk>/workbook/confirm/", ReportAnnexConfirm.as_view(), name="report_annex_confirm"),
    path("reports/<int:pk>/comments/", ReportComments.as_view(), name="report_comments"),
    path("reports/<int:pk>/comments/<slug:slug>/", ReportComments.as_view(), name="figure_comments"),
    path("reports/<int:pk>/movement/", ReportMovement.as_view(), name="report_movement"),
    path("reports/<int:pk>/movement.xlsx", ReportMovementDownload.as_view(), name="report_movement_download"),
    path(
        "reports/<int:pk>/movement/<slug:subject>/<slug:direction>/",
        ReportMovementList.as_view(),
        name="report_movement_list",
    ),
    path(
        "reports/<int:pk>/movement/<slug:subject>/<slug:direction>/export/",
        ReportMovementListExport.as_view(),
        name="report_movement_list_export",
    ),
    path("reports/<int:pk>/narrative/", ReportNarrative.as_view(), name="report_narrative"),
    path("reports/<int:pk>/narrative/draft/", ReportNarrativeDraft.as_view(), name="report_narrative_draft"),
    path("reports/<int:pk>/narrative/file/", ReportNarrativeDownload.as_view(), name="report_narrative_download"),
    path("reports/<int:pk>/narrative/attach/", ReportNarrativeAttach.as_view(), name="report_narrative_attach"),
    path("reports/<int:pk>/submit/", ReportSubmit.as_view(), name="report_submit"),
    path("submissions/<int:pk>/", SubmissionShow.as_view(), name="submission_show"),
    path("submissions/<int:pk>/receipt/", SubmissionReceipt.as_view(), name="submission_receipt"),
    path("submissions/<int:pk>/figures/<slug:slug>/", SubmissionRecords.as_view(), name="submission_records"),
    path(
        "submissions/<int:pk>/figures/<slug:slug>/export/",
        SubmissionRecordsExport.as_view(),
        name="submission_records_export",
    ),
    path(
        "submissions/<int:pk>/download/<int:number>.<str:kind>",
        SubmissionDownload.as_view(),
        name="submission_download",
    ),
    path("submissions/<int:pk>/files/", SubmissionFile.as_view(), name="submission_summary"),
    path("submissions/<int:pk>/files/<slug:slug>/", SubmissionFile.as_view(), name="submission_file"),
    path("submissions/<int:pk>/diff/", SubmissionDiff.as_view(), name="submission_diff"),
    path("submissions/<int:pk>/drift/", SubmissionDrift.as_view(), name="submission_drift"),
    path("submissions/<int:pk>/drift/export/", SubmissionDriftExport.as_view(), name="submission_drift_export"),
    path("verify/", Verify.as_view(), name="verify"),
    path("openness/", Openness.as_view(), name="openness"),
    path("robots.txt", Robots.as_view(), name="robots"),
    path("public/", PublicIndex.as_view(), name="public_index"),
    path("public/<str:code>/", PublicShow.as_view(), name="public_page"),
    path("public/<str:code>/figures.csv", PublicFigures.as_view(), name="public_figures"),
    path("public/<str:code>/feed.rss", PublicFeed.as_view(), name="public_feed"),
    path("public/<str:code>/feed.atom", PublicFeedAtom.as_view(), name="public_feed_atom"),
    path("public/<str:code>/pictures/<int:pk>/", PublicPicture.as_view(), name="public_picture"),
    path("consolidation/", ConsolidationPage.as_view(), name="consolidation"),
    path("consolidation/<int:year>/make/", ConsolidationMake.as_view(), name="consolidation_make"),
    path("consolidation/<int:year>/contact/", ConsolidationContact.as_view(), name="consolidation_contact"),
    path("consolidation/<int:year>/summaries/", CitySummaries.as_view(), name="consolidation_summaries"),
    path("consolidation/<int:year>/summary/", CitySummary.as_view(), name="consolidation_summary"),
    path("consolidation/<int:year>/summary/draft/", CitySummaryDraft.as_view(), name="consolidation_summary_draft"),
    path("consolidation/<int:year>/summary/file/", CitySummaryDownload.as_view(), name="consolidation_summary_file"),
    path("consolidation/matrix/", ConsolidationMatrix.as_view(), name="consolidation_matrix"),
    path("consolidation/<int:year>/city.<str:kind>", ConsolidationDownload.as_view(), name="consolidation_download"),
    path("consolidation/<int:year>/files/<str:kind>/", ConsolidationJob.as_view(), name="consolidation_job"),
    path("consolidation/<int:pk>/", ConsolidationKept.as_view(), name="consolidation_kept"),
    path("campaigns/", CampaignList.as_view(), name="campaign_list"),
    path("campaigns/export/", CampaignExport.as_view(), name="campaign_export"),
    path("campaigns/earlier/", CampaignEarlier.as_view(), name="campaign_earlier"),
    path("campaigns/<int:year>/next/", CampaignNext.as_view(), name="campaign_next"),
    path("campaigns/<int:year>/copy/", CampaignCopy.as_view(), name="campaign_copy"),
    path("campaigns/<int:year>/", CampaignEdit.as_view(), name="campaign_edit"),
    path("campaigns/<int:year>/forms/<int:number>/", FormEdit.as_view(), name="campaign_form"),
    path("campaigns/<int:year>/forms/<int:number>/preview/", FormPreview.as_view(), name="campaign_form_preview"),
    path("campaigns/<int:year>/forms/<int:number>/reset/", FormReset.as_view(), name="campaign_form_reset"),
    path("campaigns/<int:year>/figures/", OwnFigureList.as_view(), name="campaign_figures"),
    path("campaigns/<int:year>/figures/names/", FigureNames.as_view(), name="campaign_figure_names"),
    path("campaigns/<int:year>/figures/compose/", OwnFigureFacts.as_view(), name="campaign_figure_facts"),
    path(
        "campaigns/<int:year>/figures/compose/<slug:fact>/",
        OwnFigureAdd.as_view(),
        {"kind": "composed"},
        name="campaign_figure_compose",
    ),
    path("campaigns/<int:year>/figures/add/<slug:kind>/", OwnFigureAdd.as_view(), name="campaign_figure_add"),
    path("campaigns/<int:year>/figures/<slug:slug>/edit/", OwnFigureEdit.as_view(), name="campaign_figure_edit"),
    path("campaigns/<int:year>/figures/<slug:slug>/remove/", OwnFigureRemove.as_view(), name="campaign_figure_remove"),
]
