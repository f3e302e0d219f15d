"""How captions name the frames that the model was shown, as patterns."""

from __future__ import annotations

import re

from recaption.postfilter.film import talk
from recaption.postfilter.film import words as f

_NUMBER = rf"(?:\d{{1,4}}|{talk.either(f.FRAME_NUMBERS)})"
_NUMBERS = (
    rf"(?:no\. |number |#)?{_NUMBER}(?:(?:,? and|,? or|,| to|–|-| through) (?:(?:frame|image) )?{_NUMBER}){{0,6}}"
)
_NOUN = rf"(?:video frames?|{talk.either(f.FRAMES)}|images?|pictures?|snapshots?|photos?)"
_COUNTED = (
    rf"(?:{talk.either(f.COUNTED | f.SAMPLED)}|\d{{1,3}}(?:st|nd|rd|th)),? "
    r"(?:(?:and|or) (?:the )?|of (?:the |these |those )?)?"
)
_SET_OF = (
    r"(?:couple|handful|series|set|sequence|pair|group|run|number|majority|rest|half|batch) of (?:the |these |those )?"
)
FRAMES = (
    rf"(?:(?:the|an?|each|every|both) (?:{_COUNTED}){{0,2}}{_SET_OF}(?:{_COUNTED}){{0,3}}{_NOUN}"
    rf"|the {_NOUN} (?:marked|labell?ed|stamped|timed|numbered) [\"“]?\d[\d.:]{{0,7}}[\"”]?(?: s\b| sec\b| seconds?)?"
    r"|(?:all but )?(?:(?:an?|the|this|that|these|those|all|both|each|every|any"
    rf"|its) )?(?:of the )?(?:{_COUNTED}){{1,5}}(?:video )?{_NOUN}"
    rf"|(?:all|both|most|half) (?:of )?(?:the|these|those) {_NOUN}"
    r"|(?:this|that) (?:frame|keyframe|still|screenshot)"
    rf"|{_NOUN} {_NUMBERS}|one (?:frame|image|picture|still) to (?:the next|another)"
    r"|(?:frame|image|picture) to (?:frame|image|picture)|(?:the )?(?:frames|stills|keyframes|screenshots)"
    rf"|the {_NOUN} (?:at|on|in|to) the (?:very |far )?(?:top|bottom|left|right|middle|cent(?:er|re)|end|start)"
    r"(?:[- ](?:left|right))?"
    rf"|the {_NOUN} (?:shown|taken|captured|given|placed) (?:last|first|next|later|earlier|before|after)"
    rf"|the {_NOUN} (?:before|after)(?: (?:it|this|that)(?: one)?)?|the (?:new|current) (?:frame|image|picture)"
    r"|(?:the |this )?(?:frame|image|picture|photo) (?:sequence|series|set|grid|strip)"
    rf"|(?:both|either) the (?:{_COUNTED}){{1,6}}{_NOUN})(?: only| alone| onwards?| on(?=[.,;:)]| and\b))?"
    rf"(?: (?:and|(?:up )?to|through) (?:the |frame |image )?(?:{_NUMBER}|{talk.either(f.COUNTED)})(?: {_NOUN})?)?"
    r"(?: (?:that|which) (?:follows?|precedes?|remains?|comes? (?:next|before|after|later|last|first)))?"
    r"(?: (?:but|except) the (?:very )?(?:first|second|last|final)(?: (?:one|two))?(?=[.,;:]| and\b))?"
)
"""A noun phrase that names some of the frames."""

_AT = (
    r"(?:in|on|across|between|throughout|during|by|from|at|within|over|until|of|to|with|after|before|since|around|for"
    r"|up (?:to|until)|as (?:of|from)|(?:starting|beginning) (?:with|from|in))"
    r"(?: what (?:is|must be|would be|looks like|appears to be|seems to be))?(?: (?:just|only|exactly|almost|nearly"
    r"|at least|about))?"
)
_THAN = (
    r"(?:(?:as )?compared (?:to|with)|relative to|unlike(?: in)?|in contrast (?:to|with)|in comparison (?:to|with)"
    r"|than (?:in|on)|as (?:in|on)|as against|as opposed to|versus)"
)
_SEEN = (
    r"(?:(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bbe )(?<!\bbest )(?<!\bfirst )(?<!\blast )(?:as )?(?:seen|shown|visible)"
    r"|only|also) "
)
_IMAGES = r"(?:frames|images|pictures|stills|keyframes|snapshots|screenshots)"
CUTS = re.compile(
    rf" (?:{_THAN}|(?:{_SEEN}){{0,2}}{_AT}) {FRAMES}(?![\w-])"
    r"| (?:from )?(?:frame|image|picture)[ -](?:by|after)[ -](?:frame|image|picture)(?!\w)"
    rf"| (?:an?|some|several|a few|{_NUMBER}) {_NOUN} (?P<later>later|earlier)(?!\w)"
    r"| (?:(?:one|two|once|twice) )?per (?:frame|still|image|picture)(?!\w)"
    rf"| (?:as|until|till|before|when|once|by the time) (?:we|you|one) (?:reach|get to|come to|arrive at|look at"
    rf"|see|meet)(?:es|s)? {FRAMES}"
    r"(?![\w-])"
    rf"| (?:as|while|until|before|when|once) (?:the|these|all|all the) {_IMAGES} [a-z ]{{2,40}}(?=[,.;)])",
    re.I,
)
HUNG_ON = re.compile(
    r" (?:in|at|on|by|for|over|during|within|throughout|across|from|until|through) (?:the|an?) (?:\w+ )?"
    rf"{talk.either(f.PARTS | {'majority', 'set', 'series', 'arrival', 'space', 'stage', 'gap'})}\Z",
    re.I,
)
LEADING = re.compile(
    r" (?:shortly|just|(?<!\bthe )right|somewhere|soon|immediately|already|only|even|except|exactly|precisely)\Z", re.I
)
"""What stands in front of a mention and goes with it."""

SOME_OF = re.compile(
    r"\b(?:none|neither|one|two|three|some|most|all|many|few|each|several|both|any|either|half|number|rest|first|last"
    r"|next|second|third|fourth|fifth|other|others|majority|pair)\Z",
    re.I,
)
ANY = re.compile(rf"\b{_NOUN}\b", re.I)

DIFFERS = re.compile(
    r"(?:[^,.:;]{3,90}?) (?:differs?|deviates?|departs?|is different|stands? out)(?: [\w'’-]+){0,8}?"
    r" (?:in that|because|as|since) (?=\S)",
    re.I,
)
IT_IS_IN = re.compile(
    r"it (?:is|was) (?:only |not until |first )?[^,.:;]{3,60}? that (?=\S)"
    r"|it (?:takes|is|was) (?:not )?(?:until|till) [^,.:;]{3,50}? (?:that|before|for|until) (?=\S)",
    re.I,
)
INVERTING = re.compile(r"(?:not|only) ", re.I)
CONTRAST = re.compile(
    r"[;,] (?:and |but |while )?in the (?:second|third|next|last|other|following|former|latter)\b[, ]"
)
ELLIPSIS = re.compile(
    rf" (?P<than>than )?in the {talk.either(f.ORDERS)}(?: (?:one|two))?(?=[,.;]| and\b| but\b|\Z)", re.I
)
SHOWN_CLAUSE = re.compile(
    r"(?:, (?:and|but|while|until|before|then|and then)|;) "
    rf"(?=(?:the|this|another|one|an?) (?:\w+ ){{0,4}}{_NOUN} |{_NOUN} {_NUMBER} )",
    re.I,
)
WHERE = re.compile(
    r"[^,.:;]{3,70}, (?:where|in which|on which|when) (?=(?:the|an?|his|her|their|its|he|she|it|they|two|three)\b)",
    re.I,
)
_CONTRASTED = r"(?:(?:and|but|then|finally|lastly|meanwhile|(?:by|in) contrast|afterwards),? )?"
_ORDINAL = rf"the (?:{talk.either(f.ORDERS)}|other|left|right)"
IN_ORDINAL = re.compile(
    rf"{_CONTRASTED}(?:in|on|by|at|from) (?:(?:{_ORDINAL}|this|another)(?: (?:one|two|three))?"
    r"|the one (?:before|after)(?: (?:it|this|that))?), (?=\w)"
    rf"|{_CONTRASTED}(?:in|on|by|at|from) {_ORDINAL} one (?=(?:an?|the|his|her|their|its|he|she|it|they)\b)",
    re.I,
)
ORDINAL_SHOWS = re.compile(
    rf"{_CONTRASTED}(?P<which>{_ORDINAL}(?: (?:and|two|three)(?: {talk.either(f.ORDERS)})?)?)(?: ones?)? (?:then "
    rf"|also |now )?"
    r"(?:shows?|depicts?|captures?|features?|ha(?:s|ve)|presents?|adds?|holds?|finds?|reveals?|records?"
    r"|displays?) (?=\w)",
    re.I,
)
CLAUSE = re.compile(
    r"(?:, (?:and|but|while|then)|;) (?:an?|the|two|three|his|her|their|its|he|she|it|they|another|one)\b"
    r"|, (?:and|but|while)\Z|, (?:and |then |and then )?[a-z]{3,}s\b| and (?:then )?[a-z]{3,}s (?:an?|the|his|her"
    r"|their|its|at|in|on|to|off|up|down|out"
    r"|over|into)\b"
)
TIMES = (
    (re.compile(r" (?:in|on|at) .*\b(?:first|initial|opening|earlier|earliest)\b"), " at first"),
    (re.compile(r" (?:in|on|at) .*\b(?:last|final|closing)\b"), " at the end"),
    (re.compile(r" (?:in|on|at) .*\b(?:second|third|next|following|later|subsequent)\b"), " later"),
)
