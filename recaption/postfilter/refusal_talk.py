"""How a model refuses: in the first person, by its rules, by what it is, or by the caption that there will not be.

The patterns are for one sentence with plain apostrophes and without its quotations. Every repetition in them is
bounded. "I" is told from other words by its capital.
"""

from __future__ import annotations

import re

_MEDIA = (
    r"(?:videos?|clips?|footage|recordings?|films?|movies?|images?|pictures?|photos?|stills?|frames?|gifs?|media|files?"
    r"|attachments?|uploads?|links?|urls?|material|contents?|visuals?|moving (?:images|pictures)|motion)"
)
_ASKED = r"(?:requests?|questions?|prompts?|tasks?|quer(?:y|ies)|instructions?|input)"
_CAPTION = (
    r"(?:captions?|descriptions?|summar(?:y|ies)|transcripts?|transcriptions?|answers?|accounts?|responses?"
    r"|narrations?)"
)
_SUBJECT = rf"(?:{_MEDIA}|{_CAPTION}|{_ASKED})"
_SELF = r"(?:(?:the|this) (?:assistant|system|AI)|this (?:model|bot|tool|service))"
_AI = (
    r"(?:(?:an? )?(?:\w+[- ]){0,3}(?:AI|artificial intelligence|language[- ]model|LLM|chat ?bot|(?:text|text-only"
    r"|neural|vision)"
    r" (?:model|network)|(?:virtual|digital) assistant|computer program|machine"
    r"|(?:text|language|vision|chat|software|rule)[- ]based \w+|automated \w+))"
)
_LIMITS = (
    r"(?:guidelines?|polic(?:y|ies)|rules?|programming|training|principles?|instructions?|restrictions?|limitations?"
    r"|limits?"
    r"|capabilit(?:y|ies)|abilit(?:y|ies)|skills?|scope|remit|creators?|developers?|makers?|design|architecture|terms"
    r"|filters?"
    r"|safeguards?|safety|constraints?|configuration|systems?|nature|knowledge|interface|settings?|standards?|values"
    r"|reach"
    r"|powers?|perception|functions?|functionality|provider|operators?|code|role|purpose|ethics|permissions?|means"
    r"|inputs?"
    r"|context|senses|boundar(?:y|ies)|understanding|data)"
)

_NO = r"(?:not|n't|no|never|nothing|none|neither|nor|cannot|unable|incapable|impossible|without|lack\w*|inability)"
_NOT = r"(?:\b(?:not|never|nor|neither|nothing|hardly)|n't)"
_CANNOT = (
    r"(?:cannot|can't|can ?not|could ?n[o']t|could not|is unable to|is not able to|will not|won't|may not|must not)"
)
_BARS = (
    r"(?:prevent|forbid|prohibit|rules? out|stop|bar\b|bars\b|keep|preclude|restrict|limit|disallow|block|hinder"
    r"|violat|breach"
    r"|infring|against|contrary|conflict|beyond|outside|exceed|off[- ]limits|do(?:es)? not|don't|doesn't|cannot|can't"
    r"|will not"
    r"|won't|no\b|not\b|never|require|oblige|compel|force|leave|tell|instruct|advise|demand|decline|refrain|avoid"
    r"|exclude"
    r"|unable|lack)"
)
_WRONG = (
    r"(?:not (?:\w+ly )?(?:possible|appropriate|permitted|allowed|feasible|safe|ethical|acceptable|something)"
    r"|impossible"
    r"|inappropriate|unethical|against|beyond|outside)"
)
_BROKEN = r"(?:damaged|corrupt\w*|broken|failed|fails|empty|blank|refuse|declin\w+|violates)"

_DESCRIBE = (
    r"(?:describe|caption|view|watch|analy[sz]e|process|interpret|access|open|play|load|provide|give|generate|produce"
    r"|write"
    r"|create|comment|help|assist|comply|fulfil+|complete|proceed|continue|go on|discuss|summari[sz]e|transcribe"
    r"|identify"
    r"|answer|engage|supply|offer|share|carry out|perform|display|retrieve|decode|render|handle|support|perceive"
    r"|examine"
    r"|review|inspect|respond|narrate|deliver|do|look at|see|name|make|grant|recogni[sz]e|report|understand|read|tell"
    r"|say)"
)
_DESCRIBING = (
    r"(?:describing|captioning|viewing|watching|analy[sz]ing|processing|interpreting|providing|giving|generating"
    r"|writing"
    r"|commenting|identifying|summari[sz]ing|transcribing|naming|recogni[sz]ing|looking at|seeing|discussing|telling"
    r"|helping"
    r"|answering|reporting|perceiving|opening|playing|handling|producing)"
)
_DESCRIBED = (
    r"(?:described|captioned|viewed|watched|analy[sz]ed|processed|interpreted|accessed|opened|played|loaded|provided"
    r"|given"
    r"|generated|produced|written|created|fulfilled|completed|discussed|summari[sz]ed|transcribed|answered|supplied"
    r"|offered"
    r"|displayed|retrieved|decoded|rendered|handled|supported|delivered|granted|made|had|shared|downloaded|parsed"
    r"|received"
    r"|found|carried out|commented on|reached|fetched)"
)
# What a model may fail to see or to hear, and describe the clip all the same: a hedge, no refusal.
_UNSURE = (
    r"(?:be (?:sure|certain)|hear\b|make out|count|guess|rule out|help but|wait|judge|determine|estimate|remember"
    r"|discern|resist"
    r"|decide|imagine|recall|stress|exclude|believe|emphasi[sz]e|guarantee|promise|vouch"
    rf"|see (?!(?:\w+ ){{0,3}}{_MEDIA}\b|it\b|this\b|anything\b|what you\b|,)|read (?!(?:\w+ ){{0,2}}{_MEDIA}\b)"
    r"|(?:tell|say|know) (?:whether|if|exactly|for (?:sure|certain)|from\b|apart|how|which|with certainty))"
)
_ADVERBS = r"(?:(?:[a-z]{2,14}ly|just|also|still|thus|do|now|can|would|in fact|at present|at this time|then) ){0,2}"

# What follows "I" in a refusal.
_I_CANNOT = (
    rf"(?:can't|cannot|can not|could not|couldn't|won't|will not|would not|wouldn't|shall not|may not"
    r"|(?:am )?(?:unable|not able)"
    rf" to) (?!{_ADVERBS}(?:be able to )?{_UNSURE})"
)
_I_MUST_NOT = (
    r"(?:must not|mustn't|should not|shouldn't) (?:describe|caption|provide|give|comment|help|continue|answer|discuss"
    r"|identify"
    r"|assist|produce|generate|go on|share|reveal|comply|proceed|reproduce|go into|go any)"
)
_I_AM_NOT = (
    rf"(?:(?:am|was|are|were|feel|be|been|have been|remain)? ?{_ADVERBS}(?:not|never|neither)|wasn't|aren't|weren't"
    r"|won't be)"
    rf" (?:\w+ly |yet |been |really ){{0,2}}(?:able|allowed|permitted|authori[sz]ed|equipped|designed|trained"
    r"|programmed|built"
    r"|capable|supposed|comfortable|going to|willing|meant|intended|at liberty|made|suited|qualified|given|provided"
    r"|free"
    r"|cleared|prepared|licensed|configured|set up|fit|competent|shown|in a position|instructed|taught|sent"
    r"|(?:a )?human"
    r"|granted|at ease|created)\b"
)
_I_AM_BARRED = (
    r"(?:am|was|are|feel|remain|have been|be)? ?(?:\w+ly )?(?:(?:incapable|forbidden|prohibited|barred|prevented"
    r"|unequipped|restricted"
    r"|limited|constrained|obliged|required|forced|compelled|bound|powerless|blind|unfit|ill-equipped|unwilling) "
    r"|(?:been )?(?:instructed|told|asked|programmed|designed|trained|built|configured|taught|set up|supposed"
    r"|meant) not to "
    r"|without (?:any|an?|the|access|means|eyes|sight|vision)\b)"
)
_I_DO_NOT = (
    rf"(?:do not|don't|did not|didn't|never) {_ADVERBS}(?:have|possess|see (?:an?|any|the|your)|offer|support|process"
    r"|watch|view"
    r"|perceive|describe|comment|engage|provide|generate|receive|accept|discuss|identify|know how|feel|work with|handle"
    r"|answer|do (?:th|desc|capt)|take|think (?:I|it)|produce|wish|want|create|help|assist|participate|get|find (?:an?"
    r"|any)"
    r"|come with|own)"
)
_I_HAVE_NO = (
    r"(?:(?:have not|haven't|not|have never|never) (?:\w+ly |yet )?(?:been|received|got|seen|had|obtained|learn)"
    r"|(?:have|got|had|possess|see|hold|find|own|am left with|with)? ?no (?!further|more|other|idea|doubt|clue"
    r"|questions)[a-z]"
    r"|(?:have|possess) neither|have nothing to (?:go|work|base)|lack\b|(?:can|could|am|may) neither "
    r"|only (?:accept|process|understand|handle|support|work|take|deal))"
)
_I_DECLINE = (
    r"(?:refuse\b|declin|reject\b|abstain|refrain|apologi|regret|(?:had )?better not "
    r"|(?:(?:would|'d)? ?(?:rather|prefer|choose|opt|elect|like|have chosen|have decided|decided|chose) (?:to )?not )"
    r"|(?:only )?wish (?:that )?(?:I|we) (?:could|were|was) "
    r"|(?:would|'d)? ?(?:love|like|be (?:glad|happy)|have liked) to [^.;]{1,60}\bbut (?:I|we|the|this|that|no|your)\b"
    r"|(?:must|have to|need to|had to|ought to|should|shall|will|'ll|'d better|had better|would|(?:am )?going to"
    r"|choose to)"
    rf" {_ADVERBS}(?:have to |need to |like to |prefer to )?(?:\w+ly )?(?:decline|refuse|reject|pass\b|stop|leave"
    r"|refrain"
    r"|withhold|turn|skip|abstain|end|break off|disappoint|avoid|say no|draw the line|bow out|halt|hold back|forgo"
    r"|desist"
    r"|keep (?:silent|quiet|out)|remain silent|stay silent|steer clear|excuse myself|omit|opt out|cut (?:this|it|the)"
    r"|disregard|step back|give up))"
)
_OPENED = (
    r"\A(?:(?:oh|hi|hello|well|ah|hmm|unfortunately|regrettably|sadly|alas|thank you|thanks)"
    r"(?: (?:there|so much|very much|for[^.!?,:]{1,60}))?[,!.]? )?"
)
_THIS = r"(?:the|this|that|your|any|an?|attached|uploaded|provided|linked|requested|such)"
_SENT = (
    r"(?:sent|shared|uploaded|provided|attached|posted|submitted|gave|given|asked|requested|want\w*|linked|described"
    r"|are asking|are looking)"
)

FIRST_PERSON = re.compile(
    r"(?<![\w.-])(?:I|[Ww]e)(?:,? (?:as|being) [^,]{1,60},)?(?:'m|'ve|'ll|'d|'re)? ?"
    rf"{_ADVERBS}(?:{'|'.join((_I_CANNOT, _I_MUST_NOT, _I_AM_NOT, _I_AM_BARRED, _I_DO_NOT, _I_HAVE_NO, _I_DECLINE))})"
)
"""What the model itself cannot, may not or will not do."""

_CASED = (
    rf"{_NOT}\b[^.;,]{{0,40}}? (?:that |which )?(?:I|we) (?:can|could|may|am able|am allowed|have been|was given"
    r"|want)\b",
    r"\b[Nn]othing (?:that )?I (?:can|could|have|was)\b",
    r"\b[Aa]ll (?:that )?I (?:have (?:received|been given|got|is)|got|received|was (?:given|sent|shown))\b",
    rf"\b(?:as|being|(?:since |because )?I(?: am|'m))(?: (?:only|just|merely|simply|still"
    rf"|but)){{0,2}} {_AI}\b.{{0,80}}?"
    r"\b(?:I|my|me)\b",
    rf"(?<!\w)I(?: am|'m)(?: (?:only|just|merely|simply|still|but)){{0,2}} {_AI}",
)
_UNCASED = (
    # it is sorry
    rf"{_OPENED}(?:(?:I|we)(?:'m|'re| am| are) (?:\w+ )?(?:sorry|afraid)\b|(?:(?:very|so|deeply|really"
    r"|terribly) )?sorry"
    r"(?=[,!.:;—–-]| (?:but|about|for (?:the|any|that|this|not|being|my|having)|to|that|I|the|this|we|no|cannot|can't"
    r"|there|-|–|—)\b)"
    r"|(?:(?:my|our|please accept (?:my|our)) )?(?:\w+ ){0,2}apologies\b|pardon me|forgive me|please (?:forgive"
    r"|excuse))",
    # the rules that it goes by
    rf"\b(?:my|our|the (?:content|safety|usage|use|privacy)) (?:[\w-]+ ){{0,3}}{_LIMITS}\b.{{0,80}}?\b{_BARS}",
    rf"\b{_BARS}\w* .{{0,60}}?\b(?:my|our) (?:[\w-]+ ){{0,3}}{_LIMITS}\b",
    rf"\b{_LIMITS} (?:(?:that|which|by which|under which) )?(?:I|we) (?:\w+ )?(?:follow|work|operate|adhere|obey|am"
    r"|must|have|go"
    r"|act|answer|was|keep)",
    r"\bmy inability\b",
    rf"\b(?:against|beyond|outside|exceeds?|past) (?:of )?(?:what|anything|everything) (?:I|we|{_SELF})\b",
    rf"\b(?:something|anything|a thing|things|what|one) (?:that |which )?(?:I|we) (?:\w+ )?{_NO}\b",
    # what is done for it and to it
    rf"(?:{_NO}|inappropriate|wrong|unethical|improper|forbidden|off limits|beyond|unsafe|harmful)\b.{{0,60}} (?:for"
    r"|by|to|with)"
    r" me\b",
    r"\b(?:prevent|forbid|prohibit|stop|bar|keep|preclud|restrict|leav|hinder|requir)\w* me\b",
    rf"{_NOT} (?:\w+ )?(?:allow|permit|let|enabl|give|grant)\w* me\b",
    rf"(?:{_NOT}|\bfailed to) (?:\w+ )?reach(?:ed|es)? (?:me|us)\b",
    # what it is
    rf"\A(?:as|being) {_AI}(?:[- ](?:model|assistant|system|program))?(?:, | (?:trained|created|developed|made|built"
    r"|without)\b)",
    rf"\b{_SELF} (?:\w+ly )?(?:{_CANNOT}|does not|doesn't|declines to|refuses to|is not (?:allowed|permitted) to|lacks)"
    rf" (?:\w+ ){{0,6}}?{_SUBJECT}\b",
    rf"\bthe (?:\w+ )?model (?:does not|doesn't|{_CANNOT}) (?:support|process|accept|handle|take|interpret|analy[sz]e)"
    rf" (?:\w+ ){{0,2}}?{_MEDIA}",
    # the caption that there will not be
    rf"{_OPENED}no (?:\w+ ){{0,2}}(?:{_CAPTION} (?:can|could|will|may)|(?:captions?|descriptions?|summary) (?:is|was"
    r"|has|of|for"
    r"|available|possible))\b",
    rf"\b{_THIS} (?:\w+ ){{0,2}}(?:{_CAPTION}|{_ASKED}) (?:of [^,.]{{1,40}} )?{_CANNOT} (?:\w+ly )?be {_DESCRIBED}",
    rf"{_OPENED}{_THIS} (?:\w+ ){{0,2}}?{_MEDIA} (?:[^,;]{{1,60}} )?{_CANNOT} (?:\w+ly )?be {_DESCRIBED}",
    rf"\A[^,]{{0,60}}\b(?:it|this|that)(?: is|'s| was| would be| is simply| seems"
    rf"| remains) (?:\w+ly )?{_WRONG}\b.{{0,40}}? to"
    rf" {_DESCRIBE}\b (?!\w+ (?:whether|if)|whether|if|how|apart)(?:.{{0,60}}?\b)?(?:{_SUBJECT}|you)\b",
    rf"{_OPENED}{_DESCRIBING} (?:.{{0,100}}? )?(?:is|are|isn't|aren't|lies|falls|goes|would|cannot|can't) .{{0,40}}?"
    r"(?:\b(?:not|impossible|beyond|outside|against|off limits|forbidden|inappropriate|cannot|violate|unavailable"
    r"|prohibited)"
    r"|n't)\b",
    rf"\A(?:.{{0,30}}\b)?{_SUBJECT} (?:is |are |was )?(?:unavailable|denied|refused|withheld|blocked|rejected|declined"
    r"|unsupported|cannot be (?:shown|displayed)|not (?:possible|available|supported))\b",
    rf"\A(?:.{{0,20}}: ?)?unable to {_DESCRIBE}\b[^,]*?\b{_SUBJECT}\b[^,]*\Z",
    rf"\A(?:cannot|can't|can not|could not) {_DESCRIBE}\b",
    # the clip that did not come
    r"\A(?:error|warning|notice|sorry)\b.{0,60}\b(?:cannot|could not|unable|failed|not|unavailable)\b",
    rf"\b(?:no|without (?:an?|any)) (?:\w+ )?{_MEDIA} (?:(?:was|were|has been|have been|is|are|(?:seems"
    r"|appears) to (?:be|have"
    r" been)) )?(?:attached|provided|uploaded|included|received|shared|supplied|sent|accessible|linked|submitted"
    r"|arrived|came)\b",
    rf"{_OPENED}(?:it (?:seems|looks|appears) (?:that |like |as if |as though )?)?(?:the|your|that"
    rf"|this) (?:\w+ )??{_MEDIA}"
    r" (?:file |clip )?(?:did not|didn't|has not|hasn't|failed to|have not|haven't) (?:\w+ ){0,2}?(?:load|upload|open"
    r"|come|arriv"
    r"|reach|go|transfer|attach|been|get|got|made?|start|play|process)",
    r"\b(?:missing|absent) from (?:your|the|this) (?:message|request|prompt|upload|conversation|chat)\b",
    rf"\A(?:the format of )?(?:the |this |your )?{_MEDIA} (?:input|format|files?|content|formats"
    r"|inputs)?(?: of \w+)? ?(?:is|are)"
    r" not supported\b",
    # what the user sent and asked for
    r"\A(?:it (?:seems|looks|appears) (?:that |like )?)?you(?:'ve| have| did)?(?: not|n't) (?:yet )?(?:attach|upload"
    r"|provid|shar"
    r"|sen[dt]|includ|suppl|link|giv|past)\w*",
    rf"\b(?:{_NO}|{_BROKEN})\b.{{0,80}}?\byou(?:'ve)? (?:have )?(?:\w+ly )?{_SENT}\b",
    rf"\byou(?:'ve)? (?:have )?(?:\w+ly )?{_SENT}\b.{{0,80}}?(?:\b(?:{_NO}|{_BROKEN})|n't)\b",
    rf"\byour (?:\w+ ){{0,2}}(?:{_ASKED}|{_MEDIA}|message|upload)\b.{{0,80}}?(?:\b(?:{_NO}|{_BROKEN})|n't)\b",
    rf"(?:\b(?:{_NO}|decline\w*|refuse\w*)|n't)\b.{{0,60}}?\byour (?:\w+ ){{0,2}}(?:{_ASKED}|{_MEDIA}|message)\b",
)
SIGNS = (
    FIRST_PERSON,
    *(re.compile(pattern) for pattern in _CASED),
    *(re.compile(pattern, re.I) for pattern in _UNCASED),
)
"""All of them, the first person first."""

SAYS = re.compile(
    r"\b(?:says|said|reads|sings|tells|shouts|asks|whispers|writes|replies|mouths|announces|types|lettering|titled"
    r"|called|words)\b"
)
"""Before a sign, it is somebody in the scene who speaks, or something written there."""

GOODBYE = re.compile(
    r"(?:if|should you|let me know|tell me if|feel free|(?:please )?(?:don't|do not) hesitate|please (?:let|feel)"
    r"|would you|note"
    r"|i hope|happy to|glad to)\b",
    re.I,
)
"""A good-bye to the user; of the signs, only the first person makes it a refusal."""
