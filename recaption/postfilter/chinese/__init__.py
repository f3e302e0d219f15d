"""The rules for captions in Chinese, in simplified and traditional characters.

They have the codes of the English rules that they stand in for, and run where most letters of a text are Han.
"""

from recaption.postfilter.chinese.absence import ABSENCE
from recaption.postfilter.chinese.chatter import CHATTER
from recaption.postfilter.chinese.endings import CUT, FULL_STOP, SPACING, UNFINISHED
from recaption.postfilter.chinese.frames import FRAMES
from recaption.postfilter.chinese.languages import LANGUAGES
from recaption.postfilter.chinese.lead_ins import LEAD_INS
from recaption.postfilter.chinese.lines import BOLD_LABELS, LABELS, LISTS, PARAGRAPHS
from recaption.postfilter.chinese.mentions import MENTIONS
from recaption.postfilter.chinese.mojibake import MOJIBAKE
from recaption.postfilter.chinese.no_change import NO_CHANGE
from recaption.postfilter.chinese.opinions import HEDGE, OPINIONS
from recaption.postfilter.chinese.refusals import REFUSALS
from recaption.postfilter.chinese.repeats import LOOPS, REPEATED
from recaption.postfilter.chinese.script import is_chinese
from recaption.postfilter.chinese.thinking import THINKING

__all__ = [
    "ABSENCE",
    "BOLD_LABELS",
    "CHATTER",
    "CUT",
    "FRAMES",
    "FULL_STOP",
    "HEDGE",
    "LABELS",
    "LANGUAGES",
    "LEAD_INS",
    "LISTS",
    "LOOPS",
    "MENTIONS",
    "MOJIBAKE",
    "NO_CHANGE",
    "OPINIONS",
    "PARAGRAPHS",
    "REFUSALS",
    "REPEATED",
    "SPACING",
    "THINKING",
    "UNFINISHED",
    "is_chinese",
]
