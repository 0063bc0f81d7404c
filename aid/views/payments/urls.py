"""Addresses of money: the ledger, batches and their files, coverage, the path of every fen."""

from django.urls import path

from aid.printouts import PAYMENT_VOUCHER, RECEIPT_LIST
from aid.records import BATCH_ITEM, CONTRIBUTION, PAYMENT_BATCH
from aid.views.payments import bank_layout, contribution, ledger
from aid.views.payments import batch as payment_batch
from aid.views.payments import files as payment_files
from aid.views.payments import items as payment_items
from aid.views.payments import overview as payment_overview
from aid.views.payments import path as payment_path
from portal.printouts.urls import printout_urls
from portal.records.urls import record_urls

urlpatterns = [
    *record_urls(CONTRIBUTION, detail=contribution.ContributionDetail),
    path("contributions/<int:pk>/confirm/", contribution.ContributionConfirm.as_view(), name="contribution_confirm"),
    path(
        "contributions/<int:pk>/vouchers/new/",
        contribution.ContributionVoucherAdd.as_view(),
        name="contribution_voucher_add",
    ),
    path("vouchers/<int:pk>/", contribution.ContributionVoucherShow.as_view(), name="contribution_voucher"),
    path(
        "vouchers/<int:pk>/remove/",
        contribution.ContributionVoucherRemove.as_view(),
        name="contribution_voucher_remove",
    ),
    path("ledger/", ledger.LedgerPage.as_view(), name="ledger"),
    path("ledger/proof/", ledger.LedgerProof.as_view(), name="ledger_proof"),
    path("ledger/export/", ledger.LedgerExport.as_view(), name="ledger_export"),
    path("batches/new/", payment_batch.BatchCreate.as_view(), name="paymentbatch_create"),
    *record_urls(PAYMENT_BATCH, list=payment_batch.BatchList, detail=payment_batch.BatchDetail),
    *record_urls(BATCH_ITEM, detail=payment_batch.BatchItemDetail),
    path("batches/<int:pk>/pick/", payment_items.BatchPick.as_view(), name="paymentbatch_pick"),
    path("batches/<int:pk>/items/", payment_items.BatchItems.as_view(), name="paymentbatch_items"),
    path("batches/<int:pk>/check/", payment_batch.BatchCheck.as_view(), name="paymentbatch_check"),
    path("batches/<int:pk>/release/", payment_batch.BatchRelease.as_view(), name="paymentbatch_release"),
    path("batches/<int:pk>/hand-over/", payment_batch.BatchHandOver.as_view(), name="paymentbatch_hand_over"),
    path("batches/<int:pk>/return/", payment_batch.BatchReturn.as_view(), name="paymentbatch_return"),
    path("batches/<int:pk>/cancel/", payment_batch.BatchCancel.as_view(), name="paymentbatch_cancel"),
    path("batches/<int:pk>/recall/", payment_batch.BatchRecall.as_view(), name="paymentbatch_recall"),
    path("batches/<int:pk>/reissue/", payment_batch.BatchReissue.as_view(), name="paymentbatch_reissue"),
    path("batches/<int:pk>/bank-file/", payment_files.BankFileMake.as_view(), name="paymentbatch_bank_file"),
    path("batches/<int:pk>/return-file/", payment_files.ReturnFileTake.as_view(), name="paymentbatch_return_file"),
    *printout_urls(RECEIPT_LIST),
    *printout_urls(PAYMENT_VOUCHER),
    path("batches/<int:pk>/sign/", payment_files.BatchSign.as_view(), name="paymentbatch_sign"),
    path("batches/<int:pk>/unsign/", payment_files.BatchUnsign.as_view(), name="paymentbatch_unsign"),
    path("disbursements/<int:pk>/sign/", payment_files.DisbursementSign.as_view(), name="disbursement_sign"),
    path("coverage/", payment_overview.CoveragePage.as_view(), name="coverage"),
    path("coverage/<int:year>/<slug:slug>/", payment_overview.CoverageCases.as_view(), name="coverage_cases"),
    path("coverage/<int:year>/<slug:slug>/export/", payment_overview.CoverageExport.as_view(), name="coverage_export"),
    path("payment-path/<int:year>/", payment_path.PathPage.as_view(), name="payment_path"),
    path("payment-path/<int:year>/export/", payment_path.PathExport.as_view(), name="payment_path_export"),
    path("bank-layouts/", bank_layout.BankLayoutList.as_view(), name="banklayout_list"),
    path("bank-layouts/export/", bank_layout.BankLayoutExport.as_view(), name="banklayout_export"),
    path("bank-layouts/new/", bank_layout.BankLayoutCreate.as_view(), name="banklayout_create"),
    path("bank-layouts/<int:pk>/", bank_layout.BankLayoutEdit.as_view(), name="banklayout_edit"),
]
