"""Records that are voided instead of deleted; what was unique among all of them is so among those that count."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Substr

from portal.migrating import AtOnce

MODELS = (
    "child",
    "contribution",
    "entry",
    "followup",
    "household",
    "income",
    "member",
    "pairing",
    "practiceplacement",
    "practicepost",
    "sponsor",
    "visit",
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
        ("aid", "0005_counted_single"),
        ("portal", "0006_authenticator_encrypted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("child", "child_in_one_open_household"),
        migrations.RemoveConstraint("child", "child_unique_in_unit"),
        migrations.RemoveConstraint("contribution", "contribution_number_unique_in_unit"),
        migrations.RemoveConstraint("entry", "entry_number_unique_in_unit"),
        migrations.RemoveConstraint("entry", "entry_one_a_day"),
        migrations.RemoveConstraint("followup", "followup_one_per_visit_and_kind"),
        migrations.RemoveConstraint("household", "household_number_unique_in_unit"),
        migrations.RemoveConstraint("household", "household_worker_has_one_open_file"),
        migrations.RemoveConstraint("income", "income_one_per_year"),
        migrations.RemoveConstraint("pairing", "pairing_number_unique_in_unit"),
        migrations.RemoveConstraint("pairing", "pairing_open_once"),
        migrations.RemoveConstraint("practiceplacement", "practiceplacement_number_unique_in_unit"),
        migrations.RemoveConstraint("practiceplacement", "practiceplacement_once"),
        migrations.RemoveConstraint("practicepost", "practicepost_number_unique_in_unit"),
        migrations.RemoveConstraint("sponsor", "sponsor_number_unique_in_unit"),
        migrations.RemoveConstraint("sponsor", "sponsor_name_unique_in_unit"),
        migrations.RemoveConstraint("visit", "visit_number_unique_in_unit"),
        AtOnce(add for model in MODELS for add in new_fields(model, **RECORD)),
        AtOnce(add for model in MODELS for add in new_fields(f"historical{model}", **HISTORY)),
        AtOnce(
            (
                unique(
                    "child",
                    "child_in_one_open_household",
                    "该子女已在另一户未注销的档案中。",
                    fields=("person",),
                    among=LIVE & models.Q(on_file=True),
                ),
                unique_in_unit("child", "child_unique_in_unit", "该子女在本单位已有记录。", "person"),
                unique_in_unit(
                    "contribution", "contribution_number_unique_in_unit", "编号在本单位内已被使用。", "number"
                ),
                unique_in_unit("entry", "entry_number_unique_in_unit", "编号在本单位内已被使用。", "number"),
                unique("entry", "entry_one_a_day", "同一子女同一天不能有两次升学。", fields=("child", "entered_on")),
                unique(
                    "followup",
                    "followup_one_per_visit_and_kind",
                    "这次走访的这一事项已有记录。",
                    fields=("visit", "kind"),
                ),
                unique_in_unit("household", "household_number_unique_in_unit", "编号在本单位内已被使用。", "number"),
                unique(
                    "household",
                    "household_worker_has_one_open_file",
                    "该职工已有未注销的档案。",
                    fields=("worker",),
                    among=LIVE & models.Q(closed_on__isnull=True),
                ),
                unique("income", "income_one_per_year", "该户这一年度的收入已有记录。", fields=("household", "year")),
                unique_in_unit("pairing", "pairing_number_unique_in_unit", "编号在本单位内已被使用。", "number"),
                unique(
                    "pairing",
                    "pairing_open_once",
                    "该结对方与该子女在这一项目中已有未结束的结对。",
                    fields=("sponsor", "child", "programme"),
                    among=LIVE & models.Q(ends_on__isnull=True),
                ),
                unique_in_unit(
                    "practiceplacement", "practiceplacement_number_unique_in_unit", "编号在本单位内已被使用。", "number"
                ),
                unique(
                    "practiceplacement",
                    "practiceplacement_once",
                    "该子女这一天上这一岗位已有记录。",
                    fields=("post", "child", "starts_on"),
                ),
                unique_in_unit(
                    "practicepost", "practicepost_number_unique_in_unit", "编号在本单位内已被使用。", "number"
                ),
                unique_in_unit("sponsor", "sponsor_number_unique_in_unit", "编号在本单位内已被使用。", "number"),
                unique_in_unit("sponsor", "sponsor_name_unique_in_unit", "本单位已有同名的结对方。", "name"),
                unique_in_unit("visit", "visit_number_unique_in_unit", "编号在本单位内已被使用。", "number"),
            )
        ),
    ]
