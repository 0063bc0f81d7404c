"""The code lists of Sunshine Employment that the city edits: words alone, as in aid/code_lists.py."""

from django.utils.translation import gettext_lazy as _

from employment.enums import CertificateLevel, Season
from portal.codes.declaration import CodeList

CODE_LISTS = (
    CodeList("certificate-level", _("职业资格证书等级"), CertificateLevel),
    CodeList("season", _("四季主题职场"), Season),
)
