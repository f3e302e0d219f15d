"""How captions say that something is as it was, or that nothing happened.

The patterns are for lower-case text with plain apostrophes, and every repetition in them is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.vocabulary import any_of, marked

_ADVERB = (
    r"(?:(?:[a-z]{2,14}ly|just|also|still|all|both|very|much|pretty|quite|rather|yet|again|then|ever|always"
    r"|otherwise|too|more or less|by and large|in fact|however|even|now|itself|themselves|thus|once more|on the whole"
    r"|as yet|right|any|at all) ){0,3}"
)
_BE = r"(?:is|are|was|were|been|be)"
_DO_NOT = (
    r"(?:do|does|did|has|have|had|is|are|was|were|will|would|can|could)(?: (?:[a-z]+ly|also|otherwise|still|as yet"
    r"|so far|yet)){0,2}(?: not|n't| never)"
)
_STAY = (
    r"(?:(?:continues?|continued|appears?|seems?) to (?:be|look|remain|stay|have (?:been|remained|stayed))|(?:keeps?"
    r"|continues?|goes on|go on) (?:being|looking|appearing)|remain(?:s|ed)?|stay(?:s|ed)?|keeps?|kept|looks?|looked"
    rf"|appears?|seems?|goes|go|holds?|held|proves?|stands?|lies?|sits?|hangs?|sounds?|feels?|reads?|{_BE} (?:left"
    r"|kept|held|maintained|preserved|shown|seen))"
)
_GO_ON = r"(?:continues?|go(?:es)? on|proceeds?|carr(?:y|ies) on)"
_SAME = r"(?:(?:one and )?the (?:very |exact )?same(?: ones?)?|identical|constant|consistent|uniform|invariable)"
_UNCHANGED = (
    r"(?:unchanged|unaltered|unmodified|unvaried|unvarying|unchanging|unaffected|untouched by (?:this|that|all this"
    r"|all that|it)|immutable|indistinguishable|(?:no|not|(?:not|n't) (?:any|in any way|at all|a bit)) different)"
)

# "as it was", "from before", "than at the start"
_IT = r"(?:it|they|he|she|this|these|those|that|all|everything|things|one|we)"
_WAS = (
    r"(?:'d been|was|were|had been|has been|have been|used to be|did|had|started(?: out)?|began|stood|lay|hung|sat"
    r"|had started|had begun|(?:had )?(?:looked|appeared)|(?:first|always) (?:was|were|appeared|looked|has been"
    r"|have been))"
)
_SHOTS = (
    r"(?:(?:other|first|previous|earlier|opening|preceding|last|prior) (?:\w+ )?\w+|beginning|start|first|opening"
    r"|outset)"
)
_THEN = (
    r"(?:before(?:hand)?|earlier(?: on)?|previously|ever|always|until now|so far|usual|(?:at )?first"
    rf"|at the (?:very )?(?:beginning|start|outset|opening|end|close|finish)|in the {_SHOTS}|on the first \w+"
    r"|(?:the )?(?:first|last) time|moments (?:ago|before|earlier)|(?:a|some) (?:moment|while|minute|second|few \w+"
    r"|time) (?:ago|before|earlier))"
)
AS_BEFORE = (
    r"(?:(?:as|like|where|how|what|the way|than|from (?:what|how|where)|to (?:what"
    rf"|how)) {_IT} {_ADVERB}{_WAS}\b(?: {_THEN})?|(?:the way|how|as|what) (?:it|they) (?:is|are)\b|with what (?:was"
    r"|came) before|as (?:was|is)\b|(?:as|like|from|than|to|with) the (?:previous|earlier|first|preceding|prior|last"
    rf"|opening|initial) \w+|(?:as|like|from|than|to|with) {_ADVERB}{_THEN}|(?:as|like|to|from) (?:the one|the ones"
    rf"|that|those) {_THEN})"
)

# "no change", "shows no difference"
_CHANGE = (
    r"(?:chang(?:es?|ing)|alterations?|modifications?|updates?|developments?|variations?|differences?"
    r"|transformations?|deviations?|adjustments?|shifts?|evolution|progression|fluctuations?|novelt(?:y|ies)"
    r"|departures?|transitions?|progress|news|new (?:\w+ )?(?:information|developments?|events?|features?|happenings?"
    r"|occurrences?|changes?|details?))"
)
_EVENT = rf"(?:{_CHANGE}|events?|happenings?|occurrences?|incidents?|activit(?:y|ies)|action|movements?|motion)"
# "No camera movement" is a way of filming.
_KIND = r"(?:(?!camera)[a-z-]+,? (?:(?:or|and) )?){0,4}?"
_NO = (
    r"(?:no|(?:not|n't|nor) (?:any|a single|one|the (?:slightest|least|smallest)|an?|even an?|much)|(?:hardly|barely"
    r"|scarcely) any|zero|little(?: or no)?)"
)
_SHOW = any_of(
    """sees? shows? undergo(?:es|ne)? underwent exhibits? displays? experiences? brings? has have had presents?
    notices? reveals? offers? gives? provides? contains? goes_through go_through went_through gone_through records?
    registers? witness(?:es)? knows? suffers? features? betrays? receives? gets? observes? detects? discerns?
    perceives? adds? contributes? holds? yields? involves? introduces? produces? finds? makes?_out spots?"""
)

# "does not change", "has not been moved"
_CHANGES = (
    r"(?:chang(?:es?|ed|ing)|alter(?:s|ed|ing)?|var(?:y|ies|ied|ying)|differ(?:s|ed|ing)?|evolv(?:es?|ed|ing)"
    r"|modif(?:y|ies|ied)|develop(?:s|ed|ing)?|transform(?:s|ed)?|fluctuate[sd]?|shift(?:s|ed|ing)?|deviate[sd]?)"
)
_MOVED = any_of(
    """moved touched replaced altered changed modified rearranged affected advanced added removed swapped updated
    stirred shifted budged progressed influenced adjusted"""
)
_HAPPENS = (
    rf"(?:{_CHANGES}|happen(?:s|ed)?|occur(?:s|red)?|tak(?:es?|en) place|took place|goes on|transpires|comes about"
    r"|unfolds|moves?|stirs|(?:becomes?|(?:has|have) become|turns) (?:different|another|other)|arises?|stands out"
    r"|gets? (?:added|changed)|follows?|is to be (?:reported|added|noted)|is worth \w+ing|(?:is|are|was"
    rf"|were) {_ADVERB}(?:{_MOVED}|different|new|other|going on|happening|changing|afoot)|(?:has|have"
    rf"|had) {_ADVERB}(?:{_CHANGES}|happened|occurred|taken place|moved|been {_ADVERB}{_MOVED}))"
)
_SEEN = (
    r"(?:(?:is|are|was|were|has been|have been|can be|could be|will be) (?:\w+ly )?(?:to be )?(?:observ\w+|visible"
    r"|seen|notic\w+|detect\w+|made|found|apparent|evident|discern\w+|perce\w+|introduced|recorded|present|there"
    r"|shown|added|identifi\w+|spotted|given|under way|registered|told|recogni\w+|distinguish\w+|noted|reported"
    r"|obvious|documented)(?: out)?|occur(?:s|red)?|takes? place|took place|happen(?:s|ed)?|follow(?:s|ed)?|appears?"
    r"|sets? in|comes?|ensues?|(?:has|have) (?:occurred|taken place|happened|been \w+)|(?:affects?|befalls?|touches"
    r"|concerns?|reaches) (?:[\w'-]+ ){0,4}[\w'-]+)"
)

_LOOK = (
    r"(?:(?:its|their|in|the|any) ){0,2}(?:overall |general |relative )?(?:appearance|looks?|colou?rs?|shapes?|size"
    r"|form|state|arrangement|layout|condition|composition|intensity|brightness|hue|tone|character|configuration"
    r"|outline|order|number|quantity|setup|picture|view|sight|image|expressions?|poses?|posture|stance|formation)"
)
_ASPECT = (
    rf"(?:{_LOOK}|(?:(?:its|their|in|the|any) ){{0,2}}(?:positions?|places?|direction|location|orientation|way|manner"
    r"|spots?|seats?|course|speed|pace|rhythm|level|height|faces?|stations?))"
)
_THROUGHOUT = (
    r"(?:throughout|from (?:\w+ )?\w+ to|at the (?:beginning|start|end|close|outset|finish|opening)|at all times"
    r"|over time|all the (?:time|way)|all along|as ever|the (?:whole|entire)|for the|during|across|over the"
    r"|in (?:every|both|all|each)|(?:every|each) time|at every|right to)"
)
_PLACE = any_of(
    "of in on at about around with within inside behind across near under beside to over for among from between"
)
_WHERE = rf"(?: {_PLACE} (?:[\w'-]+ ){{0,9}}?[\w'-]+)"
_NOTHING = (
    r"(?:nothing|not much|not a lot|not (?:a|one) (?:single )?thing|hardly anything)(?: (?:else|more|new|further"
    r"|other|much|at all|really|in particular|special|significant|notable|noteworthy|important|remarkable|visible"
    r"|relevant|worth \w+)){0,2}"
)
_NO_PART = (
    r"(?:(?:no (?:\w+ )?(?:part|aspect|detail|element|object|piece|item|thing)s?|(?:none|not one"
    rf"|not a single one)(?: detail| part)?|nobody|no one|no one and nothing){_WHERE}??"
    r"|not even (?:[\w'-]+ ){0,5}?[\w'-]+|neither (?:[\w'-]+ ){1,6}nor (?:[\w'-]+ ){0,5}?[\w'-]+)"
)

# Words of which one from each set is in every sentence that the patterns behind them can match.
_SAME_WORDS = marked(
    """same unchanged unaltered unmodified unvaried unvarying unchanging unaffected immutable identical constant
    consistent uniform invariable indistinguishable untouched static quo different"""
)
_NOT_WORDS = marked(
    """no not never nor neither none nobody nothing hardly barely scarcely little zero lack absence without free yet
    isn't aren't wasn't weren't doesn't don't didn't hasn't haven't can't cannot won't"""
)
_CHANGE_WORDS = marked(
    """change changes changed changing alter alters altered altering vary varies varied varying differ differs
    differed evolve evolves evolved develop develops developed transform transforms transformed modify modifies
    modified fluctuate fluctuates shift shifts shifted deviate deviates moved touched replaced rearranged affected
    advanced added removed swapped updated stirred budged progressed influenced adjusted become move different altered"""
)
_EVENT_WORDS = marked(
    """change changes changing alteration alterations modification modifications update updates development
    developments variation variations difference differences transformation transformations deviation deviations
    adjustment adjustments shift shifts evolution progression fluctuation fluctuations novelty novelties departure
    departures transition transitions progress news new event events happening happenings occurrence occurrences
    incident incidents activity activities action movement movements motion"""
)
_HAPPEN_WORDS = _CHANGE_WORDS | marked(
    """happens happened happen occurs occurred takes taken took goes transpires comes unfolds moves stirs arises
    stands gets follows reported noted worth new going happening afoot other"""
)
_BEFORE_WORDS = marked(
    """before beforehand earlier previously ever always now usual first last time ago beginning start outset opening
    end close finish previous preceding prior initial was were did had been started began stood lay hung sat used
    looked appeared is are"""
)
_AS_WORDS = marked("as like where how what way than from to with")
_KEEP_WORDS = marked(
    "keep keeps kept retain retains retained maintain maintains maintained preserve preserves preserved"
)
_KEPT_WORDS = marked("maintained preserved retained kept upheld sustained")
_LEFT_WORDS = marked("stays stay remains remain continues keeps still matches equals resembles corresponds mirrors")
_ONCE_WORDS = marked("way that this so such there here original initial former previous earlier starting first")
_USUAL_WORDS = marked("usual original same old initial former previous accustomed")

_GROUPS = (
    (
        (_NOT_WORDS, _CHANGE_WORDS | _EVENT_WORDS),
        (
            rf"\b{_DO_NOT} {_ADVERB}(?:been )?(?:{_CHANGES}\b(?: {_ASPECT}\b)?|{_MOVED}\b)",
            rf"\bnever {_ADVERB}{_CHANGES}\b(?: {_ASPECT}\b)?",
            rf"\b(?:ha[sd]|have|is|are) yet to {_CHANGES}\b",
            rf"\b{_DO_NOT} {_ADVERB}(?:move (?:away )?(?:from|out of) (?:its|their) (?:place|spot|position)s?"
            r"|do anything (?:new|different)|(?:look|seem|appear|become|get|feel|turn)s? (?:any "
            r"|in any way )?(?:different|changed|altered)|become (?:another|other ones?|any other)|(?:take on|adopt"
            r"|assume|gain|acquire|show|have|get|present) (?:an?|any) (?:different|new) [a-z]+)\b",
            rf"\bneither {_ADVERB}(?:(?:{_CHANGES}|{_MOVED}) nor [a-z]+|[a-z]+ nor (?:{_CHANGES}|{_MOVED}))\b",
            r"\bthere(?:'s| is| are| was| were| has been| have been| (?:appears?|seems?) to (?:be|have been)"
            rf"| can be seen) ?{_ADVERB}{_NO} {_KIND}{_EVENT}\b(?: {_SEEN})?",
            rf"\bthere(?: is|'s) (?:an?|the) (?:\w+ )?(?:lack|absence) of {_KIND}{_EVENT}\b",
            rf"\b(?:{_SHOW} {_ADVERB}{_NO} {_KIND}{_CHANGE}|(?:gives?|brings?|offers?|adds?|provides?"
            r"|yields?) no new [a-z]+)\b",
            rf"\b{_DO_NOT} {_ADVERB}{_SHOW} (?:any|an?|the (?:slightest|least)|much) {_KIND}{_CHANGE}\b",
            rf"\b(?:{_GO_ON}|remains?|stays?|passe?s?|keeps? on|{_BE}) (?:\w+ )?(?:without|free of|free from"
            rf"|not subject to) {_KIND}{_CHANGE}\b",
            rf"\A(?:[^,]{{1,60}},? )??{_NO} {_KIND}{_EVENT}\b{_WHERE}??(?: {_SEEN}\b|\Z)",
        ),
    ),
    (
        (_NOT_WORDS, _HAPPEN_WORDS | _BEFORE_WORDS),
        (
            rf"\b{_NOTHING}{_WHERE}?? {_ADVERB}(?:{_HAPPENS}|{_SEEN})\b",
            rf"\b{_NO_PART} {_ADVERB}{_HAPPENS}\b(?: {_ASPECT}\b)?",
            r"\bthere(?:'s| is| was| has been) nothing (?:new|different|else|further|more|special|changed|changing"
            r"|going on|happening|of note|to (?:report|add|note))\b(?: to (?:see|report|note|tell|add|notice"
            r"|observe))?",
            rf"\bthere(?:'s| is| was) nothing(?: \w+)? that (?:has|is|was|had) {_ADVERB}(?:different|new|changed"
            r"|altered|moved)\b",
            rf"\b{_SHOW} {_ADVERB}nothing (?:that is |which is )?(?:new|different|further|else)\b",
        ),
    ),
    (
        (_SAME_WORDS,),
        (
            rf"\b{_UNCHANGED}\b(?: and {_SAME}\b)?(?: {_ASPECT}\b)?",
            rf"\b{_STAY} {_ADVERB}(?:in |of )?{_SAME}\b(?: and (?:{_SAME}|{_UNCHANGED})\b)?(?: {_ASPECT}\b)?",
            r"\bthe (?:\w+ )?(?:background|scenery|scene|setting|surroundings|environment|backdrop|rest"
            rf"|everything) {_STAY} static\b",
            rf"\b{_STAY} (?:at|in|on|of|with) (?:an?|the) (?:constant|same|consistent|unchanged|identical) {_ASPECT}\b",
            rf"\b{_BE} (?:still|once more|again|once again) {_ADVERB}{_SAME}\b(?: {_ASPECT}\b)?",
            rf"\b{_BE} {_ADVERB}{_SAME}(?: (?:in|and) \w+)?(?= {_THROUGHOUT}\b)",
            rf"\b(?:is|are|was|were) {_ADVERB}(?:the same|(?:a )?constant|invariable)\Z",
            rf"\b(?:{_BE}|{_STAY}|ha[sd]|have|shows?|gives?|offers?|presents?|does|do|makes?"
            rf"|displays?) {_ADVERB}(?:in |at |on |of )?{_SAME}(?: \w+){{0,2}} {AS_BEFORE}",
            r"\b(?:keep|retain|maintain|preserve|hold|share|show|present|display|give|offer)s? (?:the|an?)(?: very"
            rf"| exact)? (?:same|identical|consistent|constant) (?:\w+ )?{_ASPECT}\b",
            rf"\b{_GO_ON} (?:\w+ )?in the same (?:way|manner|vein|fashion|style|mode)\b",
            r"\bthe status quo (?:is|holds?|remains?|stays?|persists?|continues?)\b(?: (?:kept|maintained|preserved))?",
            rf"\bthe same (?:\w+ ){{0,3}}(?:can be|is|are) (?:still )?(?:seen|visible|shown|there) {AS_BEFORE}",
            rf"\b(?:it|all|everything|situation|scene|view) (?:is|was) {_ADVERB}the same(?= {_PLACE} )",
        ),
    ),
    (
        (_BEFORE_WORDS, _AS_WORDS),
        (
            rf"\b(?:{_BE}|{_STAY}|{_GO_ON}) {_ADVERB}(?:as [a-z]+ )?{AS_BEFORE}",
            rf"\b(?:{_BE}|{_STAY}) {_ADVERB}no (?:[a-z]+er|(?:more|less) [a-z]+) {AS_BEFORE}",
            rf"\b[a-z]+s (?:on |there )?{_ADVERB}(?:as|like|where) (?:it|they) {_WAS}\b(?: {_THEN})?",
            rf"\b[a-z]+s (?:on )?{_ADVERB}as (?:before|ever|always|previously|usual)\b",
        ),
    ),
    (
        (_KEEP_WORDS,),
        (
            r"\b(?:keep|retain|preserve|maintain)s? (?:all|every one|each(?: one)?|every single one) (?:of )?(?:its"
            r"|their) \w+",
            r"\b(?:keep|kept|retain(?:ed)?|maintain(?:ed)?|preserved?)s? (?:all |almost )?(?:of )?(?:(?:their"
            rf"|its)(?: \w+)?|the (?:original|initial|previous|earlier|current|old|usual)) {_LOOK}\b",
        ),
    ),
    (
        (marked("had"),),
        (rf"\b(?:ha[sd]|have|shows?|keeps?|kept) {_ADVERB}the {_ASPECT} (?:that )?{_IT} had\b(?: {_THEN})?",),
    ),
    (
        (_KEPT_WORDS,),
        (rf"\b(?:is|are|was|were|been) {_ADVERB}(?:maintained|preserved|retained|kept up|upheld|sustained)\b",),
    ),
    (
        (_LEFT_WORDS, _ONCE_WORDS),
        (
            r"\b(?:stays?|remains?|continues?|keeps?) (?:that way|like (?:that|this)|so|as such)\b",
            r"\b(?:is|are|was|were) still (?:there|here)\b",
            r"\b(?:match(?:es)?|equals?|resembles?|corresponds? to|mirrors?) (?:its|their|the) (?:earlier|former"
            r"|initial|original|previous|first|starting) (?:\w+ )?[a-z]+\b",
        ),
    ),
    (
        (_USUAL_WORDS,),
        (
            rf"\b(?:{_BE}|{_STAY}) {_ADVERB}in (?:its|their|the) (?:exact |very )?(?:usual|original|same|old|initial"
            r"|former|previous|accustomed) (?:place|state|position|spot|condition|order|form|location|arrangement)s?\b",
        ),
    ),
)
_COMPILED = tuple((needed, tuple(re.compile(core) for core in cores)) for needed, cores in _GROUPS)
ANY_WORD = (_SAME_WORDS | _NOT_WORDS | _BEFORE_WORDS | _KEEP_WORDS | _KEPT_WORDS | _LEFT_WORDS | _USUAL_WORDS) - marked(
    "is are to first last time now end close finish opening used"
)
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
    rf"{AS_BEFORE}|\b(?:one|a|the (?:least|slightest)) (?:single )?(?:little )?(?:bit|iota|inch|whit|jot)\b"
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
