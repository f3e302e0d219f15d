"""What a model thought before it spoke: in tags, or in sentences that plan a caption.

A block between tags is thinking whatever it says. Without tags, a block at the start is when most of its sentences speak
of the task: of what is asked, of words to use, of the one who writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter.markup import skip_tokens
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.segments import Segment, segments, without, word_set

_NAME = (
    r"[\w:. -]{0,20}?(?:think|thought|reason|reflect|scratch|analy[sz]|deliberat|monolog|ponder|brainstorm|rationale|\bcot\b|chain"
    r"|draft|inner|internal|\bplan(?:ning)?\b|\bnotes?\b|memo|consider|musing|思考|推理|分析)[\w:. -]{0,20}?"
)
_OPENING = r"(?:<[|｜]?|\[|\{{1,2}|◁|【|⟨|«)"
_CLOSING = r"(?:[|｜]?>|\]|\}{1,2}|▷|】|⟩|»)"
_TAG = re.compile(
    rf"{_OPENING} ?(?P<slash>[/\\])? ?(?P<name>{_NAME}) ?(?P<end>/)? ?{_CLOSING}",
    re.I,
)
