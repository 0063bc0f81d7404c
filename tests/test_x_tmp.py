import pytest
from tests.workbook.sheets import *
from tests.workbook.conftest import *
@pytest.mark.parametrize("drop", [["金额(元)"],["来源"],["收款日期"],["来源","收款日期","金额(元)"],["来源","收款日期","工会编码"]])
def test_it(bring, book, drop):
    book=book.only("资金筹集")
    for d in drop: book=book.without("资金筹集", d)
    o=bring(book); print([ (e.column,e.reason) for e in o.errors])
def test_two(bring,tmp_path,district):
    from tests.access_rows import upload_in
    o=bring(CaseBook({"资金筹集":[{"业务编号":"a","出资方":"x"}]})); print(o.errors)
