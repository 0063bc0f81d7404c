"""The background jobs of the reports: the city's tables with every unit's, and everything handed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.utils.translation import gettext as _

from portal.access import Permission
from portal.documents.pdf import PdfUnavailableError
from portal.jobs.kinds import JobKind, JobRefused, Made
from portal.jobs.progress import Progress
from portal.models import Campaign, User
from reports.city.bundle import write_bundle
from reports.city.files import Source, city_file, described
from reports.models import Consolidation
from reports.render.formats import FORMATS
from reports.sealing.proving import Tampered

CITY_FILE, BUNDLE = "city_file", "bundle"
ZIP = "application/zip"


@contextmanager
def _refusing() -> Iterator[None]:
    """What this machine cannot make, or what is gone, is a refusal in words."""
    try:
        yield
    except (PdfUnavailableError, Tampered) as error:
        raise JobRefused(str(error)) from error
    except (Campaign.DoesNotExist, Consolidation.DoesNotExist) as error:
        raise JobRefused(_("要打印的汇总已不存在。")) from error


def city_title(year: int, kind: str, kept: int | None, live: bool, as_of: str) -> str:  # noqa: FBT001  as kept
    name = _("%(year)d 年度%(name)s和各单位统计表（%(kind)s）")
    return name % {"year": year, "name": Source(kept, live, as_of).name, "kind": kind}


def make_city_file(owner: User, file: BinaryIO, progress: Progress, *, year: int, kind: str, **source) -> Made:
    """The city's tables followed by those of every unit."""
    progress.begin(2)
    asked = Source(**source)
    with _refusing():
        city = asked.city(Campaign.objects.get(year=year))
        progress.step()
        file.write(city_file(city, owner.union, FORMATS[kind], with_units=True))
    name = f"{year}_{asked.name}_{city.cut_off:%Y%m%d}.{kind}"
    progress.step()
    return Made(name, FORMATS[kind].content_type, described(city, asked, name))


def bundle_title(year: int, with_pdf: bool) -> str:  # noqa: FBT001  as kept
    return (_("%d 年度全部报送材料（zip，含 PDF）") if with_pdf else _("%d 年度全部报送材料（zip）")) % year


def make_bundle(owner: User, file: BinaryIO, progress: Progress, *, year: int, with_pdf: bool) -> Made:
    """Everything handed in for a campaign."""
    with _refusing():
        campaign = Campaign.objects.get(year=year)
        city = write_bundle(campaign, owner.union, file, progress, with_pdf=with_pdf)
    name = _("%d_全部报送材料.zip") % year
    return Made(name, ZIP, described(city, Source(), name))


KINDS = (
    JobKind(CITY_FILE, Permission.EXPORT_CITY, city_title, make_city_file, is_repeatable=True),
    JobKind(BUNDLE, Permission.EXPORT_CITY, bundle_title, make_bundle, is_repeatable=True),
)
