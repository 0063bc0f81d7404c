"""A backup of one moment, restored beside and equal; anything less is refused in words and leaves nothing."""

import json
import os
import shutil
import subprocess
import tarfile
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from portal.backup import making
from portal.backup.facts import all_facts, differences
from portal.backup.kept import DATABASE, FILES, MANIFEST, digest_of, finished, forget_old, read_backup
from portal.backup.pipes import decrypting
from portal.backup.refusal import BackupRefused
from portal.enums import Duty
from portal.models import DutySign, Union
from portal.operating.duties import did, machine
from portal.second_lock.standing import open_tables
from reports.models import Report
from tests.reports.submissions import hand_in
from tests.second_lock import in_force

# pg_dump reads what was committed: these tests commit. The rest need no server.
on_postgresql = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
    pytest.mark.skipif(not shutil.which("age") and not os.environ.get("CI"), reason="age is not installed"),
]


def served(test):
    for mark in on_postgresql:
        test = mark(test)
    return test


def age_keygen(*arguments):
    return subprocess.run(["age-keygen", *arguments], check=True, capture_output=True, text=True).stdout  # noqa: S603, S607


def encrypt_anew(file, content, recipients):
    """Put `content` in the place of `file`, as one who could write the backup might."""
    command = ["age", "--encrypt", "--recipients-file", recipients, "--output", file]
    subprocess.run(command, input=content, check=True)  # noqa: S603
    manifest = file.parent / MANIFEST
    said = json.loads(manifest.read_text())
    said["digests"][file.name] = digest_of(file)
    manifest.write_text(json.dumps(said))


@pytest.fixture
def keys(tmp_path):
    """A pair of keys of age: where the public one and the private one lie."""
    identity, recipients = tmp_path / "identity.txt", tmp_path / "recipients.txt"
    age_keygen("--output", identity)
    recipients.write_text(age_keygen("-y", identity))
    return recipients, identity


@pytest.fixture
def beside():
    """The URL of an empty database of this test's own."""
    name = f"{connection.settings_dict['NAME']}_beside"
    given = urlsplit(os.environ["DATABASE_URL"])
    plain = psycopg2.connect(given._replace(path="/postgres").geturl())
    plain.autocommit = True
    with plain.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    yield given._replace(path=f"/{name}").geturl()
    with plain.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    plain.close()


@pytest.fixture
def locked(transactional_db, monkeypatch):
    monkeypatch.setenv("SECOND_LOCK", "true")  # for the process that tells the facts of the copy
    with in_force():
        yield


@pytest.fixture
def made(keys, tmp_path, campaign, district):
    """A backup of a small city with one report handed in."""
    hand_in(Report.objects.open(campaign, district), advanced_basic=3)
    return making.make_backup(tmp_path / "backups", keys[0], keep=3)


@pytest.fixture(autouse=True)
def _same_settings_in_children(monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    if settings.SECOND_LOCK:
        monkeypatch.setenv("SECOND_LOCK", "true")


def verify(made, keys, beside):
    call_command("verify_backup", made.folder, identity=keys[1], database=beside, verbosity=0)


def write_meanwhile(telling):
    """Fix the moment, then write by another connection, before pg_dump begins."""

    def moment():
        snapshot = telling()
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute(
                "INSERT INTO portal_dutysign (duty, place, tried_at, problem, detail)"
                " VALUES ('backup', 'meanwhile', now(), '', '{}')"
            )
        other.close()
        return snapshot

    return moment


@served
def test_backup_of_one_moment_restored_beside_is_equal_and_both_duties_are_noted(
    keys, tmp_path, campaign, district, beside, capsys, monkeypatch
):
    hand_in(Report.objects.open(campaign, district), advanced_basic=3)
    monkeypatch.setattr(making, "_at_one_moment", write_meanwhile(making._at_one_moment))
    call_command("backup", to=tmp_path / "backups", recipients=keys[0], keep=3)
    made = read_backup(finished(tmp_path / "backups")[0])
    assert made.facts["rows portal_union"] == Union.objects.count() == 2
    assert made.facts["rows reports_seal"] == 1
    assert {name.split()[0] for name in made.facts} == {"rows", "seals", "annexes", "consolidation"}
    # What was written meanwhile is in neither the dump nor the facts.
    assert made.facts["rows portal_dutysign"] == 0
    assert sorted(DutySign.objects.values_list("place", flat=True)) == sorted(["meanwhile", machine()])
    verify(made, keys, beside)
    assert f"恢复后 {len(made.facts)} 项全部一致：{made.row_count} 行" in capsys.readouterr().out
    assert DutySign.objects.get(duty=Duty.VERIFICATION).detail["backup"] == made.folder.name
    with psycopg2.connect(beside) as emptied, emptied.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert cursor.fetchone() == (0,)


@served
def test_copy_that_is_not_true_and_a_place_that_is_not_empty_are_refused(made, keys, beside, tmp_path):
    with pytest.raises(CommandError, match="不是空的，不能恢复到这里"):
        call_command("restore", made.folder, identity=keys[1])
    assert Union.objects.count() == 2
    # a file of which a bit is other, or that is gone
    for name in (DATABASE, FILES):
        file, whole = made.folder / name, (made.folder / name).read_bytes()
        file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(BackupRefused, match=f"{name} 缺失或与备份时不同"):
            read_backup(made.folder)
        file.unlink()
        with pytest.raises(BackupRefused, match=f"{name} 缺失或与备份时不同"):
            read_backup(made.folder)
        file.write_bytes(whole)
    assert read_backup(made.folder) == made
    # another key
    age_keygen("--output", tmp_path / "other.txt")
    with pytest.raises(CommandError, match="age 没有成功：age: error: no identity matched any of the recipients"):
        verify(made, (None, tmp_path / "other.txt"), beside)
    # facts that are other than the copy's
    manifest = made.folder / MANIFEST
    said = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(said | {"facts": made.facts | {"rows portal_union": 3, "seals 2014": "0"}}))
    with pytest.raises(CommandError, match="rows portal_union：备份时 3，恢复后 2\nseals 2014：备份时 0，恢复后"):
        verify(made, keys, beside)
    sign = DutySign.objects.get(duty=Duty.VERIFICATION)
    assert (sign.done_at, sign.problem) == (None, "恢复出来的有 2 处与备份时不同")
    # a dump that breaks off
    with decrypting(made.folder / DATABASE, keys[1]) as content:
        whole = content.read()
    assert (whole[:5], b"PGDMP" in (made.folder / DATABASE).read_bytes()) == (b"PGDMP", False)
    encrypt_anew(made.folder / DATABASE, whole[: len(whole) // 2], keys[0])
    with pytest.raises(CommandError, match="pg_restore 没有成功"):
        verify(made, keys, beside)


@served
def test_files_come_along_without_the_keys_and_a_failure_leaves_no_folder(keys, tmp_path, monkeypatch, campaign):
    var, plain, secret = tmp_path / "var", tmp_path / "portal.env", tmp_path / "keys.env"
    (var / "media").mkdir(parents=True)
    (var / "staticfiles").mkdir()
    (var / "media" / "paper.pdf").write_bytes(b"%PDF")
    plain.write_text("ALLOWED_HOSTS=portal.example\n")
    secret.write_text("BLIND_INDEX_KEY=secret\n")
    monkeypatch.setattr(making, "VAR_DIR", var)
    monkeypatch.setattr(settings, "BACKUP_SETTINGS_FILES", [str(plain)])
    made = making.make_backup(tmp_path / "backups", keys[0], keep=1)
    with decrypting(made.folder / FILES, keys[1]) as content, tarfile.open(fileobj=content, mode="r|") as archive:
        names = [member.name for member in archive]
    assert names == ["var/media", "var/media/paper.pdf", "settings/portal.env"]
    did(Duty.BACKUP, size=1)
    monkeypatch.setattr(making, "_at_one_moment", lambda: "00000003-0000001B-1")
    with pytest.raises(CommandError, match="pg_dump 没有成功：pg_dump: "):
        call_command("backup", to=tmp_path / "backups", recipients=keys[0])
    assert list((tmp_path / "backups").iterdir()) == [made.folder]
    sign = DutySign.objects.get(duty=Duty.BACKUP)
    assert (sign.problem[:12], sign.done_at is None) == ("pg_dump 没有成功", False)


@pytest.mark.postgresql
@pytest.mark.django_db
def test_without_public_key_nothing_is_made(tmp_path, db):
    with pytest.raises(CommandError, match="没有公钥文件"):
        call_command("backup", to=tmp_path / "backups", recipients=tmp_path / "none")
    assert not (tmp_path / "backups").exists()


def test_newest_backups_stay_and_what_was_never_finished_goes(tmp_path):
    for name in ("portal-20260101-020000", "portal-20260102-020000", "portal-20260103-020000", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "portal-20260104-020000.unfinished").mkdir()
    assert [each.name for each in finished(tmp_path)][-1] == "portal-20260103-020000"
    assert forget_old(tmp_path, 2) == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "other",
        "portal-20260102-020000",
        "portal-20260103-020000",
    ]


@pytest.mark.django_db
def test_facts_differ_where_a_figure_does(campaign, district):
    before = all_facts(campaign.due_on)
    assert differences(before, before) == []
    hand_in(Report.objects.open(campaign, district), advanced_basic=3)
    named = {line.split("：")[0] for line in differences(before, all_facts(campaign.due_on))}
    assert {"rows reports_seal", "seals 2014"} <= named
    assert "annexes 2014" not in named  # nothing was recorded


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_backup_has_every_row_of_tables_that_are_locked(locked, made, keys, beside):
    """With the roles of before: the program asks for everything, and so does the proof."""
    assert open_tables() == []
    assert made.facts["rows reports_submission"] == 1
    verify(made, keys, beside)
