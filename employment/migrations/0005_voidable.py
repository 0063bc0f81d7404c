"""Records that are voided instead of deleted; what was unique among all of them is so among those that count."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Substr

from portal.migrating import AtOnce

MODELS = (
    "assistance",
    "graduate",
    "jobevent",
)
LIVE = models.Q(voided_at__isnull=True)
REASONS = [
    ("duplicate", "重复登记"),
    ("wrong_person", "登错了人或家庭"),
    ("wrong_value", "金额、日期或内容有误"),
    ("not_done", "事情没有发生"),
    ("other_reason", "其他原因（请说明）"),
]
UNWRITTEN = {"blank": True, "editable": False}
MOMENTS = {"void_asked_at": "申请作废时间", "voided_at": "作废时间"}
PEOPLE = {"void_asked_by": "申请作废人", "voided_by": "作废人"}


def person(label: str, **how) -> models.ForeignKey:
    return models.ForeignKey(
        null=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name=label, **how
    )


def new_fields(model: str, **how):
    """The fields of a voidable record; in a history its people are named without a constraint."""
    fields = {
        "void_reason": models.CharField(
            choices=REASONS, max_length=20, null=True, verbose_name="作废原因", **UNWRITTEN
        ),
        "void_note": models.CharField(max_length=200, null=True, verbose_name="作废说明", **UNWRITTEN),
        **{name: models.DateTimeField(null=True, verbose_name=label, **UNWRITTEN) for name, label in MOMENTS.items()},
        **{name: person(label, **UNWRITTEN, **how) for name, label in PEOPLE.items()},
    }
    return [migrations.AddField(model, name, field) for name, field in fields.items()]


def unique(model: str, name: str, words: str, *expressions, among: models.Q = LIVE, fields: tuple = ()):
    constraint = models.UniqueConstraint(
        *expressions, fields=fields, condition=among, name=name, violation_error_message=words
    )
    return migrations.AddConstraint(model, constraint)


def unique_in_unit(model: str, name: str, words: str, field: str):
    return unique(model, name, words, Substr("union_path", 1, 8), models.F(field))


RECORD = {"on_delete": django.db.models.deletion.PROTECT, "db_index": False}
HISTORY = {"on_delete": django.db.models.deletion.DO_NOTHING, "db_constraint": False}


class Migration(migrations.Migration):
    dependencies = [
        ("aid", "0006_voidable"),
        ("employment", "0004_certificate_hash"),
        ("portal", "0006_authenticator_encrypted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("assistance", "assistance_number_unique_in_unit"),
        migrations.RemoveConstraint("graduate", "graduate_unique_in_unit"),
        migrations.RemoveConstraint("jobevent", "jobevent_number_unique_in_unit"),
        AtOnce(add for model in MODELS for add in new_fields(model, **RECORD)),
        AtOnce(add for model in MODELS for add in new_fields(f"historical{model}", **HISTORY)),
        AtOnce(
            (
                unique_in_unit("assistance", "assistance_number_unique_in_unit", "编号在本单位内已被使用。", "number"),
                unique_in_unit("graduate", "graduate_unique_in_unit", "该毕业生在本单位已有记录。", "person"),
                unique_in_unit("jobevent", "jobevent_number_unique_in_unit", "编号在本单位内已被使用。", "number"),
            )
        ),
    ]
