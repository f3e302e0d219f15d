"""How a model refuses: in the first person, by its rules, by what it is, or by the caption that there will not be.

The patterns are for one sentence with plain apostrophes and without its quotations. Every repetition in them is
bounded. "I" is told from other words by its capital.
"""

from __future__ import annotations

import re

_MEDIA = (
    r"(?:videos?|clips?|footage|recordings?|films?|movies?|images?|pictures?|photos?|stills?|frames?|gifs?|media"
    r"|files?|attachments?|uploads?|links?|urls?|material|contents?|visuals?|moving (?:images|pictures)|motion)"
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
    r"|neural|vision) (?:model|network|assistant|system)|(?:virtual|digital) assistant|computer program|machine"
    r"|(?:text|language|vision|chat|software|rule)[- ]based \w+|automated \w+))"
)
_LIMITS = (
    r"(?:guidelines?|polic(?:y|ies)|rules?|programming|training|principles?|instructions?|restrictions?|limitations?"
    r"|limits?|capabilit(?:y|ies)|abilit(?:y|ies)|skills?|scope|remit|creators?|developers?|makers?|design"
    r"|architecture|terms|filters?|safeguards?|safety|constraints?|configuration|systems?|nature|knowledge|interface"
    r"|settings?|standards?|values|reach|powers?|perception|functions?|functionality|provider|operators?|code|role"
    r"|purpose|ethics|permissions?|means|inputs?|context|senses|boundar(?:y|ies)|understanding|data)"
)

_NO = r"(?:not|n't|no|never|nothing|none|neither|nor|cannot|unable|incapable|impossible|without|lack\w*|inability)"
_NOT = r"(?:\b(?:not|never|nor|neither|nothing|hardly)|n't)"
_CANNOT = (
    r"(?:cannot|can't|can ?not|could ?n[o']t|could not|is unable to|is not able to|will not|won't|may not|must not)"
)
_BARS = (
    r"(?:prevent|forbid|prohibit|rules? out|stop|bar\b|bars\b|keep|preclude|restrict|limit|disallow|block|hinder"
    r"|violat|breach|infring|against|contrary|conflict|beyond|outside|exceed|off[- ]limits|do(?:es)? not|don't"
    r"|doesn't|cannot|can't|will not|won't|no\b|not\b|never|require|oblige|compel|force|leave|tell|instruct|advise"
    r"|demand|decline|refrain|avoid|exclude|unable|lack)"
)
_WRONG = (
    r"(?:not (?:\w+ly )?(?:possible|appropriate|permitted|allowed|feasible|safe|ethical|acceptable|something)"
    r"|impossible|inappropriate|unethical|against|beyond|outside)"
)
_BROKEN = r"(?:damaged|corrupt\w*|broken|failed|fails|empty|blank|refuse|declin\w+|violates)"

_DESCRIBE = (
    r"(?:describe|caption|view|watch|analy[sz]e|process|interpret|access|open|play|load|provide|give|generate|produce"
    r"|write|create|comment|help|assist|comply|fulfil+|complete|proceed|continue|go on|discuss|summari[sz]e"
    r"|transcribe|identify|answer|engage|supply|offer|share|carry out|perform|display|retrieve|decode|render|handle"
    r"|support|perceive|examine|review|inspect|respond|narrate|deliver|do|look at|see|name|make|grant|recogni[sz]e"
    r"|report|understand|read|tell|say)"
)
_DESCRIBING = (
    r"(?:describing|captioning|viewing|watching|analy[sz]ing|processing|interpreting|providing|giving|generating"
    r"|writing|commenting|identifying|summari[sz]ing|transcribing|naming|recogni[sz]ing|looking at|seeing|discussing"
    r"|telling|helping|answering|reporting|perceiving|opening|playing|handling|producing)"
)
_DESCRIBED = (
    r"(?:described|captioned|viewed|watched|analy[sz]ed|processed|interpreted|accessed|opened|played|loaded|provided"
    r"|given|generated|produced|written|created|fulfilled|completed|discussed|summari[sz]ed|transcribed|answered"
    r"|supplied|offered|displayed|retrieved|decoded|rendered|handled|supported|delivered|granted|made|had|shared"
    r"|downloaded|parsed|received|found|carried out|commented on|reached|fetched)"
)
# What a model may fail to see or to hear, and describe the clip all the same: a hedge, no refusal.
_UNSURE = (
    r"(?:be (?:sure|certain)|hear\b|make out|count|guess|rule out|help but|wait|judge|determine|estimate|remember"
    r"|discern|resist|decide|imagine|recall|stress|exclude|believe|emphasi[sz]e|guarantee|promise|vouch"
    rf"|see (?!(?:\w+ ){{0,3}}{_MEDIA}\b|it\b|this\b|anything\b|what you\b|,)|read (?!(?:\w+ ){{0,2}}{_MEDIA}\b)"
    r"|(?:tell|say|know) (?:whether|if|exactly|for (?:sure|certain)|from\b|apart|how|which|with certainty))"
)
_ADVERBS = r"(?:(?:[a-z]{2,14}ly|just|also|still|thus|do|now|can|would|in fact|at present|at this time|then) ){0,2}"

# What follows "I" in a refusal.
_I_CANNOT = (
    r"(?:can't|cannot|can not|could not|couldn't|won't|will not|would not|wouldn't|shall not|may not"
    rf"|(?:am )?(?:unable|not able) to) (?!{_ADVERBS}(?:be able to )?{_UNSURE})"
)
_I_MUST_NOT = (
    r"(?:must not|mustn't|should not|shouldn't) (?:describe|caption|provide|give|comment|help|continue|answer|discuss"
    r"|identify|assist|produce|generate|go on|share|reveal|comply|proceed|reproduce|go into|go any)"
)
_I_AM_NOT = (
    rf"(?:(?:am|was|are|were|feel|be|been|have been|remain)? ?{_ADVERBS}(?:not|never|neither)|wasn't|aren't|weren't"
    r"|won't be) (?:\w+ly |yet |been |really ){0,2}(?:able|allowed|permitted|authori[sz]ed|equipped|designed"
    r"|trained|programmed|built|capable|supposed|comfortable|going to|willing|meant|intended|at liberty|made|suited"
    r"|qualified|given|provided|free|cleared|prepared|licensed|configured|set up|fit|competent|shown|in a position"
    r"|instructed|taught|sent|(?:a )?human|granted|at ease|created)\b"
)
_I_AM_BARRED = (
    r"(?:am|was|are|feel|remain|have been|be)? ?(?:\w+ly )?(?:(?:incapable|forbidden|prohibited|barred|prevented"
    r"|unequipped|restricted|limited|constrained|obliged|required|forced|compelled|bound|powerless|blind|unfit"
    r"|ill-equipped|unwilling) |(?:been )?(?:instructed|told|asked|programmed|designed|trained|built|configured"
    r"|taught|set up|supposed|meant) not to |without (?:any|an?|the|access|means|eyes|sight|vision)\b)"
)
_I_DO_NOT = (
    rf"(?:do not|don't|did not|didn't|never) {_ADVERBS}(?:have|possess|see (?:an?|any|the|your)|offer|support|process"
    r"|watch|view|perceive|describe|comment|engage|provide|generate|receive|accept|discuss|identify|know how|feel"
    r"|work with|handle|answer|do (?:th|desc|capt|vid|im)|take|think (?:I|it)|produce|wish|want|create|help|assist"
    r"|participate|get|find (?:an?|any)|come with|own)"
)
_I_HAVE_NO = (
    r"(?:(?:have not|haven't|not|have never|never) (?:\w+ly |yet )?(?:been|received|got|seen|had|obtained|learn)"
    r"|(?:have|got|had|possess|see|hold|find|own|am left with|with)? ?no (?!further|more|other|idea|doubt|clue"
    r"|questions)[a-z]|(?:have|possess) neither|have nothing to (?:go|work|base)|lack\b|(?:can|could|am|may) neither "
    r"|only (?:accept|process|understand|handle|support|work|take|deal))"
)
_I_DECLINE = (
    r"(?:refuse\b|declin|reject\b|abstain|refrain|apologi|regret|(?:had )?better not |(?:(?:would|'d)? ?(?:rather"
    r"|prefer|choose|opt|elect|like|have chosen|have decided|decided|chose) (?:to )?not )"
    r"|(?:only )?wish (?:that )?(?:I|we) (?:could|were|was) |(?:would|'d)? ?(?:love|like|be (?:glad|happy)"
    r"|have liked) to [^.;]{1,60}\bbut (?:I|we|the|this|that|no|your)\b|(?:must|have to|need to|had to|ought to"
    rf"|should|shall|will|'ll|'d better|had better|would|(?:am )?going to|choose to) {_ADVERBS}(?:have to |need to "
    r"|like to |prefer to )?(?:\w+ly )?(?:decline|refuse|reject|pass\b|stop|leave|refrain|withhold|turn|skip|abstain"
    r"|end|break off|disappoint|avoid|say no|draw the line|bow out|halt|hold back|forgo|desist|keep (?:silent|quiet"
    r"|out)|remain silent|stay silent|steer clear|excuse myself|omit|opt out|cut (?:this|it|the)|disregard|step back"
    r"|give up))"
)
_OPENED = (
    r"\A(?:(?:oh|hi|hello|well|ah|hmm|unfortunately|regrettably|sadly|alas|thank you|thanks)(?: (?:there|so much"
    r"|very much|for[^.!?,:]{1,60}))?[,!.]? )?"
)
_THIS = r"(?:the|this|that|your|any|an?|attached|uploaded|provided|linked|requested|such)"
_SENT = (
    r"(?:sent|shared|uploaded|provided|attached|posted|submitted|gave|given|asked|requested|want\w*|linked|described"
    r"|are asking|are looking)"
)

FIRST_PERSON = re.compile(
    r"(?<![\w.-])(?:I|[Ww]e)(?:,? (?:as|being) [^,]{1,60},)?(?:'m|'ve|'ll|'d"
    r"|'re)?"
    rf" ?{_ADVERBS}(?:{'|'.join((_I_CANNOT, _I_MUST_NOT, _I_AM_NOT, _I_AM_BARRED, _I_DO_NOT, _I_HAVE_NO, _I_DECLINE))})"
)
"""What the model itself cannot, may not or will not do."""

_CASED = (
    # what it says of the clip and of the caption, in any words
    rf"\bI (?:[a-z']+ ){{0,4}}?(?:no|not|never|nothing|cannot|without)\b (?!{_UNSURE})[^.;]{{0,60}}?\b(?:{_MEDIA}"
    rf"|{_CAPTION}|caption|(?:face|image|video) recognition)\b",
    r"\b(?:no way|no chance|not possible|impossible) (?:that |for )?I (?:can |could |will )?[a-z]+ ",
    r"\bI (?:can|may|could|am able to) (?:\w+ )?(?:offer|give|provide|supply|make|write|produce) no\b",
    r"\b[Oo]nly [^.;]{1,40} reach(?:ed|es)? me\b",
    r"\bas far as I (?:can|may|could) (?:go|get|take)\b",
    r"\bI(?:'ve| have|'m| am| was)? (?:been )?(?:trained|instructed|told|asked|programmed|designed|built|required"
    r"|supposed|taught) to (?:avoid|decline|refuse|refrain|withhold|skip|leave|reject|steer|keep|turn)",
    rf"{_NOT}\b[^.;,]{{0,40}}? (?:that |which )?(?:I|we) (?:can|could|may|am able|am allowed|have been|was given"
    r"|want)\b",
    r"\b[Nn]othing (?:that )?I (?:can|could|have|was)\b",
    r"\b[Aa]ll (?:that )?I (?:can (?:offer|give|do|say) is|have (?:received|been given|got|is)|got|received"
    r"|was (?:given|sent|shown))\b",
    r"\b(?:as|being|(?:since |because )?I(?: am|'m))(?: (?:only|just|merely|simply|still"
    rf"|but)){{0,2}} {_AI}\b.{{0,80}}?\b(?:I|my|me)\b",
    rf"\b(?:me|my|I),? (?:as|being) {_AI}",
    rf"(?<!\w)I(?: am|'m)(?: (?:only|just|merely|simply|still|but)){{0,2}} {_AI}",
)
_UNCASED = (
    # it is sorry
    rf"{_OPENED}(?:(?:I|we)(?:'m|'re| am| are) (?:\w+ )?(?:sorry|afraid)\b|(?:(?:very|so|deeply|really"
    r"|terribly) )?sorry(?=[,!.:;—–-]| (?:but|about|for (?:the|any|that|this|not|being|my|having)|to|that|I|the|this"
    r"|we|no|cannot|can't|there|-|–|—)\b)|(?:(?:my|our|please accept (?:my|our)) )?(?:\w+ ){0,2}apologies\b"
    r"|pardon me|forgive me|please (?:forgive|excuse))",
    # the rules that it goes by
    rf"\b(?:my|our|the (?:content|safety|usage|use|privacy)) (?:[\w-]+ ){{0,3}}{_LIMITS}\b.{{0,80}}?\b{_BARS}",
    rf"\b{_BARS}\w* .{{0,60}}?\b(?:my|our) (?:[\w-]+ ){{0,3}}{_LIMITS}\b",
    rf"\b{_LIMITS} (?:(?:that|which|by which|under which) )?(?:I|we) (?:\w+ )?(?:follow|work|operate|adhere|obey|am"
    r"|must|have|go|act|answer|was|keep)",
    r"\bmy (?:\w+ )?(?:limitations?|limits|inability|restrictions)\b",
    rf"\b(?:against|beyond|outside|exceeds?|past) (?:of )?(?:what|anything|everything) (?:I|we|{_SELF})\b",
    rf"\b(?:something|anything|a thing|things|what|one) (?:that |which )?(?:I|we) (?:(?:\w+ )?{_NO}|(?:do|would|ca|wo"
    r"|could|should)n't)\b",
    # what is done for it and to it
    rf"(?:{_NO}|inappropriate|wrong|unethical|improper|forbidden|off limits|beyond|unsafe|harmful)\b.{{0,60}} (?:for"
    r"|of|by|to|with|from) me\b",
    r"\b(?:only|un\w{4,}(?:ed|able)|locked|closed|hidden|inaccessible|blocked|barred)\b.{0,40} (?:for|by|to"
    r"|from) me\b|\bbeyond me\b",
    r"\b(?:prevent|forbid|prohibit|stop|bar|keep|preclud|restrict|leav|hinder|requir)\w* me\b",
    rf"{_NOT} (?:\w+ )?(?:allow|permit|let|enabl|give|grant)\w* me\b",
    rf"(?:{_NOT}|\bfailed to) (?:\w+ )?reach(?:ed|es)? (?:me|us)\b",
    # what it is
    rf"\A(?:as|being) {_AI}(?:[- ](?:model|assistant|system|program))?(?:, | (?:trained|created|developed|made|built"
    r"|without)\b)",
    rf"\b{_SELF} (?:\w+ly )?(?:{_CANNOT}|does not|doesn't|declines to|refuses to|is not (?:allowed|permitted) to"
    rf"|lacks) (?:\w+ ){{0,6}}?{_SUBJECT}\b",
    rf"\bthe (?:\w+ )?model (?:does not|doesn't|{_CANNOT}) (?:support|process|accept|handle|take|interpret"
    rf"|analy[sz]e) (?:\w+ ){{0,2}}?{_MEDIA}",
    # the caption that there will not be
    rf"{_OPENED}(?:[^,]{{1,60}}, )?no (?:\w+ ){{0,2}}(?:{_CAPTION} (?:can|could|will|may)|(?:captions?|descriptions?"
    r"|summary) (?:is|was|has|of|for|available|possible))\b",
    rf"\b{_THIS} (?:\w+ ){{0,2}}(?:{_CAPTION}|{_ASKED}) (?:of [^,.]{{1,40}} )?{_CANNOT} (?:\w+ly )?be {_DESCRIBED}",
    rf"{_OPENED}{_THIS} (?:\w+ ){{0,2}}?{_MEDIA} (?:[^,;]{{1,60}} )?{_CANNOT} (?:\w+ly )?be {_DESCRIBED}",
    r"\A[^,]{0,60}\b(?:it|this|that)(?: is|'s| was| would be| is simply| seems"
    rf"| remains) (?:\w+ly )?{_WRONG}\b.{{0,40}}? to {_DESCRIBE}\b (?!\w+ (?:whether|if)|whether|if|how"
    rf"|apart)(?:.{{0,60}}?\b)?(?:{_SUBJECT}|you)\b",
    rf"\b{_THIS} (?:\w+ ){{0,2}}(?:captions?|descriptions?) (?:of [^,.]{{1,40}} )?(?:is|are|remains?"
    r"|would be) (?:\w+ )?(?:out of (?:the question|reach|my reach)|not (?:possible|available|allowed|permitted)"
    r"|impossible|beyond|off the table)",
    rf"{_OPENED}{_DESCRIBING} (?:.{{0,100}}? )?(?:is|are|isn't|aren't|lies|falls|goes|would|cannot"
    r"|can't) .{0,40}?(?:\b(?:not|impossible|beyond|outside|against|off limits|forbidden|inappropriate|cannot"
    r"|violate|unavailable|prohibited)|n't)\b",
    rf"\A(?:.{{0,30}}\b)?{_SUBJECT} (?:is |are |was )?(?:unavailable|denied|refused|withheld|blocked|rejected|declined"
    r"|unsupported|cannot be (?:shown|displayed)|not (?:possible|available|supported))\b",
    rf"\A(?:.{{0,20}}: ?)?unable to {_DESCRIBE}\b[^,]*?\b{_SUBJECT}\b[^,]*\Z",
    rf"\A(?:cannot|can't|can not|could not) {_DESCRIBE}\b",
    # the clip that did not come
    r"\A(?:error|warning|notice|sorry)\b.{0,60}\b(?:cannot|could not|unable|failed|not|unavailable)\b",
    rf"\b(?:no|without (?:an?|any)) (?:\w+ )?{_MEDIA} (?:(?:was|were|has been|have been|is|are|(?:seems"
    r"|appears) to (?:be|have been)) )?(?:attached|provided|uploaded|included|received|shared|supplied|sent"
    r"|accessible|linked|submitted|arrived|came)\b",
    rf"{_OPENED}(?:it (?:seems|looks|appears) (?:that |like |as if |as though )?)?(?:the|your|that"
    rf"|this) (?:\w+ )??{_MEDIA} (?:file |clip )?(?:did not|didn't|has not|hasn't|failed to|have not"
    r"|haven't) (?:\w+ ){0,2}?(?:load|upload|open|come|arriv|reach|go|transfer|attach|been|get|got|made?|start|play"
    r"|process)",
    r"\b(?:missing|absent) from (?:your|the|this) (?:message|request|prompt|upload|conversation|chat)\b",
    rf"\A(?:the format of )?(?:the |this |your )?{_MEDIA} (?:input|format|files?|content|formats"
    r"|inputs)?(?: of \w+)? ?(?:is|are) not supported\b",
    # what the user sent and asked for
    r"\A(?:it (?:seems|looks|appears) (?:that |like )?)?you(?:'ve| have| did)?(?: not|n't) (?:yet )?(?:attach|upload"
    r"|provid|shar|sen[dt]|includ|suppl|link|giv|past)\w*",
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
    r"|would you|note|i hope|happy to|glad to)\b",
    re.I,
)
"""A good-bye to the user; of the signs, only the first person makes it a refusal."""
