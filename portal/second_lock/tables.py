"""Which tables stand outside the second lock, each with its reason; all others of ours are locked."""

from django.apps import apps
from django.db import models

OURS = ("portal", "aid", "employment", "reports")

_TREE = "the tree of unions itself, which everybody works with"
_CITY = "said or set for the whole city: nobody's record"
_COUNTS = "numbers of a unit, kept for all who may see it; of nobody's record"
_STAFF = "accounts of staff, read by who keeps them and works with no records"
_OWN = "of one person, and asked for by that person alone"
_EVIDENCE = "evidence, written also for who is not signed in and read by who oversees; it tells records by number"
_SYSTEM = "of outside systems: what they may do, and what they were told"
_SERVICE = "of the portal in service: nobody's record"

OUTSIDE: dict[str, str] = {
    "aid.Person": "one row for a person of whatever unit; it is written before a record says of which",
    "aid.CardPrefix": _CITY,
    "aid.AidStandard": _CITY,
    "aid.MinimumIncome": _CITY,
    "aid.BankLayout": _CITY,
    "portal.Union": _TREE,
    "portal.VacatedPath": _TREE,
    "portal.Campaign": _CITY,
    "portal.HolidayYear": _CITY,
    "portal.WorkdayException": _CITY,
    "portal.Announcement": "words of the city to the people of one union, the administrators among them",
    "portal.AnnouncementReading": _OWN,
    "portal.CodeChange": _CITY,
    "portal.RefusalCount": _EVIDENCE,
    "portal.AuditEntry": _EVIDENCE,
    "portal.EvidenceLink": _EVIDENCE,
    "portal.User": _STAFF,
    "portal.User_groups": _STAFF,
    "portal.User_user_permissions": _STAFF,
    "portal.AccountRequest": _STAFF,
    "portal.AccountBatch": _STAFF,
    "portal.DeskHandover": _STAFF,
    "portal.InheritedHand": _STAFF,
    "portal.Authenticator": _OWN,
    "portal.RecoveryCode": _OWN,
    "portal.FactorChange": _OWN,
    "portal.SignInSession": _OWN,
    "portal.OwnList": _OWN,
    "portal.FormDraft": _OWN,
    "portal.FormReceipt": _OWN,
    "portal.MessageWay": _OWN,
    "portal.Message": "words to one person, in which nobody's data stand (portal/messaging/)",
    "portal.Job": _OWN,
    "portal.JobPart": _OWN,
    "portal.KeptCount": _COUNTS,
    "portal.UnitRevision": _COUNTS,
    "portal.UnitChange": _COUNTS,
    "portal.ApiToken": _SYSTEM,
    "portal.ApiAnswer": _SYSTEM,
    "portal.Webhook": _SYSTEM,
    "portal.WebhookDelivery": _SYSTEM,
    "portal.SpentPace": _SERVICE,
    "portal.DutySign": _SERVICE,
    "portal.SlowPage": _SERVICE,
    "reports.CityContact": _CITY,
    "reports.Consolidation": _CITY,
    "reports.CityNarrative": _CITY,
}


def ours() -> list[type[models.Model]]:
    """Every model of ours that has a table, histories and links among them."""
    found = [model for app in OURS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def locked_tables() -> list[str]:
    """The tables whose rows are given out by scope only."""
    return sorted(model._meta.db_table for model in ours() if model._meta.label not in OUTSIDE)
