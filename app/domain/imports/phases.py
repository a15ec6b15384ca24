"""What an import is at, in the words of the page that waits for it."""

from app.domain.core.enums import N_

READING = N_("读取文件")
JUDGING = N_("核对每一行")
WRITING = N_("写入")
DEADLINES = N_("计算时限")
