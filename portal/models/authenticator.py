"""动态口令: the authenticator on a person's telephone."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin, TimestampMixin
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from portal.fields import EncryptedTextField


class Authenticator(TimestampMixin, ThrottlingMixin, Device):
    """django-otp's TOTP device (RFC 6238: six digits, thirty seconds) whose secret is encrypted at rest.

    The library's own table keeps it in clear: who read a backup could make every code. What is done with the secret
    stays the library's.
    """

    objects: ClassVar[models.Manager["Authenticator"]]  # the library brings no types

    key = EncryptedTextField(_("密钥"), default=default_key)
    step = models.PositiveSmallIntegerField(_("步长(秒)"), default=30)
    t0 = models.BigIntegerField(_("起始时间"), default=0)
    digits = models.PositiveSmallIntegerField(_("位数"), default=6)
    tolerance = models.PositiveSmallIntegerField(_("容许偏差(步)"), default=1)
    drift = models.SmallIntegerField(_("时钟偏差(步)"), default=0)
    last_t = models.BigIntegerField(_("最近用过的一步"), default=-1)

    bin_key = TOTPDevice.bin_key
    config_url = TOTPDevice.config_url
    verify_token = TOTPDevice.verify_token
    get_throttle_factor = TOTPDevice.get_throttle_factor
    _read_str_from_settings = TOTPDevice._read_str_from_settings

    class Meta(Device.Meta):
        verbose_name = _("动态口令")
        verbose_name_plural = _("动态口令")
