"""How captions say that something is as it was, or that nothing happened.

The patterns are for lower-case text with plain apostrophes. Every repetition in them is bounded.
"""

from __future__ import annotations

import re

STEMS = (
    " chang", "unchang", " same", "identical", " constant", " consistent", "nothing", " before", "unaltered", " alter",
    " differ", " as it ", " as they ", " like it ", " like they ", " where it ", " where they ", " how it ", " how they ",
    " what it ", " what they ", " way it ", " way they ", " no ", " not ", "n't ", "n’t ", " static", " never ", " as is", " as was", " as in ",
    " without ", " uniform", " lack of ", "absence of ", " unmodified", " as ever", " earlier", " ago", " little ", "none ",
    "neither ", " maintain", " preserved", " retained", " still ", " that way", " like that", " kept ", " keep", " retain",
    " original ", " usual", " previously", " at the start", " at the beginning", " untouched", " unaffected", " always ", "status quo", " nobody ",
)  # fmt: skip
"""One of these is in every such sentence, with a space at its start."""

_ADVERB = (
    r"(?:(?:[a-z]{2,14}ly|just|also|still|all|both|very|much|pretty|quite|rather|yet|again|then|ever|always|otherwise|too"
    r"|more or less|by and large|in fact|however|even|now|itself|themselves|thus|once more|on the whole|as yet|right|any|at all) ){0,3}"
)
_BE = r"(?:is|are|was|were|been|be)"
_DO_NOT = (
    r"(?:do|does|did|has|have|had|is|are|was|were|will|would|can|could)(?: (?:[a-z]+ly|also|otherwise|still|as yet|so far|yet)){0,2}"
    r"(?: not|n't| never)"
)
_STAY = (
    r"(?:(?:continues?|continued|appears?|seems?) to (?:be|look|remain|stay|have (?:been|remained|stayed))"
    r"|(?:keeps?|continues?|goes on|go on) (?:being|looking|appearing)|remain(?:s|ed)?|stay(?:s|ed)?|keeps?|kept|looks?"
    r"|looked|appears?|seems?|goes|go|holds?|held|proves?|persists?|stands?|lies?|sits?|hangs?|sounds?|feels?|reads?"
    rf"|{_BE} (?:left|kept|held|maintained|preserved|shown|seen))"
)
_SAME = r"(?:(?:one and )?the (?:very |exact )?same(?: ones?)?|identical|constant|consistent|uniform|invariable)"
_UNCHANGED = (
    r"(?:unchanged|unaltered|unmodified|unvaried|unvarying|unchanging|unaffected|immutable|(?:no|(?:not|n't) (?:any|in any way|at all|a"
    r" bit)) different|not different|no other|indistinguishable)"
)
_IT = r"(?:it|they|he|she|this|these|those|that|all|everything|things|one|we)"
_WAS = (
    r"(?:'d been|was|were|had been|has been|have been|used to be|did|had|started(?: out)?|began|stood|lay|hung|sat|had started|had begun"
    r"|(?:had )?(?:looked|appeared)|(?:first|always) (?:was|were|appeared|looked|has been|have been))"
)
_SHOTS = r"(?:(?:other |first |previous |earlier |opening |preceding |last |prior )(?:\w+ )?\w+|beginning|start|first)"
_THEN = (
    r"(?:before(?:hand)?|earlier(?: on)?|previously|ever|always|until now|so far|usual|(?:at )?first|at the (?:very )?(?:beginning"
    rf"|start|outset|opening|end|close|finish)|in the {_SHOTS}|on the first \w+|(?:the )?(?:first|last) time|moments (?:ago|before|earlier)"
    r"|(?:a|some) (?:moment|while|minute|second|few \w+|time) (?:ago|before|earlier))"
)
AS_BEFORE = (
    rf"(?:(?:as|like|where|how|what|the way|than|from (?:what|how|where)|to (?:what|how)) {_IT} {_ADVERB}{_WAS}\b(?: {_THEN})?"
    rf"|(?:the way|how|as) (?:it|they) (?:is|are)\b|with what (?:was|came) before"
    r"|(?:as|like|from|than|to|with) the (?:previous|earlier|first|preceding|prior|last|opening|initial) \w+|as was\b"
    rf"|(?:as|like|from|than|to|with) {_ADVERB}{_THEN}|(?:as|like|to|from) (?:the one|the ones|that|those) {_THEN}|as is\b)"
)
_CHANGE = (
    r"(?:chang(?:es?|ing)|alterations?|modifications?|updates?|developments?|variations?|differences?|transformations?"
    r"|deviations?|adjustments?|shifts?|evolution|progression|fluctuations?|novelt(?:y|ies)|departures?|transitions?|progress|news"
    r"|new (?:\w+ )?(?:information|developments?|events?|features?|happenings?|occurrences?|changes?|details?))"
)
_EVENT = (
    rf"(?:{_CHANGE}|events?|happenings?|occurrences?|incidents?|activit(?:y|ies)|action|movements?|motion|progress)"
)
_KIND = r"(?:[a-z-]+,? (?:(?:or|and) )?){0,4}?"
_NO = (
    r"(?:no|(?:not|n't|nor) (?:any|a single|one|the (?:slightest|least|smallest)|an?|even an?|much)|(?:hardly|barely|scarcely)"
    r" any|zero|little(?: or no)?)"
)
_SHOW = (
    r"(?:sees?|shows?|undergo(?:es|ne)?|underwent|exhibits?|displays?|experiences?|brings?|has|have|had|presents?|notices?"
    r"|reveals?|offers?|gives?|provides?|contains?|(?:goes|go|went|gone) through|records?|registers?|witness(?:es)?|knows?"
    r"|suffers?|features?|betrays?|receives?|gets?|observes?|detects?|discerns?|perceives?|adds?|contributes?|holds?"
    r"|yields?|involves?|introduces?|produces?|finds?|makes? out|spots?)"
)
_CHANGES = (
    r"(?:chang(?:es?|ed|ing)|alter(?:s|ed|ing)?|var(?:y|ies|ied|ying)|differ(?:s|ed|ing)?|evolv(?:es?|ed|ing)|develop(?:s|ed"
    r"|ing)?|transform(?:s|ed)?|modif(?:y|ies|ied)|fluctuate[sd]?|shift(?:s|ed|ing)?|deviate[sd]?)"
)
_MOVED = (
    r"(?:moved|touched|replaced|altered|changed|modified|rearranged|affected|advanced|added|removed|swapped|updated|stirred"
    r"|shifted|budged|progressed|influenced|adjusted)"
)
_ASPECT = (
    r"(?:(?:its|their|in|the|any) ){0,2}(?:overall |general |relative )?(?:appearance|looks?|colou?rs?|shapes?|size|form"
    r"|positions?|state|arrangement|layout|places?|condition|composition|direction|intensity|brightness|hue|tone|character"
    r"|configuration|outline|order|number|quantity|setup|location|orientation|way|manner|spots?|picture|view|sight|image|poses?|posture|stance|formation|seats?|course|speed|pace|rhythm|level|height"
    r"|expressions?|faces?|stations?)"
)
_HAPPENS = (
    rf"(?:{_CHANGES}|happen(?:s|ed)?|occur(?:s|red)?|tak(?:es?|en) place|took place|goes on|transpires|comes about|unfolds|moves?|stirs"
    r"|arises?|stands out|gets? (?:added|changed)|follows?|is to be (?:reported|added|noted)|is worth \w+ing"
    rf"|(?:is|are|was|were) {_ADVERB}(?:{_MOVED}|different|new|other|going on|happening|changing|afoot)"
    rf"|(?:has|have|had) {_ADVERB}(?:{_CHANGES}|happened|occurred|taken place|moved|been {_ADVERB}{_MOVED}))"
)
_SEEN = (
    r"(?:(?:is|are|was|were|has been|have been|can be|could be|will be) (?:\w+ly )?(?:to be )?(?:observ\w+|visible|seen|notic\w+"
    r"|detect\w+|made|found|apparent|evident|discern\w+|perce\w+|introduced|recorded|present|there|shown|added|identifi\w+"
    r"|spotted|given|under way|registered|told|recogni\w+|distinguish\w+|noted|reported|obvious|made out|documented)(?: out)?"
    r"|occur(?:s|red)?|takes? place|took place|happen(?:s|ed)?|follow(?:s|ed)?|appears?|sets? in|comes?|ensues?"
    r"|(?:has|have) (?:occurred|taken place|happened|been \w+))"
)
_THROUGHOUT = (
    r"(?:throughout|from (?:\w+ )?\w+ to|at the (?:beginning|start|end|close|outset|finish|opening)|at all times|all the (?:time|way)|all along|as ever|over time"
    r"|the (?:whole|entire)|for the|during|across|over the|in (?:every|both|all|each)|(?:every|each) time|at every|right to)"
)
_PLACE = r"(?:of|in|on|at|about|around|with|within|inside|behind|across|near|under|beside|to|over|for|among|from|between)"
_WHERE = rf"(?: {_PLACE} (?:[\w'-]+ ){{0,9}}?[\w'-]+)"
_NOTHING = (
    r"(?:nothing|not much|not a lot|not (?:a|one) (?:single )?thing|hardly anything)"
    r"(?: (?:else|more|new|further|other|much|at all|really|in particular|special|significant|notable|noteworthy|important"
    r"|remarkable|visible|relevant|worth \w+)){0,2}"
)
_NO_PART = (
    rf"(?:(?:no (?:\w+ )?(?:part|aspect|detail|element|object|piece|item|thing)s?|(?:none|not one|not a single one)(?: detail| part)?|nobody|no one)"
    rf"{_WHERE}??|neither (?:[\w'-]+ ){{1,6}}nor (?:[\w'-]+ ){{0,5}}?[\w'-]+)"
)

CORES = tuple(
    re.compile(pattern)
    for pattern in (
        # it does not change
        rf"\b{_DO_NOT} {_ADVERB}(?:been )?{_CHANGES}\b(?: {_ASPECT}\b)?",
        rf"\b{_DO_NOT} {_ADVERB}(?:been )?{_MOVED}\b",
        rf"\bnever {_ADVERB}{_CHANGES}\b(?: {_ASPECT}\b)?",
        rf"\b(?:ha[sd]|have|is|are) yet to {_CHANGES}\b",
        rf"\b{_DO_NOT} {_ADVERB}move (?:away )?(?:from|out of) (?:its|their) (?:place|spot|position)s?\b",
        rf"\b{_DO_NOT} {_ADVERB}do anything (?:new|different|else)\b",
        rf"\bneither {_ADVERB}(?:{_CHANGES} nor [a-z]+|[a-z]+ nor (?:{_CHANGES}|{_MOVED}))\b",
        rf"\b{_DO_NOT} {_ADVERB}(?:take on|adopt|assume|gain|acquire|show|have|get|present) (?:an?|any) (?:different|new|other) [a-z]+\b",
        r"\b(?:match(?:es)?|equals?|resembles?|corresponds? to|mirrors?) (?:its|their|the) (?:(?:earlier|former|initial|original|previous|first|starting) )"
        r"(?:\w+ )?[a-z]+\b",
        rf"\b{_DO_NOT} {_ADVERB}(?:look|seem|appear|become|get|feel|turn)s? (?:any |in any way )?(?:different|changed|altered)\b",
        # it stays the same
        rf"\b{_UNCHANGED}\b(?: and {_SAME}\b)?(?: {_ASPECT}\b)?",
        rf"\b{_STAY} {_ADVERB}(?:in |of )?{_SAME}\b(?: and (?:{_SAME}|{_UNCHANGED})\b)?(?: {_ASPECT}\b)?",
        rf"\b(?:background|scenery|scene|setting|surroundings|environment|backdrop|rest|everything|composition) {_STAY} static\b",
        rf"\b{_STAY} (?:at|in|on|of|with) (?:an?|the) (?:constant|same|consistent|unchanged|identical|unchanging) {_ASPECT}\b",
        rf"\b{_BE} (?:still|once more|again|once again) {_ADVERB}{_SAME}\b(?: {_ASPECT}\b)?",
        rf"\b{_BE} {_ADVERB}{_SAME}(?: (?:in|and) \w+)?(?= {_THROUGHOUT}\b)",
        rf"\b(?<!both )(?:is|are|was|were) {_ADVERB}(?:the same|constant|invariable)\Z",
        rf"\b(?:{_BE}|{_STAY}|ha[sd]|have|shows?|gives?|offers?|presents?|does|do|makes?|displays?) {_ADVERB}(?:in |at |on |of )?(?:{_SAME}"
        rf"|the usual)(?: \w+){{0,2}} {AS_BEFORE}",
        rf"\b(?:{_BE}|{_STAY}|go(?:es)? on|continues?|carr(?:y|ies) on) {_ADVERB}(?:as [a-z]+ )?{AS_BEFORE}",
        rf"\b(?:{_BE}|{_STAY}) {_ADVERB}no (?:[a-z]+er|(?:more|less) [a-z]+) {AS_BEFORE}",
        rf"\b[a-z]+s (?:on )?{_ADVERB}as (?:before|ever|always|previously|usual)\b",
        r"\b(?:keep|retain|preserve|maintain)s? (?:all|every one|each(?: one)?|every single one) (?:of )?(?:its|their) \w+",
        r"\b(?:keep|kept|retain(?:ed)?|maintain(?:ed)?|preserved?|hold|held)s? (?:all |almost )?(?:of )?(?:their|its) (?:\w+ )?"
        rf"{_ASPECT}\b",
        r"\b(?:keep|retain|maintain|preserve|hold|share|show|present|display|give|offer)s? (?:the|an?)(?: very| exact)? (?:same|identical"
        rf"|original|initial|previous|earlier|current|consistent|constant|old|usual) (?:\w+ )?{_ASPECT}\b",
        rf"\b(?:continues?|goes on|go on|proceeds?|carr(?:y|ies) on) (?:\w+ )?(?:in the same (?:way|manner|vein|fashion|style|mode)|as usual)\b",
        rf"\b(?:is|are|was|were|has been|have been) {_ADVERB}(?:maintained|preserved|retained|kept up|upheld|sustained)\b",
        r"\b(?:stays?|remains?|continues?|keeps?) (?:that way|like (?:that|this)|so|as such)\b",
        r"\b(?:is|are|was|were) still (?:there|here)\b",
        r"\bthe status quo (?:is|holds?|remains?|stays?|persists?|continues?)\b(?: (?:kept|maintained|preserved))?",
        rf"\b(?:ha[sd]|have|shows?|keeps?|kept) the {_ASPECT} (?:that )?{_IT} had\b(?: {_THEN})?",
        rf"\bthe same (?:\w+ ){{0,3}}(?:can be|is|are) (?:still )?(?:seen|visible|shown|there) {AS_BEFORE}",
        rf"\b(?:it|all|everything|situation|scene|view) (?:is|was) {_ADVERB}the same(?= {_PLACE} )",
        rf"\b(?:{_BE}|{_STAY}) {_ADVERB}in (?:its|their|the) {_ADVERB}(?:usual|original|same|old|initial|former|previous|accustomed)"
        r" (?:place|state|position|spot|condition|order|form|location|arrangement)s?\b",
        # nothing happens
        rf"\b{_NOTHING}{_WHERE}?? {_ADVERB}(?:{_HAPPENS}|{_SEEN})\b",
        rf"\b{_NO_PART} {_ADVERB}{_HAPPENS}\b(?: {_ASPECT}\b)?",
        r"\bthere(?:'s| is| was| has been) nothing (?:new|different|else|further|more|special|changed|going on|happening|of note|changing|to (?:report"
        r"|add|note))\b"
        r"(?: to (?:see|report|note|tell|add|notice|observe))?",
        rf"\bthere(?:'s| is| was) nothing(?: \w+)? that (?:has|is|was|had) {_ADVERB}(?:different|new|changed|altered|moved)\b",
        rf"\b{_SHOW} {_ADVERB}nothing (?:that is |which is )?(?:new|different|further|else)\b",
        # there is no change
        rf"\bthere(?:'s| is| are| was| were| has been| have been| (?:appears?|seems?) to (?:be|have been)| can be seen)"
        rf" ?{_ADVERB}{_NO} {_KIND}{_EVENT}\b(?: {_SEEN})?",
        rf"\bthere(?: is|'s) (?:an?|the) (?:\w+ )?(?:lack|absence) of {_KIND}{_EVENT}\b",
        rf"\b{_SHOW} {_ADVERB}{_NO} {_KIND}{_CHANGE}\b",
        rf"\b{_DO_NOT} {_ADVERB}{_SHOW} (?:any|an?|the (?:slightest|least)|much) {_KIND}{_CHANGE}\b",
        rf"\b(?:continues?|goes on|go on|remains?|proceeds?|stays?|passe?s?|keeps? on|{_BE}) (?:\w+ )?(?:without|free of|free from"
        rf"|not subject to) {_KIND}{_CHANGE}\b",
        rf"\A(?:[^,]{{1,60}},? )??{_NO} {_KIND}{_EVENT}\b{_WHERE}??(?: {_SEEN}\b|\Z)",
    )
)
"""The statement itself; what stands around it may only name what did not change, where, and since when."""

COMPARED = re.compile(
    rf"{AS_BEFORE}|\bas (?:for|to|regards|a whole|well)\b|\bas far as [^,]{{1,60}} (?:is|are) concerned|\bso far\b"
    r"|\b(?:for|after) a (?:\w+ )?while\b|\bwith (?:respect|regard) to|\b(?:compared|in comparison) (?:with|to)|\bsince (?:then|the (?:beginning|start))"
    r"|\b(?:while|as|when) (?:all )?(?:of )?(?:this|that) (?:is )?\w+(?: on)?|\b(?:until|till) the (?:very )?(?:end|last)\b"
    r"|\b(?:as|while) (?:the |this |that )?(?:scene|action|shot|sequence|time|moment)s? (?:progress|continu|unfold|go|advance|play|pass)"
    r"\w*(?: on)?"
)
"""Comparisons and openers whose words would else bring in a second statement."""

MORE = re.compile(
    r"[;:()–—\"“”]| - |\bat \d|\d-\d|\b(?:but|except|excepting|save|until|till|while|whereas|when|whenever|because|so|if|as"
    r"|though|although|unless|where|whose|which|since|only|instead|including|such|featuring)\b"
    r"|\b(?:apart|aside) from (?!(?:that|this|these|those|it|them)\b)|\b(?:other than|besides) (?!(?:that|this|these|those)\b)"
)
"""What brings in a second statement, an exception or a state."""
