"""Everything sealed moves to the key in front: of every table, over kills, beside those who write, and unread."""

import ast
import io
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.db import DatabaseError, ProgrammingError, transaction

from aid.models import Household, PayeeLine, Person
from portal import fields
from portal.enums import JobState
from portal.evidence.sealing import seal_added
from portal.evidence.verifying import faults
from portal.models import AuditEntry, Job, UnitChange
from portal.models.append_only import REFUSAL, lifted
from portal.operating import reencrypting
from portal.operating.reencrypting import reencrypt
from portal.operating.sealed import UNKNOWN, keys_needed, passing_keys, sealed_columns
from reports.models import FrozenFile
from tests.builders import one_of_each
from tests.dump import dumped
from tests.filling import fill, rolled_back

pytestmark = pytest.mark.django_db

ROOT = Path(project.BASE_DIR)
OLD_KEY, NEW_KEY = "t1", "t2"
OLD, NEW = "t1:", "t2:"  # what is bound to its table
# Where something is sealed that stands in no encrypted field, and what becomes of it: `passing_keys` counts them.
SEALED_ELSEWHERE = {
    ("portal/jobs/starting.py", "start"): "counted while the job is under way; nobody opens it later",
    ("portal/records/lists/left.py", "leave"): "counted; ends with the session, and opens as ''",
    (
        "portal/web/kept_forms.py",
        "_keep_typed",
    ): "counted; ends with the session, and is not given back",
}


@pytest.fixture
def write_with(settings):
    def change(key_id):
        settings.FIELD_ENCRYPTION_KEY_ID = key_id

    return change


@pytest.fixture
def filled(write_with):
    """Two rows of every table with sealed values, under the old key; the new one is in front now."""
    with rolled_back():
        write_with(OLD_KEY)
        fill(1)
        fill(2)
        write_with(NEW_KEY)
        yield


@pytest.fixture
def stored(grassroots, write_with):
    write_with(OLD_KEY)
    made = one_of_each(grassroots)
    write_with(NEW_KEY)
    return made


def moved() -> Counter:
    return Counter({told.table: told.rows for told in reencrypt()})


def ciphertexts() -> dict[str, list[str]]:
    """What stands in every sealed column, as it is stored."""
    told = {column.name for columns in sealed_columns().values() for column in columns}
    found: dict[str, list[str]] = {}
    for name, value in dumped():
        if name in told and value:
            found.setdefault(name, []).append(value)
    return found


def contents(column) -> list[tuple]:
    return list(column.model._base_manager.order_by("pk").values_list("pk", column.field.name))


def test_every_sealed_column_of_every_table_is_moved_and_reads_the_same(filled):
    columns = [column for each in sealed_columns().values() for column in each]
    before = {column: contents(column) for column in columns}
    assert len(columns) > 60
    assert {column.name for column in columns} == keys_needed().keys()
    assert all(keys == Counter({OLD: 2}) for keys in keys_needed().values())
    assert set(moved().values()) == {2}
    assert not [name for name, value in dumped() if value.startswith(OLD)]
    assert all(keys == Counter({NEW: 2}) for keys in keys_needed().values())
    for column, values in before.items():
        assert contents(column) == values


def test_nothing_is_moved_twice(filled):
    assert moved()
    before = ciphertexts()
    assert not moved()
    assert ciphertexts() == before


def test_who_is_stopped_starts_again_where_it_stood(filled, monkeypatch):
    monkeypatch.setattr(reencrypting, "BLOCK", 1)
    going = reencrypt()
    for _blocks in range(9):
        next(going)
    going.close()
    done = {value for values in ciphertexts().values() for value in values if value.startswith(NEW)}
    assert done
    assert sum(keys[OLD] for keys in keys_needed().values()) > 0
    assert moved()
    assert sum(keys[OLD] for keys in keys_needed().values()) == 0
    assert done <= {value for values in ciphertexts().values() for value in values}


def test_what_somebody_saves_meanwhile_is_kept(stored, monkeypatch):
    home, plain = stored["household"], fields.EncryptedTextField.resealed

    def saved_meanwhile(field, value):
        if field.name == "cause":
            Household.objects.filter(pk=home.pk).update(cause="后来写的")
        return plain(field, value)

    monkeypatch.setattr(fields.EncryptedTextField, "resealed", saved_meanwhile)
    told = moved()
    assert told["aid_household"] == 0
    assert Household.objects.get(pk=home.pk).cause == "后来写的"
    monkeypatch.undo()
    moved()
    assert OLD not in keys_needed()["aid_household.cause"]


def test_no_version_no_revision_and_no_line_in_the_log(stored):
    def told():
        home = Household.objects.get(pk=stored["household"].pk)
        return (
            home.version,
            home.updated_at,
            Household.history.count(),
            AuditEntry.objects.count(),
            UnitChange.objects.count(),
        )

    before = told()
    assert moved()["aid_household"]
    assert told() == before


def test_a_table_that_only_grows_refuses_again_afterwards(filled):
    moved()
    for rows in (PayeeLine.objects.all(), FrozenFile.objects.all()):
        for write in (lambda rows: rows.update(id=77), lambda rows: rows._raw_delete("default")):
            with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
                write(rows)


def test_who_is_killed_inside_a_block_leaves_the_refusal(filled):
    def killed():
        with transaction.atomic(), lifted("aid_payeeline"):
            PayeeLine.objects.update(name="改")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        PayeeLine.objects.update(name="改")
    assert not PayeeLine.objects.filter(name="改").exists()


def test_who_does_not_own_the_table_is_told_and_moves_the_rest(filled, monkeypatch):
    @contextmanager
    def not_owner(table):
        raise ProgrammingError(table)
        yield

    monkeypatch.setattr(reencrypting, "lifted", not_owner)
    refused = {told.table for told in reencrypt() if told.refused}
    assert refused == {"aid_payeeline", "reports_frozenfile"}
    left = {name for name, keys in keys_needed().items() if keys[OLD]}
    assert left == {"aid_payeeline.card", "reports_frozenfile.content"}


def test_values_of_a_key_that_is_gone_are_told_and_left_alone(stored, settings):
    before = ciphertexts()
    settings.FIELD_ENCRYPTION_KEYS = {NEW_KEY: settings.FIELD_ENCRYPTION_KEYS[NEW_KEY]}
    fields._cipher.cache_clear()
    told = {each.table: each for each in reencrypt()}
    fields._cipher.cache_clear()
    assert told["aid_person"].unopened == Person.objects.count()
    assert told["aid_person"].rows == 0
    assert keys_needed()["aid_person.id_number"] == Counter({UNKNOWN: Person.objects.count()})
    assert ciphertexts() == before


def run(*options):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("reencrypt", *options, stdout=out, stderr=err)
    except SystemExit as ended:
        return ended.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_command_counts_moves_and_tells_when_the_old_key_can_go(stored):
    count = Person.objects.count()
    code, told, _problems = run("--count")
    assert code == 1
    assert f"aid_person.id_number：{count} 个值还要用 t1" in told
    code, told, problems = run()
    assert (code, problems) == (0, "")
    assert f"aid_person：换好 {count} 行" in told
    assert "全部内容只用 t2，没有旧格式：其他密钥可以删去" in told
    assert stored["household"].bank_card not in told
    assert run("--count")[0] == 0


def test_sessions_and_jobs_under_way_are_counted(stored, clerk, client_of, write_with):
    write_with(OLD_KEY)
    client_of(clerk).get("/households/?q=曾")
    Job.objects.create(owner=clerk, kind="list_file", arguments={"sealed": fields.encrypt("q=曾", "list_file")})
    write_with(NEW_KEY)
    assert passing_keys()[OLD_KEY] == 2
    Job.objects.update(state=JobState.DONE)
    assert passing_keys()[OLD_KEY] == 1


def test_every_place_that_seals_is_known():
    found = set()
    for floor in ("portal", "aid", "employment", "reports"):
        for path in (ROOT / floor).rglob("*.py"):
            if "migrations" not in path.parts and path.name != "fields.py":
                tree = ast.parse(path.read_text())
                found |= {(str(path.relative_to(ROOT)), name) for name in sealing_functions(tree)}
    assert found == SEALED_ELSEWHERE.keys()


def sealing_functions(tree: ast.Module) -> set[str]:
    """The functions of a file that call what they import from `portal.fields` to seal something."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "portal.fields"]
    sealing = {alias.name for node in imports for alias in node.names} & {"encrypt", "seal"}
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    called = {each.name: [node.func for node in ast.walk(each) if isinstance(node, ast.Call)] for each in functions}
    return {name for name, calls in called.items() if sealing & {getattr(call, "id", "") for call in calls}}


def test_evidence_and_what_was_handed_in_are_proved_as_before(filled):
    seal_added()
    assert not list(faults())
    moved()
    assert not list(faults())
