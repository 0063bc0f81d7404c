"""Every field that names a person goes over with the desk, or stands here with why it does not."""

from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

from portal.models import User

MOVED = {"portal.FormDraft.user"}  # the helper of a graduate is a name: test_handover

DID = "who did it, on that day: evidence, and the first or the second of the four eyes"
BROUGHT = "who brought it stays the first of the four eyes; whoever works in the union goes on with it"
ASKED = "who asked stays who asked: another answers, or asks anew"
OWN = "of the person, not of the desk: how one signs in, what one has read, how one likes a list"
SYSTEM = "an outside system, which is nobody's desk"
AGED = "a file of one's own for seven days; the successor makes another"
HANDOVER = "the handover itself"

STAYS = {
    "portal.Announcement.sent_by": DID,
    "portal.AnnouncementReading.reader": OWN,
    "portal.AuditEntry.actor": DID,
    "portal.Authenticator.user": OWN,
    "portal.CodeChange.made_by": DID,
    "portal.Import.made_by": DID,
    "portal.Import.asked_by": ASKED,
    "portal.Import.taken_back_by": DID,
    "portal.Job.owner": AGED,
    "portal.ListUpload.uploaded_by": BROUGHT,
    "portal.ListUpload.sent_by": BROUGHT,
    "portal.FormReceipt.user": OWN,
    "portal.ApiToken.system": SYSTEM,
    "portal.ApiToken.made_by": DID,
    "portal.Webhook.system": SYSTEM,
    "portal.AccountBatch.brought_by": ASKED,
    "portal.AccountRequest.asked_by": ASKED,
    "portal.AccountRequest.decided_by": DID,
    "portal.MessageWay.user": OWN,
    "portal.OwnList.user": OWN,
    "portal.RecoveryCode.user": OWN,
    "portal.FactorChange.user": OWN,
    "portal.RevealRequest.asked_by": ASKED,
    "portal.RevealRequest.decided_by": DID,
    "portal.SignInSession.account": OWN,
    "portal.WorkbookUpload.uploaded_by": BROUGHT,
    "portal.WorkbookUpload.sent_by": BROUGHT,
    "portal.WorkbookUpload.answered_by": DID,
    "portal.DeskHandover.predecessor": HANDOVER,
    "portal.DeskHandover.successor": HANDOVER,
    "portal.DeskHandover.done_by": HANDOVER,
    "portal.InheritedHand.heir": HANDOVER,
    "portal.InheritedHand.predecessor": HANDOVER,
    "aid.Household.verified_by": DID,
    "aid.CaseEvent.actor": DID,
    "aid.NotRenewed.decided_by": DID,
    "aid.PublicNotice.posted_by": DID,
    "aid.NoticePhoto.uploaded_by": DID,
    "aid.Objection.recorded_by": DID,
    "aid.Objection.decided_by": DID,
    "aid.EarlierRuling.decided_by": DID,
    "aid.UnitTable.set_by": DID,
    "aid.UnitTable.decided_by": DID,
    "aid.OfficePaper.uploaded_by": DID,
    "aid.OfficePaper.removed_by": DID,
    "aid.ExemplarFile.uploaded_by": DID,
    "aid.ExemplarFile.removed_by": DID,
    "aid.Document.uploaded_by": DID,
    "aid.Document.removed_by": DID,
    "aid.Contribution.entered_by": DID,
    "aid.Contribution.confirmed_by": DID,
    "aid.ContributionVoucher.uploaded_by": DID,
    "aid.ContributionVoucher.removed_by": DID,
    "aid.PaymentBatch.made_by": BROUGHT,
    "aid.PaymentBatch.released_by": DID,
    "aid.ReturnFile.read_by": DID,
    "aid.Transfer.begun_by": ASKED,
    "aid.Transfer.settled_by": DID,
    "aid.VisitPhoto.uploaded_by": DID,
    "aid.VisitPhoto.removed_by": DID,
    "aid.FollowUp.done_by": DID,
    "employment.Attendance.recorded_by": DID,
    "employment.Enquiry.closed_by": DID,
    "employment.Enquiry.handed_by": DID,
    "employment.DeclinedProposal.declined_by": DID,
    "employment.RetentionCheck.asked_by": DID,
    "reports.CityContact.set_by": DID,
    "reports.Consolidation.made_by": DID,
    "reports.Submission.submitted_by": DID,
    "reports.ReportEvent.actor": DID,
    "reports.PublicPage.set_by": DID,
    "reports.Adjustment.made_by": DID,
    "reports.AdjustmentFile.uploaded_by": DID,
    "reports.TypedFigure.made_by": DID,
    "reports.Narrative.made_by": DID,
    "reports.CityNarrative.made_by": DID,
    "reports.Explanation.made_by": DID,
    "reports.SummaryFile.uploaded_by": DID,
    "reports.Comment.author": DID,
    "reports.Note.author": DID,
    "reports.Endorsement.reviewer": DID,
    "reports.Reminder.sent_by": DID,
    "otp_totp.TOTPDevice.user": OWN,
}
VOIDABLE = {"void_asked_by": ASKED, "voided_by": DID}  # of every record that can be voided


def fields_of_people() -> set[str]:
    """What names an account, but for the versions of a record, which stay as they were."""
    found = set()
    for model in apps.get_models():
        if model.__name__.startswith("Historical"):
            continue
        for field in (*model._meta.fields, *model._meta.many_to_many):
            if isinstance(field, (ForeignKey, ManyToManyField)) and field.related_model is User:
                found.add(f"{model._meta.label}.{field.name}")
    return found


def test_every_field_that_names_a_person_goes_over_or_says_why_not():
    found = {name for name in fields_of_people() if name.rpartition(".")[2] not in VOIDABLE}
    assert found == MOVED | STAYS.keys()
    assert not MOVED & STAYS.keys()
