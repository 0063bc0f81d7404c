"""Every address of the portal."""

from django.urls import include, path

from portal.api.resource import PATH as API_PATH
from portal.api.site import make_site, patterns
from portal.messaging import views as messaging
from portal.operating import views as operating
from portal.outside import views as outside
from portal.views import (
    announcement,
    audit,
    calendar,
    draft,
    imported,
    job,
    manual,
    password,
    reveal_request,
    second_factor,
    sign_in,
    union,
    union_keeping,
)
from portal.views.accounts import account, batch, handover, request, session
from portal.views.codes import code_list
from portal.views.desk.area import AreaPage
from portal.views.desk.command import CommandList
from portal.views.desk.home import HomePage

SITE = make_site()

urlpatterns = [
    path("", HomePage.as_view(), name="home"),
    path("areas/<slug:slug>/", AreaPage.as_view(), name="area"),
    path("commands/", CommandList.as_view(), name="command_list"),
    path("help/", manual.HelpIndex.as_view(), name="help_index"),
    path("help/sign-in/", manual.HelpSignIn.as_view(), name="help_sign_in"),
    path("help/pages/<slug:slug>/", manual.HelpShow.as_view(), name="help_show"),
    path("help/pictures/<slug:name>.png", manual.HelpPicture.as_view(), name="help_picture"),
    path("help/tour/<int:number>/", manual.HelpTour.as_view(), name="help_tour"),
    path("help/tour/end/", manual.HelpTourEnd.as_view(), name="help_tour_end"),
    path("sign-in/", sign_in.SignIn.as_view(), name="sign_in"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign_out"),
    path("password/", password.PasswordChange.as_view(), name="password_change"),
    path("sessions/", session.SessionList.as_view(), name="session_list"),
    path("reminders/", messaging.MessageWayList.as_view(), name="messageway_list"),
    path("reminders/<slug:channel>/end/", messaging.MessageWayEnd.as_view(), name="messageway_end"),
    path("second-factor/", second_factor.SecondFactorVerify.as_view(), name="second_factor_verify"),
    path("second-factor/codes/", second_factor.RecoveryCodes.as_view(), name="recovery_codes"),
    path("second-factor/setup/", second_factor.SecondFactorSetup.as_view(), name="second_factor_setup"),
    path("accounts/", account.AccountList.as_view(), name="account_list"),
    path("accounts/export/", account.AccountExport.as_view(), name="account_export"),
    path("accounts/new/", account.AccountCreate.as_view(), name="account_create"),
    path("reveals/", reveal_request.RevealRequestList.as_view(), name="revealrequest_list"),
    path("reveals/ask/<slug:of>/<int:pk>/", reveal_request.RevealRequestAsk.as_view(), name="revealrequest_ask"),
    path("reveals/<int:pk>/", reveal_request.RevealRequestAnswer.as_view(), name="revealrequest_answer"),
    path("accounts/lists/", batch.AccountBatchList.as_view(), name="accountbatch_list"),
    path("accounts/lists/new/", batch.AccountBatchCreate.as_view(), name="accountbatch_create"),
    path("accounts/lists/template/", batch.AccountBatchTemplate.as_view(), name="accountbatch_template"),
    path("accounts/lists/<uuid:pk>/", batch.AccountBatchShow.as_view(), name="accountbatch_show"),
    path("accounts/lists/<uuid:pk>/letters/", batch.AccountBatchLetters.as_view(), name="accountbatch_letters"),
    path("accounts/requests/", request.AccountRequestList.as_view(), name="accountrequest_list"),
    path("accounts/requests/<int:pk>/", request.AccountRequestShow.as_view(), name="accountrequest_show"),
    path("accounts/handovers/", handover.HandoverList.as_view(), name="deskhandover_list"),
    path("accounts/handovers/<int:pk>/", handover.HandoverShow.as_view(), name="deskhandover_show"),
    path("accounts/<int:pk>/hand-over/", handover.HandoverBegin.as_view(), name="deskhandover_begin"),
    path("accounts/<int:pk>/", account.AccountEdit.as_view(), name="account_edit"),
    path("accounts/<int:pk>/reset-password/", account.AccountPasswordReset.as_view(), name="account_password_reset"),
    path("announcements/", announcement.AnnouncementList.as_view(), name="announcement_list"),
    path("announcements/export/", announcement.AnnouncementExport.as_view(), name="announcement_export"),
    path("announcements/new/", announcement.AnnouncementSend.as_view(), name="announcement_send"),
    path("announcements/<int:pk>/read/", announcement.AnnouncementRead.as_view(), name="announcement_read"),
    path("jobs/", job.JobList.as_view(), name="job_list"),
    path("jobs/<uuid:pk>/", job.JobShow.as_view(), name="job_show"),
    path("jobs/<uuid:pk>/cancel/", job.JobCancel.as_view(), name="job_cancel"),
    path("jobs/<uuid:pk>/file/", job.JobDownload.as_view(), name="job_download"),
    path("drafts/", draft.DraftKeep.as_view(), name="draft_keep"),
    path("drafts/forget/", draft.DraftForget.as_view(), name="draft_forget"),
    path("imports/", imported.ImportList.as_view(), name="import_list"),
    path("imports/asked/", imported.ImportAsked.as_view(), name="import_asked"),
    path("imports/<uuid:pk>/", imported.ImportShow.as_view(), name="import_show"),
    path("imports/<uuid:pk>/take-back/", imported.ImportTakeBack.as_view(), name="import_take_back"),
    path("imports/<uuid:pk>/second/", imported.ImportSecond.as_view(), name="import_second"),
    path("unions/", union.UnionList.as_view(), name="union_list"),
    path("unions/like/", union.UnionLike.as_view(), name="union_like"),
    path("unions/new/", union_keeping.UnionOpen.as_view(), name="union_open"),
    path("unions/<int:pk>/name/", union_keeping.UnionRename.as_view(), name="union_rename"),
    path("unions/<int:pk>/close/", union_keeping.UnionClose.as_view(), name="union_close"),
    path("unions/<int:pk>/merge/", union_keeping.UnionMerge.as_view(), name="union_merge"),
    path("unions/export/", union.UnionExport.as_view(), name="union_export"),
    path("calendar/", calendar.CalendarShow.as_view(), name="calendar_show"),
    path("calendar/file/", calendar.CalendarDownload.as_view(), name="calendar_download"),
    path("calendar/days/", calendar.CalendarDay.as_view(), name="calendar_day"),
    path("calendar/days/<int:pk>/remove/", calendar.CalendarDayRemove.as_view(), name="calendar_day_remove"),
    path("calendar/import/", calendar.CalendarImport.as_view(), name="calendar_import"),
    path("code-lists/", code_list.CodeListList.as_view(), name="codelist_list"),
    path("code-lists/export/", code_list.CodeListExport.as_view(), name="codelist_export"),
    path("code-lists/<slug:name>/", code_list.CodeListShow.as_view(), name="codelist_show"),
    path("code-lists/<slug:name>/export/", code_list.CodeListWords.as_view(), name="codelist_words"),
    path("code-lists/<slug:name>/add/", code_list.CodeListAdd.as_view(), name="codelist_add"),
    path("code-lists/<slug:name>/order/", code_list.CodeListOrder.as_view(), name="codelist_order"),
    path("code-lists/<slug:name>/<slug:code>/end/", code_list.CodeListWithdraw.as_view(), name="codelist_withdraw"),
    path("code-lists/<slug:name>/<slug:code>/again/", code_list.CodeListGiveBack.as_view(), name="codelist_give_back"),
    path("systems/", outside.SystemList.as_view(), name="system_list"),
    path("systems/new/", outside.SystemOpen.as_view(), name="system_open"),
    path("systems/reference/", outside.ApiReference.as_view(), name="api_reference"),
    path("systems/<int:pk>/", outside.SystemShow.as_view(), name="system_show"),
    path("systems/<int:pk>/end/", outside.SystemEnd.as_view(), name="system_end"),
    path("systems/<int:pk>/tokens/new/", outside.TokenMake.as_view(), name="token_make"),
    path("systems/<int:pk>/tokens/<int:token>/end/", outside.TokenEnd.as_view(), name="token_end"),
    path("systems/<int:pk>/webhooks/new/", outside.WebhookAdd.as_view(), name="webhook_add"),
    path("systems/<int:pk>/webhooks/<int:webhook>/end/", outside.WebhookEnd.as_view(), name="webhook_end"),
    path("healthz", operating.Healthz.as_view(), name="healthz"),
    path("readyz", operating.Readyz.as_view(), name="readyz"),
    path("metrics", operating.Metrics.as_view(), name="metrics"),
    path("state/", operating.StateShow.as_view(), name="state_show"),
    path("audit/", audit.AuditLog.as_view(), name="audit_log"),
    path("audit/evidence/", audit.EvidenceList.as_view(), name="audit_evidence"),
    path("audit/export/", audit.AuditExport.as_view(), name="audit_export"),
    path(f"{API_PATH[1:]}/", patterns(SITE)),
    path("", include("aid.urls")),
    path("", include("employment.urls")),
    path("", include("reports.urls")),
]

handler400 = "portal.web.errors.bad_request"
handler403 = "portal.web.errors.forbidden"
handler404 = "portal.web.errors.not_found"
handler500 = "portal.web.errors.server_error"
