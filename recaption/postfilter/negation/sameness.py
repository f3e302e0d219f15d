"""How captions say that something is as it was, or that nothing happened.

The patterns are for lower-case text with plain apostrophes, and every repetition in them is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.negation import sameness_words as s
from recaption.postfilter.vocabulary import marked

_GROUPS = (
    (
        (s.NOT_WORDS, s.CHANGE_WORDS | s.EVENT_WORDS),
        (
            rf"\b{s.DO_NOT} {s.ADVERB}(?:been )?(?:{s.CHANGES}\b(?: {s.ASPECT}\b)?|{s.MOVED}\b)",
            rf"\bnever {s.ADVERB}{s.CHANGES}\b(?: {s.ASPECT}\b)?",
            rf"\b(?:ha[sd]|have|is|are) yet to {s.CHANGES}\b",
            rf"\b{s.DO_NOT} {s.ADVERB}(?:move (?:away )?(?:from|out of) (?:its|their) (?:place|spot|position)s?"
            r"|do anything (?:new|different)|(?:look|seem|appear|become|get|feel|turn)s? (?:any "
            r"|in any way )?(?:different|changed|altered)|become (?:another|other ones?|any other)|(?:take on|adopt"
            r"|assume|gain|acquire|show|have|get|present) (?:an?|any) (?:different|new) [a-z]+)\b",
            rf"\bneither {s.ADVERB}(?:(?:{s.CHANGES}|{s.MOVED}) nor [a-z]+|[a-z]+ nor (?:{s.CHANGES}|{s.MOVED}))\b",
            r"\bthere(?:'s| is| are| was| were| has been| have been| (?:appears?|seems?) to (?:be|have been)"
            rf"| can be seen) ?{s.ADVERB}{s.NO} {s.KIND}{s.EVENT}\b(?: {s.SEEN})?",
            rf"\bthere(?: is|'s) (?:an?|the) (?:\w+ )?(?:lack|absence) of {s.KIND}{s.EVENT}\b",
            rf"\b(?:{s.SHOW} {s.ADVERB}{s.NO} {s.KIND}{s.CHANGE}|(?:gives?|brings?|offers?|adds?|provides?"
            r"|yields?) no new [a-z]+)\b",
            rf"\b{s.DO_NOT} {s.ADVERB}{s.SHOW} (?:any|an?|the (?:slightest|least)|much) {s.KIND}{s.CHANGE}\b",
            rf"\b(?:{s.GO_ON}|remains?|stays?|passe?s?|keeps? on|{s.BE}) (?:\w+ )?(?:without|free of|free from"
            rf"|not subject to) {s.KIND}{s.CHANGE}\b",
            rf"\A(?:[^,]{{1,60}},? )??{s.NO} {s.KIND}{s.EVENT}\b{s.WHERE}??(?: {s.SEEN}\b|\Z)",
        ),
    ),
    (
        (s.NOT_WORDS, s.HAPPEN_WORDS | s.BEFORE_WORDS),
        (
            rf"\b{s.NOTHING}{s.WHERE}?? {s.ADVERB}(?:{s.HAPPENS}|{s.SEEN})\b",
            rf"\b{s.NO_PART} {s.ADVERB}{s.HAPPENS}\b(?: {s.ASPECT}\b)?",
            r"\bthere(?:'s| is| was| has been) nothing (?:new|different|else|further|more|special|changed|changing"
            r"|going on|happening|of note|to (?:report|add|note))\b(?: to (?:see|report|note|tell|add|notice"
            r"|observe))?",
            rf"\bthere(?:'s| is| was) nothing(?: \w+)? that (?:has|is|was|had) {s.ADVERB}(?:different|new|changed"
            r"|altered|moved)\b",
            rf"\b{s.SHOW} {s.ADVERB}nothing (?:that is |which is )?(?:new|different|further|else)\b",
        ),
    ),
    (
        (s.SAME_WORDS,),
        (
            rf"\b{s.UNCHANGED}\b(?: and {s.SAME}\b)?(?: {s.ASPECT}\b)?",
            rf"\b{s.STAY} {s.ADVERB}(?:in |of )?{s.SAME}\b(?: and (?:{s.SAME}|{s.UNCHANGED})\b)?(?: {s.ASPECT}\b)?",
            r"\bthe (?:\w+ )?(?:background|scenery|scene|setting|surroundings|environment|backdrop|rest"
            rf"|everything) {s.STAY} static\b",
            rf"\b{s.STAY} (?:at|in|on|of|with) (?:an?|the) (?:constant|same|consistent|unchanged"
            rf"|identical) {s.ASPECT}\b",
            rf"\b{s.BE} (?:still|once more|again|once again) {s.ADVERB}{s.SAME}\b(?: {s.ASPECT}\b)?",
            rf"\b{s.BE} {s.ADVERB}{s.SAME}(?: (?:in|and) \w+)?(?= {s.THROUGHOUT}\b)",
            rf"\b(?:is|are|was|were) {s.ADVERB}(?:the same|(?:a )?constant|invariable)\Z",
            rf"\b(?:{s.BE}|{s.STAY}|ha[sd]|have|shows?|gives?|offers?|presents?|does|do|makes?"
            rf"|displays?) {s.ADVERB}(?:in |at |on |of )?{s.SAME}(?: \w+){{0,2}} {s.AS_BEFORE}",
            r"\b(?:keep|retain|maintain|preserve|hold|share|show|present|display|give|offer)s? (?:the|an?)(?: very"
            rf"| exact)? (?:same|identical|consistent|constant) (?:\w+ )?{s.ASPECT}\b",
            rf"\b(?:ha[sd]|have) the (?:very )?same {s.ASPECT}(?= {s.THROUGHOUT}\b)",
            rf"\b{s.GO_ON} (?:\w+ )?in the same (?:way|manner|vein|fashion|style|mode)\b",
            r"\bthe status quo (?:is|holds?|remains?|stays?|persists?|continues?)\b(?: (?:kept|maintained|preserved))?",
            rf"\bthe same (?:\w+ ){{0,3}}(?:can be|is|are) (?:still )?(?:seen|visible|shown|there) {s.AS_BEFORE}",
            rf"\b(?:it|all|everything|situation|scene|view) (?:is|was) {s.ADVERB}the same(?= {s.PLACE} )",
        ),
    ),
    (
        (s.BEFORE_WORDS, s.AS_WORDS),
        (
            rf"\b(?:{s.BE}|{s.STAY}|{s.GO_ON}) {s.ADVERB}(?:as [a-z]+ )?{s.AS_BEFORE}",
            rf"\b(?:{s.BE}|{s.STAY}) {s.ADVERB}no (?:[a-z]+er|(?:more|less) [a-z]+) {s.AS_BEFORE}",
            rf"\b[a-z]+s (?:on |there )?{s.ADVERB}(?:as|like|where) (?:it|they) {s.WAS}\b(?: {s.THEN})?",
            rf"\b[a-z]+s (?:on )?{s.ADVERB}as (?:before|ever|always|previously|usual)\b",
        ),
    ),
    (
        (s.KEEP_WORDS,),
        (
            r"\b(?:keep|retain|preserve|maintain)s? (?:all|every one|each(?: one)?|every single one) (?:of )?(?:its"
            r"|their) \w+",
            r"\b(?:keep|kept|retain(?:ed)?|maintain(?:ed)?|preserved?)s? (?:all |almost )?(?:of )?(?:(?:their"
            r"|its)(?: (?:own|original|initial|usual|previous|earlier|current|overall|general))?"
            rf"|the (?:original|initial|previous|earlier|current|old|usual)) {s.LOOK}\b",
        ),
    ),
    (
        (marked("had"),),
        (rf"\b(?:ha[sd]|have|shows?|keeps?|kept) {s.ADVERB}the {s.ASPECT} (?:that )?{s.IT} had\b(?: {s.THEN})?",),
    ),
    (
        (s.KEPT_WORDS,),
        (rf"\b(?:is|are|was|were|been) {s.ADVERB}(?:maintained|preserved|retained|kept up|upheld|sustained)\b",),
    ),
    (
        (s.LEFT_WORDS, s.ONCE_WORDS),
        (
            r"\b(?:stays?|remains?|continues?|keeps?) (?:that way|like (?:that|this)|so|as such)\b",
            r"\b(?:is|are|was|were) still (?:there|here)\b",
            r"\b(?:match(?:es)?|equals?|resembles?|corresponds? to|mirrors?) (?:its|their|the) (?:earlier|former"
            r"|initial|original|previous|first|starting) (?:\w+ )?[a-z]+\b",
        ),
    ),
    (
        (s.USUAL_WORDS,),
        (
            rf"\b(?:{s.BE}|{s.STAY}|{s.GO_ON}) {s.ADVERB}in (?:its|their|the) (?:exact |very )?(?:usual|original|same"
            r"|old|initial|former|previous|accustomed) (?:place|state|position|spot|condition|order|form|location"
            r"|arrangement)s?\b",
        ),
    ),
)
_COMPILED = tuple((needed, tuple(re.compile(core) for core in cores)) for needed, cores in _GROUPS)
ANY_WORD = (
    s.SAME_WORDS | s.NOT_WORDS | s.BEFORE_WORDS | s.KEEP_WORDS | s.KEPT_WORDS | s.LEFT_WORDS | s.USUAL_WORDS
) - marked("is are to first last time now end close finish opening used old free mirrors hung been start")
"""One of these words is in nearly every such sentence, and few of them in others."""


def cores(told: str, words: frozenset[str]) -> Iterator[re.Match[str]]:
    """The statement itself in a sentence, wherever it may be; what stands around it is for the caller to judge.

    Args:
        told: in lower case.
        words: its vocabulary.
    """
    for needed, patterns in _COMPILED:
        if not any(each.isdisjoint(words) for each in needed):
            yield from (core for pattern in patterns if (core := pattern.search(told)))


COMPARED = re.compile(
    rf"{s.AS_BEFORE}|\b(?:one|a|the (?:least|slightest)) (?:single )?(?:little )?(?:bit|iota|inch|whit|jot)\b"
    r"|\bas (?:for|to|regards|a whole|well)\b|\bas far as [^,]{1,60} (?:is|are) concerned|\bso far\b|\b(?:for"
    r"|after) a (?:\w+ )?while\b|\bwith (?:respect|regard) to|\b(?:compared|in comparison) (?:with|to)"
    r"|\bsince (?:then|the (?:beginning|start))|\b(?:while|as|when) (?:all )?(?:of )?(?:this"
    r"|that) (?:is )?\w+(?: on)?|\b(?:until|till) the (?:very )?(?:end|last)\b|\b(?:as|while) (?:the |this "
    r"|that )?(?:scene|action|shot|sequence|time|moment)s? (?:progress|continu|unfold|go|advance|play|pass)\w*(?: on)?"
)
"""Comparisons and openers whose words would else bring in a second statement."""

MORE = re.compile(
    r"[;:()–—\"“”]| - |\bat \d|\d-\d|\b(?:but|except|excepting|save|until|till|while|whereas|when|whenever|because|so"
    r"|if|as|though|although|unless|where|whose|which|since|only|instead|including|such|featuring)\b|\b(?:apart"
    r"|aside) from (?!(?:that|this|these|those|it|them)\b)|\b(?:other than|besides) (?!(?:that|this|these|those)\b)"
)
"""What brings in a second statement, an exception or a state."""
