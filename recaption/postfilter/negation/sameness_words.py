"""The words with which captions say that something is as it was, as alternatives in patterns."""

from __future__ import annotations

from recaption.postfilter.vocabulary import any_of, marked

ADVERB = (
    r"(?:(?:[a-z]{2,14}ly|just|also|still|all|both|very|much|pretty|quite|rather|yet|again|then|ever|always"
    r"|otherwise|too|more or less|by and large|in fact|however|even|now|itself|themselves|thus|once more|on the whole"
    r"|as yet|right|any|at all) ){0,3}"
)
BE = r"(?:is|are|was|were|been|be)"
DO_NOT = (
    r"(?:do|does|did|has|have|had|is|are|was|were|will|would|can|could)(?: (?:[a-z]+ly|also|otherwise|still|as yet"
    r"|so far|yet)){0,2}(?: not|n't| never)"
)
STAY = (
    r"(?:(?:continues?|continued|appears?|seems?) to (?:be|look|remain|stay|have (?:been|remained|stayed))|(?:keeps?"
    r"|continues?|goes on|go on) (?:being|looking|appearing)|remain(?:s|ed)?|stay(?:s|ed)?|keeps?|kept|looks?|looked"
    rf"|appears?|seems?|goes|go|holds?|held|proves?|stands?|lies?|sits?|hangs?|sounds?|feels?|reads?|{BE} (?:left|kept"
    r"|held|maintained|preserved|shown|seen))"
)
GO_ON = r"(?:continues?|go(?:es)? on|proceeds?|carr(?:y|ies) on)"
SAME = r"(?:(?:one and )?the (?:very |exact )?same(?: ones?)?|identical|constant|consistent|uniform|invariable)"
UNCHANGED = (
    r"(?:unchanged|unaltered|unmodified|unvaried|unvarying|unchanging|unaffected|untouched by (?:this|that|all this"
    r"|all that|it)|immutable|indistinguishable|(?:no|not|(?:not|n't) (?:any|in any way|at all|a bit)) different)"
)

# "as it was", "from before", "than at the start"
IT = r"(?:it|they|he|she|this|these|those|that|all|everything|things|one|we)"
WAS = (
    r"(?:'d been|was|were|had been|has been|have been|used to be|did|had|started(?: out)?|began|stood|lay|hung|sat"
    r"|had started|had begun|(?:had )?(?:looked|appeared)|(?:first|always) (?:was|were|appeared|looked|has been"
    r"|have been))"
)
SHOTS = (
    r"(?:(?:other|first|previous|earlier|opening|preceding|last|prior) (?:\w+ )?\w+|beginning|start|first|opening"
    r"|outset)"
)
THEN = (
    r"(?:before(?:hand)?|earlier(?: on)?|previously|ever|always|until now|so far|usual|(?:at )?first"
    rf"|at the (?:very )?(?:beginning|start|outset|opening|end|close|finish)|in the {SHOTS}|on the first \w+"
    r"|(?:the )?(?:first|last) time|moments (?:ago|before|earlier)|(?:a|some) (?:moment|while|minute|second|few \w+"
    r"|time) (?:ago|before|earlier))"
)
AS_BEFORE = (
    r"(?:(?:as|like|where|how|what|the way|than|from (?:what|how|where)|to (?:what"
    rf"|how)) {IT} {ADVERB}{WAS}\b(?: {THEN})?|(?:the way|how|as|what) (?:it|they) (?:is|are)\b|with what (?:was"
    r"|came) before|as (?:was|is)\b|(?:as|like|from|than|to|with) the (?:previous|earlier|first|preceding|prior|last"
    rf"|opening|initial) \w+|(?:as|like|from|than|to|with) {ADVERB}{THEN}|(?:as|like|to|from) (?:the one|the ones|that"
    rf"|those) {THEN})"
)

# "no change", "shows no difference"
CHANGE = (
    r"(?:chang(?:es?|ing)|alterations?|modifications?|updates?|developments?|variations?|differences?"
    r"|transformations?|deviations?|adjustments?|shifts?|evolution|progression|fluctuations?|novelt(?:y|ies)"
    r"|departures?|transitions?|progress|news|new (?:\w+ )?(?:information|developments?|events?|features?|happenings?"
    r"|occurrences?|changes?|details?))"
)
EVENT = rf"(?:{CHANGE}|events?|happenings?|occurrences?|incidents?|activit(?:y|ies)|action|movements?|motion)"
# "No camera movement" is a way of filming.
KIND = r"(?:(?!camera)[a-z-]+,? (?:(?:or|and) )?){0,4}?"
NO = (
    r"(?:no|(?:not|n't|nor) (?:any|a single|one|the (?:slightest|least|smallest)|an?|even an?|much)|(?:hardly|barely"
    r"|scarcely) any|zero|little(?: or no)?)"
)
SHOW = any_of(
    """sees? shows? undergo(?:es|ne)? underwent exhibits? displays? experiences? brings? has have had presents?
    notices? reveals? offers? gives? provides? contains? goes_through go_through went_through gone_through records?
    registers? witness(?:es)? knows? suffers? features? betrays? receives? gets? observes? detects? discerns?
    perceives? adds? contributes? holds? yields? involves? introduces? produces? finds? makes?_out spots?"""
)

# "does not change", "has not been moved"
CHANGES = (
    r"(?:chang(?:es?|ed|ing)|alter(?:s|ed|ing)?|var(?:y|ies|ied|ying)|differ(?:s|ed|ing)?|evolv(?:es?|ed|ing)"
    r"|modif(?:y|ies|ied)|develop(?:s|ed|ing)?|transform(?:s|ed)?|fluctuate[sd]?|shift(?:s|ed|ing)?|deviate[sd]?)"
)
MOVED = any_of(
    """moved touched replaced altered changed modified rearranged affected advanced added removed swapped updated
    stirred shifted budged progressed influenced adjusted"""
)
HAPPENS = (
    rf"(?:{CHANGES}|happen(?:s|ed)?|occur(?:s|red)?|tak(?:es?|en) place|took place|goes on|transpires|comes about"
    r"|unfolds|moves?|stirs|(?:becomes?|(?:has|have) become|turns) (?:different|another|other)|arises?|stands out"
    r"|gets? (?:added|changed)|follows?|is to be (?:reported|added|noted)|is worth \w+ing|(?:is|are|was"
    rf"|were) {ADVERB}(?:{MOVED}|different|new|other|going on|happening|changing|afoot)|(?:has|have"
    rf"|had) {ADVERB}(?:{CHANGES}|happened|occurred|taken place|moved|been {ADVERB}{MOVED}))"
)
SEEN = (
    r"(?:(?:is|are|was|were|has been|have been|can be|could be|will be) (?:\w+ly )?(?:to be )?(?:observ\w+|visible"
    r"|seen|notic\w+|detect\w+|made|found|apparent|evident|discern\w+|perce\w+|introduced|recorded|present|there"
    r"|shown|added|identifi\w+|spotted|given|under way|registered|told|recogni\w+|distinguish\w+|noted|reported"
    r"|obvious|documented)(?: out)?|occur(?:s|red)?|takes? place|took place|happen(?:s|ed)?|follow(?:s|ed)?|appears?"
    r"|sets? in|comes?|ensues?|(?:has|have) (?:occurred|taken place|happened|been \w+)|(?:affects?|befalls?|touches"
    r"|concerns?|reaches) (?:[\w'-]+ ){0,4}[\w'-]+)"
)

LOOK = (
    r"(?:(?:its|their|in|the|any) ){0,2}(?:overall |general |relative )?(?:appearance|looks?|colou?rs?|shapes?|size"
    r"|form|state|arrangement|layout|condition|composition|intensity|brightness|hue|tone|character|configuration"
    r"|outline|order|number|quantity|setup|picture|view|sight|image|expressions?|poses?|posture|stance|formation)"
)
ASPECT = (
    rf"(?:{LOOK}|(?:(?:its|their|in|the|any) ){{0,2}}(?:positions?|places?|direction|location|orientation|way|manner"
    r"|spots?|seats?|course|speed|pace|rhythm|level|height|faces?|stations?))"
)
THROUGHOUT = (
    r"(?:throughout|from (?:\w+ )?\w+ to|at the (?:beginning|start|end|close|outset|finish|opening)|at all times"
    r"|over time|all the (?:time|way)|all along|as ever|the (?:whole|entire)|for the|during|across|over the"
    r"|in (?:every|both|all|each)|(?:every|each) time|at every|right to)"
)
PLACE = any_of(
    "of in on at about around with within inside behind across near under beside to over for among from between"
)
WHERE = rf"(?: {PLACE} (?:[\w'-]+ ){{0,9}}?[\w'-]+)"
NOTHING = (
    r"(?:nothing|not much|not a lot|not (?:a|one) (?:single )?thing|hardly anything)(?: (?:else|more|new|further"
    r"|whatsoever|whatever|other|much|at all|really|in particular|special|significant|notable|noteworthy|important"
    r"|remarkable|visible|relevant|worth \w+)){0,2}"
)
NO_PART = (
    r"(?:(?:no (?:\w+ )?(?:part|aspect|detail|element|object|piece|item|thing)s?|(?:none|not one"
    rf"|not a single one)(?: detail| part)?|nobody|no one|no one and nothing){WHERE}??"
    r"|not even (?:[\w'-]+ ){0,5}?[\w'-]+|neither (?:[\w'-]+ ){1,6}nor (?:[\w'-]+ ){0,5}?[\w'-]+)"
)

# Words of which one from each set is in every sentence that the patterns behind them can match.
SAME_WORDS = marked(
    """same unchanged unaltered unmodified unvaried unvarying unchanging unaffected immutable identical constant
    consistent uniform invariable indistinguishable untouched static quo different"""
)
NOT_WORDS = marked(
    """no not never nor neither none nobody nothing hardly barely scarcely little zero lack absence without free yet
    isn't aren't wasn't weren't doesn't don't didn't hasn't haven't can't cannot won't"""
)
CHANGE_WORDS = marked(
    """change changes changed changing alter alters altered altering vary varies varied varying differ differs
    differed evolve evolves evolved develop develops developed transform transforms transformed modify modifies
    modified fluctuate fluctuates shift shifts shifted deviate deviates moved touched replaced rearranged affected
    advanced added removed swapped updated stirred budged progressed influenced adjusted become move different"""
)
EVENT_WORDS = marked(
    """change changes changing alteration alterations modification modifications update updates development
    developments variation variations difference differences transformation transformations deviation deviations
    adjustment adjustments shift shifts evolution progression fluctuation fluctuations novelty novelties departure
    departures transition transitions progress news new event events happening happenings occurrence occurrences
    incident incidents activity activities action movement movements motion"""
)
HAPPEN_WORDS = CHANGE_WORDS | marked(
    """happens happened happen occurs occurred takes taken took goes transpires comes unfolds moves stirs arises
    stands gets follows reported noted worth new going happening afoot other"""
)
BEFORE_WORDS = marked(
    """before beforehand earlier previously ever always now usual first last time ago beginning start outset opening
    end close finish previous preceding prior initial was were did had been started began stood lay hung sat used
    looked appeared is are"""
)
AS_WORDS = marked("as like where how what way than from to with")
KEEP_WORDS = marked(
    "keep keeps kept retain retains retained maintain maintains maintained preserve preserves preserved"
)
KEPT_WORDS = marked("maintained preserved retained kept upheld sustained")
LEFT_WORDS = marked("stays stay remains remain continues keeps still matches equals resembles corresponds mirrors")
ONCE_WORDS = marked("way that this so such there here original initial former previous earlier starting first")
USUAL_WORDS = marked("usual original same old initial former previous accustomed")
