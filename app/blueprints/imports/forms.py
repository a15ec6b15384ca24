"""The forms of an import."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired

from app.domain.imports.engine import KINDS
from app.web.forms import HouseForm
from app.web.i18n import gettext


class UploadForm(HouseForm):
    """Which file, and what is in it."""

    kind = RadioField(_l("文件里是什么"), validators=[InputRequired(_l("请选择文件里是什么。"))])
    file = FileField(
        _l("文件"),
        validators=[FileRequired(_l("请选择文件。"))],
        description=_l("xlsx、xls 或 csv，读第一张工作表。"),
        render_kw={"accept": ".xlsx,.xls,.csv"},
    )
    create = BooleanField(
        _l("新建文件里出现的名称"),
        description=_l("人员、区域、部门、施工队和分类还没有的，一并新建。不勾选时，没有的名称算这一行的错。"),
    )
    encoding = SelectField(_l("CSV 的文字编码"), description=_l("预览里出现乱码时再改。"))

    def offer(self) -> None:
        """The kinds and encodings, in the page's language."""
        self.kind.choices = [(code, gettext(kind.label)) for code, kind in KINDS.items()]
        self.encoding.choices = [("", gettext("自动")), ("utf-8", "UTF-8"), ("gb18030", "GB18030")]


class AgreementForm(HouseForm):
    """Do what the preview says. `seen` is the digest of the preview that was agreed to; without it: only look."""

    seen = HiddenField()
