"""A model that refuses: it says that it cannot, may not or will not tell what is in the clip, or that it is sorry.

A person in the scene who refuses is a fact, and so is a quotation. A refusal speaks in the first person, of the model,
or of the caption that there will not be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.sentences import quotations, spans

# One of these is in every refusal; a caption without them costs this look and no more.
_STEMS = (
    " i ", " i'", " i’", " me ", " me.", " me,", " my ", " mine ", " our ", " we ", " we'", " we’", " you ", " your ",
    "sorry", "apolog", "regret", " unable", "unavailable", "cannot", " can not", "can't", "can’t", "could not",
    "couldn", "impossible", " possible", " no caption", " no descr", " no summ", " ai ", " ai-", " ai,", "language model",
    "the assistant", "this assistant", "this model", "refus", "declin", " denied", " available", " appropriate", "supported",
    "loaded", "error", " your", " violates", "for me",
)  # fmt: skip

_MEDIA = (
    r"(?:videos?|clips?|footage|recordings?|films?|movies?|images?|pictures?|photos?|stills?|frames?|gifs?|media|files?"
    r"|attachments?|uploads?|links?|urls?|material|contents?|visuals?|moving (?:images|pictures)|motion)"
)
_ASKED = r"(?:requests?|questions?|prompts?|tasks?|quer(?:y|ies)|instructions?|input)"
_CAPTION = r"(?:captions?|descriptions?|summar(?:y|ies)|transcripts?|transcriptions?|answers?|accounts?|responses?|narrations?)"
_DESCRIBE = (
    r"(?:describe|caption|view|watch|analy[sz]e|process|interpret|access|open|play|load|provide|give|generate|produce"
    r"|write|create|comment|help|assist|comply|fulfil+|complete|proceed|continue|go on|discuss|summari[sz]e|transcribe"
    r"|identify|answer|engage|supply|offer|share|carry out|perform|display|retrieve|decode|render|handle|support"
    r"|perceive|examine|review|inspect|respond|narrate|deliver|accommodate|honou?r|do|look at|see|name|make|grant"
    r"|recogni[sz]e|report|understand|read|tell|speak|say)"
)
_DESCRIBING = (
    r"(?:describing|captioning|viewing|watching|analy[sz]ing|processing|interpreting|providing|giving|generating|writing"
    r"|commenting|identifying|summari[sz]ing|transcribing|naming|recogni[sz]ing|looking at|seeing|discussing|telling"
    r"|answering|reporting|perceiving|opening|playing|handling|producing)"
)
_DESCRIBED = (
    r"(?:described|captioned|viewed|watched|analy[sz]ed|processed|interpreted|accessed|opened|played|loaded|provided"
    r"|given|generated|produced|written|created|fulfilled|completed|discussed|summari[sz]ed|transcribed|answered"
    r"|supplied|offered|displayed|retrieved|decoded|rendered|handled|supported|delivered|granted|made|had|shared"
    r"|downloaded|parsed|received|found|honou?red|carried out|commented on|reached|fetched)"
)
_NO = r"(?:not|n't|no|never|nothing|none|neither|nor|cannot|unable|incapable|impossible|without|lack\w*|inability)"
_BARRED = (
    r"(?:prevent|forbid|prohibit|rule out|rules out|stop|bar|bars|barred|keep|preclude|restrict|limit|disallow|block|hinder"
    r"|violat|breach|infring|against|contrary|conflict|beyond|outside|exceed|off-limits|off limits|do(?:es)? not|don't"
    r"|doesn't|cannot|can't|will not|won't|no\b|not\b|never|require|oblige|compel|force|leave|tell|instruct|advise|demand"
    r"|decline|refrain|avoid|exclude|unable|inability|lack)"
)
_LIMITS = (
    r"(?:guidelines?|polic(?:y|ies)|rules?|programming|training|principles?|instructions?|restrictions?|limitations?"
    r"|limits?|capabilit(?:y|ies)|abilit(?:y|ies)|inability|skills?|scope|remit|creators?|developers?|makers?|design"
    r"|architecture|terms|filters?|safeguards?|safety|constraints?|configuration|systems?|nature|knowledge|interface"
    r"|settings?|standards?|values|reach|powers?|perception|functions?|functionality|provider|operators?|code|role"
    r"|purpose|ethics|permissions?|means|inputs?|context|senses|knowledge|boundar(?:y|ies)|understanding|data)"
)
_AI = (
    r"(?:(?:an? )?(?:\w+[- ]){0,3}(?:AI|artificial intelligence|language[- ]model|LLM|chat ?bot|text[- ]only model"
    r"|text model|text-based model|neural network|virtual assistant|digital assistant|computer program|machine|(?:text|language|vision|chat|software|rule)[- ]based \w+|automated \w+))"
)
_SELF = r"(?:the assistant|this assistant|this model|the model|this system|the system|this (?:AI|bot|tool|service)|the AI)"

_ADVERBS = r"(?:(?:[a-z]{2,14}ly|just|also|still|thus|do|now|can|would|in fact|at present|at this time|then) ){0,2}"
# What a model may fail to see or hear and describe the clip all the same: that is a hedge, no refusal.
_UNSURE = (
    r"(?:be (?:sure|certain)|hear\b|make out|count|guess|rule out|help but|wait|judge|determine|estimate|remember|see"
    rf" (?!(?:\w+ ){{0,3}}{_MEDIA}\b|it\b|this\b|anything\b|what you\b|,)|read (?!(?:\w+ ){{0,2}}(?:{_MEDIA})\b)"
    r"|(?:tell|say|know) (?:whether|if|exactly|for (?:sure|certain)|from\b|apart|how|which|with certainty)|discern"
    r"|resist|decide|imagine|recall|stress|exclude|believe|emphasi[sz]e|guarantee|promise|vouch)"
)
_MAY = (
    r"(?:able|allowed|permitted|authori[sz]ed|equipped|designed|trained|programmed|built|capable|supposed|comfortable"
    r"|going to|willing|meant|intended|at liberty|made|suited|qualified|given|provided|free|cleared|prepared|licensed"
    r"|configured|set up|fit|competent|shown|in a position|instructed|taught|sent|a human|human|granted|at ease|created)"
)
_DO = (
    r"(?:have|possess|see (?:an?|any|the|your)|offer|support|process|watch|view|perceive|describe|comment|engage|provide"
    r"|generate|receive|accept|discuss|identify|know how|feel|work with|handle|answer|do th|do desc|do capt|take|think (?:I|it)|produce"
    r"|wish|want|create|help|assist|participate|get|find (?:an?|any)|come with|own|caption|speak about|go into|hold|do)"
)
_DECLINE = (
    r"(?:decline|refuse|reject|pass\b|stop|leave|refrain|withhold|turn|skip|abstain|end here|break off|disappoint|avoid"
    r"|say no|draw the line|bow out|halt|hold back|keep (?:silent|quiet|out)|remain silent|stay silent|forgo|steer clear"
    r"|excuse myself|desist|omit|opt out|cut (?:this|it|the)|disregard|step back|give up|end (?:my|the|this))"
)
_FIRST = (
    rf"(?<![\w.-])(?:I|we)(?:,? (?:as|being) [^,]{{1,60}},)?(?P<am>'m|'ve|'ll|'d|'re)? ?{_ADVERBS}(?:"
    rf"(?:can't|cannot|can not|could not|couldn't|won't|will not|would not|wouldn't|shall not|may not"
    rf"|am unable to|are unable to|unable to|am not able to|not able to) (?!{_ADVERBS}(?:be able to )?{_UNSURE})"
    rf"|(?:am|was|are|were|feel|be|been|have been|remain)? ?{_ADVERBS}(?:not|never|neither) (?:\w+ly |yet |been |really ){{0,2}}{_MAY}\b"
    r"|(?:must not|mustn't|should not|shouldn't) (?:describe|caption|provide|give|comment|help|continue|answer|discuss|identify|assist"
    r"|produce|generate|go on|share|reveal|comply|proceed|reproduce|go into|go any)"
    rf"|(?:wasn't|aren't|weren't|won't be|ain't) {_ADVERBS}{_MAY}\b"
    r"|(?:am|'m|was|are|feel|remain|be)? ?(?:\w+ly )?(?:incapable|forbidden|prohibited|barred|prevented|unequipped|restricted"
    r"|limited|constrained|obliged|required|forced|compelled|bound|powerless|blind|unfit|ill-equipped|unwilling) "
    r"|(?:am|was|were|have been|been) ?(?:instructed|told|asked|programmed|designed|trained|built|configured|taught|set up|supposed|meant) not to "
    r"|(?:programmed|instructed|designed|trained|told|asked|built|configured|taught|supposed|meant) not to |(?:can|could|am|may) neither |(?:had )?better not "
    r"|(?:only )?wish (?:that )?(?:I|we) (?:could|were|was) "
    r"|(?:would|'d)? ?(?:love|like|be (?:glad|happy)|have liked) to [^.;]{1,60}\bbut (?:I|we|the|this|that|no|your)\b"
    rf"|(?:do not|don't|did not|didn't|never) {_ADVERBS}{_DO}"
    rf"|(?:have not|haven't|not|have never|never) (?:\w+ly |yet ){{0,1}}(?:been|received|got|seen|had|obtained|learn)"
    r"|(?:have|got|had|possess|see|hold|find|own|am left with|with)? ?no (?!further|more|other|idea|doubt|clue|questions|wonder)[a-z]"
    r"|(?:am|'m|are|'re|was) (?:\w+ )?without (?:any|an?|the|access|means|eyes|sight|vision)\b"
    r"|lack\b|refuse\b|declin|reject\b|abstain|refrain|apologi|regret"
    r"|have neither|possess neither|have nothing to (?:go|work|base)"
    rf"|(?:must|have to|need to|had to|ought to|should|shall|will|'ll|'d better|had better|would|(?:am )?going to|choose to|opt to)"
    rf" {_ADVERBS}(?:have to |need to |like to |prefer to )?(?:\w+ly )?{_DECLINE}"
    r"|(?:(?:would|'d)? ?(?:rather|prefer|choose|opt|elect|like|have chosen|have decided|decided|chose|was told|ask) (?:to )?not )"
    r"|only (?:accept|process|understand|handle|support|work|take|deal)"
    r")"
)
_SORRY = (
    r"(?:I|we)(?:'m|'re| am| are) (?:\w+ )?(?:sorry|afraid)\b|(?:(?:very|so|deeply|really|terribly) )?sorry(?=[,!.:;—–-]| (?:but|about"
    r"|for (?:the|any|that|this|not|being|my|having)|to|that|I|the|this|we|no|cannot|can't|there|-|–|—)\b)"
    r"|(?:(?:my|our|please accept (?:my|our)) )?(?:\w+ ){0,2}apologies\b|pardon me|forgive me|please forgive|please excuse"
)
_OPENED = (
    r"(?:(?:oh|hi|hello|well|ah|hmm|unfortunately|regrettably|sadly|alas|thank you|thanks)"
    r"(?: (?:there|so much|very much|for[^.!?,:]{1,60}))?[,!.]? )?"
)

_SIGNS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (rf"\A{_OPENED}(?:{_SORRY})", re.I),
        (_FIRST, 0),
        # the rules that the model goes by
        (rf"\b(?:my|our|the (?:content|safety|usage|use|privacy)) (?:[\w-]+ ){{0,3}}{_LIMITS}\b.{{0,80}}?\b{_BARRED}", re.I),
        (rf"\b{_BARRED}\w* .{{0,60}}?\b(?:my|our) (?:[\w-]+ ){{0,3}}{_LIMITS}\b", re.I),
        (r"\bmy inability\b", re.I),
        (rf"\b{_LIMITS} (?:(?:that|which|by which|under which) )?(?:I|we) (?:\w+ )?(?:follow|work|operate|adhere|obey|am|must|have|go|act|answer|was|keep)", re.I),
        (rf"\b(?:against|beyond|outside|exceeds?|past) (?:of )?(?:what|anything|everything) (?:I|we|{_SELF})\b", re.I),
        (rf"\b(?:something|anything|a thing|things|what|one) (?:that |which )?(?:I|we) (?:\w+ )?{_NO}\b", re.I),
        (r"(?:\b(?:not|nothing|hardly)|n't)\b[^.;,]{0,40}? (?:that |which )?(?:I|we) (?:can|could|may|am able|am allowed|have been|was given|want)\b", 0),
        (r"\b[Aa]ll (?:that )?I (?:have (?:received|been given|got|is)|got|received|was (?:given|sent|shown))\b", 0),
        (r"(?:\b(?:not|never|failed to)|n't) (?:\w+ )?reach(?:ed|es)? (?:me|us)\b", re.I),
        # "for me", "by me", "prevents me from"
        (rf"(?:{_NO}|inappropriate|wrong|unethical|improper|forbidden|off limits|beyond|unsafe|harmful)\b.{{0,60}} (?:for|by|to|with) me\b", re.I),
        (r"\b(?:prevent|forbid|prohibit|stop|bar|keep|preclud|restrict|leav|hinder|requir)\w* me\b", re.I),
        (r"(?:n't|\b(?:not|never|nor|neither)) (?:\w+ )?(?:allow|permit|let|enabl|give|grant)\w* me\b", re.I),
        # what the model is
        (rf"\b(?:as|being|since I am|since I'm|because I am|because I'm|I am|I'm)(?: (?:only|just|merely|simply|still|but)){{0,2}} {_AI}\b.{{0,80}}?\b(?:I|my|me)\b", 0),
        (rf"(?<!\w)I(?: am|'m)(?: (?:only|just|merely|simply|still|but)){{0,2}} {_AI}", 0),
        (rf"\A(?:as|being) {_AI}(?:[- ](?:model|assistant|system|program))?(?:, | (?:trained|created|developed|made|built|without)\b)", re.I),
        (rf"\b{_SELF} (?:\w+ly )?(?:cannot|can't|can not|could not|is unable to|is not able to|isn't able to|does not|doesn't|will not|won't|may"
         rf" not|must not|declines to|refuses to|is not (?:allowed|permitted) to|lacks) (?:\w+ ){{0,6}}?(?:{_MEDIA}|{_CAPTION}|{_ASKED})\b", re.I),
        # the caption that there will not be
        (rf"\A{_OPENED}no (?:\w+ ){{0,2}}{_CAPTION} (?:can|could|will|may|is|was|has|of|for|available|possible)\b", re.I),
        (rf"\b(?:an?|the|any|your|this|my|requested) (?:\w+ ){{0,2}}(?:{_CAPTION}|{_ASKED}) (?:of [^,.]{{1,40}} )?(?:cannot|can't|can not|could not|couldn't|will"
         rf" not|won't|may not|must not) (?:\w+ly )?be {_DESCRIBED}", re.I),
        (rf"\A{_OPENED}(?:the|this|that|your|any|an|a|attached|uploaded|provided|linked|requested|such) (?:\w+ ){{0,2}}?{_MEDIA} (?:[^,;]{{1,60}} )?(?:cannot|can't"
         rf"|can not|could not|couldn't) (?:\w+ly )?be {_DESCRIBED}", re.I),
        (rf"\A[^,]{{0,60}}\b(?:it|this|that)(?: is|'s| was| would be| is simply| seems| remains) (?:\w+ly )?(?:not (?:\w+ly )?(?:possible|appropriate|permitted|allowed|feasible|safe"
         rf"|ethical|acceptable|something)|impossible|inappropriate|unethical|against|beyond|outside)\b.{{0,40}}? to (?:{_DESCRIBE})\b"
         rf" (?!\w+ (?:whether|if)|whether|if|how|apart)(?:.{{0,60}}?\b)?(?:{_MEDIA}|{_CAPTION}|{_ASKED}|you)\b", re.I),
        (rf"\A{_OPENED}{_DESCRIBING} (?:.{{0,100}}? )?(?:is|are|isn't|aren't|lies|falls|goes|would|cannot|can't) (?:.{{0,40}}?)"
         rf"\b(?:not|n't|impossible|beyond|outside|against|off limits|forbidden|inappropriate|cannot|violate|unavailable|prohibited)\b", re.I),
        (rf"\A(?:.{{0,30}}\b)?(?:{_CAPTION}|{_ASKED}|{_MEDIA}) (?:is |are |was )?(?:unavailable|not available|denied|refused|withheld|blocked|rejected|declined|not supported|unsupported"
         r"|cannot be (?:shown|displayed)|not possible)\b", re.I),
        (rf"\A(?:.{{0,20}}: ?)?unable to {_DESCRIBE}\b[^,]*?\b(?:{_MEDIA}|{_CAPTION}|{_ASKED})\b[^,]*\Z", re.I),
        (rf"\A(?:error|warning|notice|sorry)\b.{{0,40}}\b(?:cannot|unable|failed|not|unavailable)\b.{{0,60}}\b(?:{_MEDIA}|{_CAPTION}|{_ASKED})\b", re.I),
        (rf"\b(?:no|without (?:an?|any)) (?:\w+ )?{_MEDIA} (?:(?:was|were|has been|have been|is|are|seems to (?:be|have been)|appears to (?:be|have been)) )?(?:attached|provided|uploaded|included|received|shared"
         r"|supplied|sent|accessible|linked|submitted|arrived|came)\b", re.I),
        (rf"\A(?:cannot|can't|can not|could not) {_DESCRIBE}\b", re.I),
        (rf"\A(?:error|warning|notice)\b.{{0,60}}\b(?:{_MEDIA}|{_CAPTION}|{_ASKED})\b.{{0,40}}\b(?:cannot|could not|unable|failed|not|unavailable)\b", re.I),
        (rf"\bthe (?:\w+ )?model (?:does not|doesn't|cannot|can't|is unable to|is not able to) (?:support|process|accept|handle|take|interpret|analy[sz]e) (?:\w+ ){{0,2}}{_MEDIA}", re.I),
        (rf"\A{_OPENED}(?:it (?:seems|looks|appears) (?:that |like |as if |as though )?)?(?:the|your|that|this) (?:\w+ )?{_MEDIA} (?:file |clip )?(?:did not|didn't|has not|hasn't"
         r"|failed to|have not|haven't) (?:\w+ ){0,2}?(?:load|upload|open|come|arriv|reach|go|transfer|attach|been|get|got|made?|start|play|process)", re.I),
        (r"\b(?:missing|absent) from (?:your|the|this) (?:message|request|prompt|upload|conversation|chat)\b", re.I),
        (rf"\A(?:the format of )?(?:the |this |your )?{_MEDIA} (?:input|format|files?|content|formats|inputs)?(?: of \w+)? ?(?:is|are) (?:not|un) ?supported\b", re.I),
        (r"\A(?:it (?:seems|looks|appears) (?:that |like )?)?you(?:'ve| have| did)?(?: not|n't) (?:yet )?(?:attach|upload|provid|shar|sen[dt]|includ|suppl|link|giv|past)\w*", re.I),
        # what the user sent or asked for
        (rf"\b(?:{_NO}|damaged|corrupt\w*|broken|failed|fails|empty|blank|refuse|declin\w+)\b.{{0,80}}?\b(?:you|you've|you have) (?:have )?(?:\w+ly )?(?:sent|shared|uploaded|provided|attached|posted"
         r"|submitted|gave|given|asked|requested|want\w*|linked|described|are asking|are looking)\b", re.I),
        (rf"\b(?:you|you've) (?:have )?(?:\w+ly )?(?:sent|shared|uploaded|provided|attached|posted|submitted|gave|asked|requested|want\w*|linked|are asking)\b.{{0,80}}?"
         rf"(?:\b{_NO}|n't|\b(?:damaged|corrupt\w*|broken|failed|fails|empty|blank))\b", re.I),
        (rf"\byour (?:\w+ ){{0,2}}(?:{_ASKED}|{_MEDIA}|message|upload)\b.{{0,80}}?(?:\b{_NO}|n't|\b(?:damaged|corrupt\w*|broken|failed|fails|violates|blank|declined|refused))\b", re.I),
        (rf"(?:\b{_NO}|n't|\b(?:decline|refuse)\w*)\b.{{0,60}}?\byour (?:\w+ ){{0,2}}(?:{_ASKED}|{_MEDIA}|message)\b", re.I),
    )
)
_OWN_WORDS = _SIGNS[1:2]
# A person of the scene, a sign or a song may say the same without quotation marks; a good-bye to the user is no refusal.
_SAYS = re.compile(
    r"\b(?:says|said|reads|sings|tells|shouts|asks|whispers|writes|replies|mouths|announces|types|lettering"
    r"|caption(?:ed)? reads|titled|called|words)\b"
)
_GOODBYE = re.compile(
    r"(?:if\b|should you|let me know|tell me if|feel free|don't hesitate|do not hesitate|please (?:do )?(?:not|don't) hesitate|please (?:let|feel)"
    r"|would you|note\b|i hope|happy to|glad to)",
    re.I,
)


def _refusals(text: str) -> Iterator[Change]:
    lowered = f" {text.lower()} "
    if not any(stem in lowered for stem in _STEMS):
        return
    if any(_refuses(text[start:end]) for start, end in spans(text)):
        yield Change(0, len(text), "")


def _refuses(sentence: str) -> bool:
    if sentence[0] in "\"“'‘«":
        return False
    told = _unquoted(sentence)
    signs = _OWN_WORDS if _GOODBYE.match(told) else _SIGNS
    return any((found := sign.search(told)) and not _SAYS.search(told, 0, found.start()) for sign in signs)


def _unquoted(sentence: str) -> str:
    """The sentence with plain apostrophes, and without what it quotes."""
    kept, done = "", 0
    for start, end in quotations(sentence):
        kept += sentence[done:start] + "..."
        done = end
    return (kept + sentence[done:]).replace("’", "'")


REFUSALS = Rule(
    "refusal",
    "the model refuses to caption the clip, or is sorry that it cannot",
    ("I'm sorry, but I can't describe this clip.", ""),
    _refusals,
    fails=True,
)
