"""From what a model said to one paragraph for a trainer: small rules, each with a reason code.

>>> clean("The video shows a man walking.").text
'A man is walking.'
"""

from recaption.postfilter.filtering import FLAGS, PostFilter
from recaption.postfilter.pipeline import RULES, SIGNS, Cleaned, clean
from recaption.postfilter.rule import Rule, Sign, replay

__all__ = ["FLAGS", "RULES", "SIGNS", "Cleaned", "PostFilter", "Rule", "Sign", "clean", "replay"]
