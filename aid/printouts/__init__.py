"""The sheets of Golden Autumn that people sign: one module for each."""

from aid.printouts.application import APPLICATION_FORM
from aid.printouts.archive import ARCHIVE_FORM
from aid.printouts.letter import LETTER_OF_THANKS
from aid.printouts.notice import NOTICE_SHEET
from aid.printouts.receipt import RECEIPT_LIST
from aid.printouts.visit import HOME_VISIT_FORM
from aid.printouts.voucher import PAYMENT_VOUCHER

KINDS = (
    ARCHIVE_FORM,
    HOME_VISIT_FORM,
    APPLICATION_FORM,
    NOTICE_SHEET,
    RECEIPT_LIST,
    PAYMENT_VOUCHER,
    LETTER_OF_THANKS,
)
