"""How a model refuses: in the first person, by its rules, by what it is, or by the caption that there will not be.

The patterns are for one sentence with plain apostrophes and without its quotations. Every repetition in them is
bounded. "I" is told from other words by its capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.assistant import refusal_words as r
from recaption.postfilter.vocabulary import marked

FIRST_PERSON = re.compile(
    rf"(?<![\w.-])(?:I|[Ww]e)(?:,? (?:as|being) [^,]{{1,60}},)?(?:'m|'ve|'ll|'d|'re)? ?{r.ADVERBS}{r.I_REFUSE}"
)
"""What the model itself cannot, may not or will not do."""

_I = marked("I I'm I've I'd I'll we we're we've we'd we'll")
# By words of which one has to be in the sentence, whether capitals count, and the signs.
_GROUPS: tuple[tuple[frozenset[str], re.RegexFlag, tuple[str, ...]], ...] = (
    (
        _I,
        re.NOFLAG,
        (
            # what it says of the clip and of the caption, in any words
            r"\bI (?:[a-z']+ ){0,4}?(?:no|not|never|nothing|cannot|without)\b"
            rf" (?!{r.UNSURE})[^.;]{{0,60}}?\b(?:{r.MEDIA}|{r.CAPTION}|caption|(?:face|image|video) recognition)\b",
            r"\b(?:no way|no chance|not possible|impossible) (?:that |for )?I (?:can |could |will )?[a-z]+ ",
            r"\bI (?:can|may|could|am able to) (?:\w+ )?(?:offer|give|provide|supply|make|write|produce) no\b",
            r"\bas far as I (?:can|may|could) (?:go|get|take)\b",
            r"\bI(?:'ve| have|'m| am| was)? (?:been )?(?:trained|instructed|told|asked|programmed|designed|built"
            r"|required|supposed|taught|configured|set up|made|obliged|forced) to (?:avoid|decline|refuse|refrain"
            r"|withhold|skip|leave|reject|steer|keep|turn)",
            rf"{r.NOT}\b[^.;,]{{0,40}}? (?:that |which )?(?:I|we) ?(?:can|could|may|(?:am|'m) (?:able|allowed"
            r"|permitted)|have been|was given|want)\b",
            r"\b[Nn]othing (?:that )?I (?:can|could|have|was)\b",
            r"\b[Aa]ll (?:that )?I (?:can (?:offer|give|do|say) is|have (?:received|been given|got|is)|got|received"
            r"|was (?:given|sent|shown))\b",
            r"\b(?:as|being|(?:since |because )?I(?: am|'m))(?: (?:only|just|merely|simply|still"
            rf"|but)){{0,2}} {r.AI}\b.{{0,80}}?\b(?:I|my|me)\b",
            rf"(?<!\w)I(?: am|'m)(?: (?:only|just|merely|simply|still|but)){{0,2}} {r.AI}",
        ),
    ),
    (
        _I,
        re.I,
        (
            rf"\b{r.LIMITS} (?:(?:that|which|by which|under which) )?(?:I|we) (?:\w+ )?(?:follow|work|operate|adhere"
            r"|obey|am|must|have|go|act|answer|was|keep)",
            r"\b(?:against|beyond|outside|exceeds?|past) (?:of )?(?:what|anything|everything) (?:I|we)\b",
            rf"\b(?:something|anything|a thing|things|what|one) (?:that |which )?(?:I|we) (?:(?:\w+ )?{r.NO}|(?:do"
            r"|would|ca|wo|could|should)n't)\b",
        ),
    ),
    (
        marked("sorry afraid apologies pardon forgive excuse"),
        re.I,
        (
            rf"{r.OPENED}(?:(?:I|we)(?:'m|'re| am| are) (?:\w+ )?(?:sorry|afraid)\b|(?:(?:very|so|deeply|really"
            r"|terribly) )?sorry(?=[,!.:;—–-]| (?:but|about|for (?:the|any|that|this|not|being|my|having)|to|that|I"
            r"|the|this|we|no|cannot|can't|there|-|–|—)\b)|(?:(?:my|our|please accept (?:my"
            r"|our)) )?(?:\w+ ){0,2}apologies\b|pardon me|forgive me|please (?:forgive|excuse))",
        ),
    ),
    (
        marked("my our content safety usage use privacy"),
        re.I,
        (
            r"\b(?:my|our|the (?:content|safety|usage|use|privacy)) (?:[\w-]+"
            rf" ){{0,3}}{r.LIMITS}\b.{{0,80}}?\b{r.BARS}",
            rf"\b{r.BARS}\w* .{{0,60}}?\b(?:my|our) (?:[\w-]+ ){{0,3}}{r.LIMITS}\b",
            r"\bmy (?:\w+ )?(?:limitations?|limits|inability|restrictions)\b",
        ),
    ),
    (
        marked("me us"),
        re.I,
        (
            rf"\b{r.LIMITS} [^.;]{{0,40}}\b(?:to|for|on|over|govern\w*|bind\w*|guid\w*) me\b",
            r"\b[Oo]nly [^.;]{1,40} reach(?:ed|es)? me\b",
            rf"(?:{r.NO}|inappropriate|wrong|unethical|improper|forbidden|off limits|beyond|unsafe"
            r"|harmful)\b.{0,60} (?:for|of|by|to|with|from) me\b",
            r"\b(?:only|un\w{4,}(?:ed|able)|locked|closed|hidden|inaccessible|blocked|barred)\b.{0,40} (?:for|by"
            r"|to|from) me\b|\bbeyond me\b",
            r"\b(?:prevent|forbid|prohibit|stop|bar|keep|preclud|restrict|leav|hinder|requir)\w* me\b",
            rf"{r.NOT} (?:\w+ )?(?:allow|permit|let|enabl|give|grant)\w* me\b",
            rf"(?:{r.NOT}|\bfailed to) (?:\w+ )?reach(?:ed|es)? (?:me|us)\b",
        ),
    ),
    (
        marked("AI LLM assistant model system bot chatbot tool service network machine program based as being"),
        re.I,
        (
            rf"\b(?:me|my|I),? (?:as|being) {r.AI}",
            rf"\A(?:as|being) {r.AI}(?:[- ](?:model|assistant|system|program))?(?:, | (?:trained|created|developed"
            r"|made|built|without)\b)",
            rf"\b{r.SELF} (?:\w+ly )?(?:{r.CANNOT}|does not|doesn't|declines to|refuses to|is not (?:allowed"
            rf"|permitted) to|lacks) (?:\w+ ){{0,6}}?{r.SUBJECT}\b",
            rf"\bthe (?:\w+ )?model (?:does not|doesn't|{r.CANNOT}) (?:support|process|accept|handle|take|interpret"
            rf"|analy[sz]e) (?:\w+ ){{0,2}}?{r.MEDIA}",
        ),
    ),
    (
        marked("you your you've"),
        re.I,
        (
            r"\A(?:it (?:seems|looks|appears) (?:that |like )?)?you(?:'ve| have| did)?(?: not|n't) (?:yet )?(?:attach"
            r"|upload|provid|shar|sen[dt]|includ|suppl|link|giv|past)\w*",
            rf"\b(?:{r.NO}|{r.BROKEN})\b.{{0,80}}?\byou(?:'ve)? (?:have )?(?:\w+ly )?{r.SENT}\b",
            rf"\byou(?:'ve)? (?:have )?(?:\w+ly )?{r.SENT}\b.{{0,80}}?(?:\b(?:{r.NO}|{r.BROKEN})|n't)\b",
            rf"\byour (?:\w+ ){{0,2}}(?:{r.ASKED}|{r.MEDIA}|message|upload)\b.{{0,80}}?(?:\b(?:{r.NO}|{r.BROKEN})"
            r"|n't)\b",
            rf"(?:\b(?:{r.NO}|decline\w*|refuse\w*)|n't)\b.{{0,60}}?\byour (?:\w+ ){{0,2}}(?:{r.ASKED}|{r.MEDIA}"
            r"|message)\b",
        ),
    ),
    (
        r.ABOUT,
        re.I,
        (
            # the caption that there will not be, and the clip that did not come
            rf"{r.OPENED}(?:[^,]{{1,60}}, )?no (?:\w+ ){{0,2}}(?:{r.CAPTION} (?:can|could|will|may)|(?:captions?"
            r"|descriptions?|summary) (?:is|was|has|of|for|available|possible))\b",
            rf"\b{r.THIS} (?:\w+ ){{0,2}}(?:{r.CAPTION}|{r.ASKED}) (?:of [^,.]{{1,40}}"
            rf" )?{r.CANNOT} (?:\w+ly )?be {r.DESCRIBED}",
            rf"{r.OPENED}{r.THIS} (?:\w+ ){{0,2}}?{r.MEDIA} (?:[^,;]{{1,60}} )?{r.CANNOT} (?:\w+ly )?be {r.DESCRIBED}",
            r"\A[^,]{0,60}\b(?:it|this|that)(?: is|'s| was| would be| is simply| seems"
            rf"| remains) (?:\w+ly )?{r.WRONG}\b.{{0,40}}? to {r.DESCRIBE}\b (?!\w+ (?:whether|if)|whether|if|how"
            rf"|apart)(?:.{{0,60}}?\b)?(?:{r.SUBJECT}|you)\b",
            rf"\b{r.THIS} (?:\w+ ){{0,2}}(?:captions?|descriptions?) (?:of [^,.]{{1,40}} )?(?:is|are|remains?"
            r"|would be) (?:\w+ )?(?:out of (?:the question|reach|my reach)|not (?:possible|available|allowed"
            r"|permitted)|impossible|beyond|off the table)",
            rf"{r.OPENED}{r.DESCRIBING} (?:.{{0,100}}? )?(?:is|are|isn't|aren't|lies|falls|goes|would|cannot"
            r"|can't) .{0,40}?(?:\b(?:not|impossible|beyond|outside|against|off limits|forbidden|inappropriate"
            r"|cannot|violate|unavailable|prohibited)|n't)\b",
            rf"\A(?:.{{0,30}}\b)?{r.SUBJECT} (?:is |are |was )?(?:unavailable|denied|refused|withheld|blocked|rejected"
            r"|declined|unsupported|cannot be (?:shown|displayed)|not (?:possible|available|supported))\b",
            rf"\A(?:.{{0,20}}: ?)?unable to {r.DESCRIBE}\b[^,]*?\b{r.SUBJECT}\b[^,]*\Z",
            rf"\A(?:cannot|can't|can not|could not) {r.DESCRIBE}\b",
            r"\A(?:error|warning|notice|sorry)\b.{0,60}\b(?:cannot|could not|unable|failed|not|unavailable)\b",
            rf"\b(?:no|without (?:an?|any)) (?:\w+ )?{r.MEDIA} (?:(?:was|were|has been|have been|is|are|(?:seems"
            r"|appears) to (?:be|have been)) )?(?:attached|provided|uploaded|included|received|shared|supplied|sent"
            r"|accessible|linked|submitted|arrived|came)\b",
            rf"{r.OPENED}(?:it (?:seems|looks|appears) (?:that |like |as if |as though )?)?(?:the|your|that"
            rf"|this) (?:\w+ )??{r.MEDIA} (?:file |clip )?(?:did not|didn't|has not|hasn't|failed to|have not"
            r"|haven't) (?:\w+ ){0,2}?(?:load|upload|open|come|arriv|reach|go|transfer|attach|been|get|got|made?"
            r"|start|play|process)",
            r"\b(?:missing|absent) from (?:your|the|this) (?:message|request|prompt|upload|conversation|chat)\b",
            rf"\A(?:the format of )?(?:the |this |your )?{r.MEDIA} (?:input|format|files?|content|formats"
            r"|inputs)?(?: of \w+)? ?(?:is|are) not supported\b",
        ),
    ),
)
_SIGNS = (
    (_I, (FIRST_PERSON,)),
    *((words, tuple(re.compile(sign, flags) for sign in signs)) for words, flags, signs in _GROUPS),
)


def signs(words: frozenset[str]) -> Iterator[re.Pattern[str]]:
    """The signs that a sentence with these words can have."""
    for needed, patterns in _SIGNS:
        if not needed.isdisjoint(words):
            yield from patterns


SAYS = re.compile(
    r"\b(?:says|said|reads|sings|tells|shouts|asks|whispers|writes|replies|mouths|announces|types|lettering|titled"
    r"|called|words)\b"
)
"""Before a sign, it is somebody in the scene who speaks, or something written there."""

GOODBYE = re.compile(
    r"(?:if|should you|let me know|tell me if|feel free|(?:please )?(?:don't|do not) hesitate|please (?:let|feel)"
    r"|would you|note|i hope|happy to|glad to)\b",
    re.I,
)
"""A good-bye to the user; of the signs, only the first person makes it a refusal."""
