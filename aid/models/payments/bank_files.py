"""What goes to the bank and comes back: how a bank wants its files, and the return files that were read."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.models.payments.batch import PaymentBatch
from portal.fields import EncryptedBinaryField
from portal.models import UnionOwned


class BankLayout(models.Model):
    """银行文件格式: the columns of a bank's .xlsx, the cells above them, and the words of its return file.

    `columns` are pairs of a heading and one of `aid.payments.bank.layouts.VALUES`, or a constant; `head` are pairs of
    a cell and its text, in which {sum}, {count} and {title} stand for what they say. The headings stand right above
    `first_row`.
    """

    name = models.CharField(_("格式名称"), max_length=50, unique=True)
    columns = models.JSONField(_("列"))
    head = models.JSONField(_("表头单元格"), default=list, blank=True)
    first_row = models.PositiveSmallIntegerField(_("明细从第几行开始"), default=2)
    result_heading = models.CharField(_("回盘结果列"), max_length=20, default="处理结果")
    reason_heading = models.CharField(_("回盘原因列"), max_length=20, default="失败原因")
    paid_words = models.CharField(_("表示成功的词"), max_length=100, default="成功、交易成功、处理成功")
    failed_words = models.CharField(_("表示失败的词"), max_length=100, default="失败、交易失败、处理失败")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("银行文件格式")
        verbose_name_plural = _("银行文件格式")
        ordering = ["pk"]

    def __str__(self):
        return self.name


class ReturnFile(UnionOwned):
    """回盘文件: a bank's answer to a batch, read once."""

    batch = models.ForeignKey(
        PaymentBatch, on_delete=models.PROTECT, related_name="return_files", verbose_name=_("发放批次")
    )
    digest = models.CharField(max_length=64)
    file_name = models.CharField(_("文件名"), max_length=200)
    content = EncryptedBinaryField()
    paid = models.PositiveIntegerField(_("成功笔数"))
    failed = models.PositiveIntegerField(_("失败笔数"))
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("读入人")
    )
    read_at = models.DateTimeField(_("读入时间"), auto_now_add=True)

    class Meta(UnionOwned.Meta):
        verbose_name = _("回盘文件")
        verbose_name_plural = _("回盘文件")
        ordering = ["-read_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "digest"],
                name="returnfile_read_once",
                violation_error_message=_("这份回盘文件已经读过。"),
            ),
        ]

    def __str__(self):
        return self.file_name
