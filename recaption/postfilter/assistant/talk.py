"""How assistants talk to their users about captions: the words and patterns of the rule on chatter.

Patterns are for sentences in small letters, without quotations, and anchored where nothing else is said.
"""

from __future__ import annotations

import re

from recaption.postfilter.vocabulary import listed

HINTS = listed(
    """you your yours you'd you'll you're you've You Your I I'd I'll I'm I've me Me my My Let let Please please Note
    Notes note Hope hope Thanks Thank thanks Enjoy Happy Glad Sure Certainly Absolutely Definitely Gladly Okay OK
    Alright Great Perfect Understood Here Here's Below Following Caption Captions caption captions captioned
    Description description describe Summary summary Describe Write Provide Generate Hello Hi Hey Greetings Anything
    Feel That's That Let's Disclaimer Caveat Limitations NB FYI words Word missed omitted inaccurate Cheers Good
    Right recaption narration request ask course requested wished promised instructed Just shorter longer Roger
    Delighted Pleased Everything Looking Until Ready Nothing Say Use Don\'t Over feedback corrections version
    questions errors mistakes inaccuracies dataset guidelines apologies appreciated purpose captioner invented"""
)
"""Words of which talk has at least one, as they are written."""

ADDRESS = listed("you your yours you'd you'll you're you've i i'd i'll i'm i've me my")
BUSINESS = listed(
    """caption captions captioning captioned description descriptions describe described summary summaries account
    rundown write-up narration transcript transcription recaption paragraph paragraphs response answer breakdown
    overview version versions rewrite recap outline result output prompt report video videos clip clips footage
    recording image images picture pictures file frames stills screenshots request requests question questions
    shorter longer format tone length wording detail details help assist adjust edit expand shorten translate
    transcribe rephrase tweak refine revise prefer timestamps bullet text sharing shared uploading uploaded provided
    sending sent task instructions analysis view"""
)
CAPTION_WORDS = listed("caption captions captioning captioned description describe described recaption summary")
TALK_WORDS = listed("feedback corrections inaccuracies dataset captioner captioning disclaimer assistance")
"""Words of which a sentence has one that can only be talk at the end or start of a text."""

ABOUT_CAPTIONS = listed(
    """below above coming generated invented system automatic automated complete completed stills sampled request brief
    tense paragraph paragraphs sentences joy fun pleasure task guess guesses accurate inaccurate part"""
)


def over_lines(pattern: str) -> str:
    """A pattern that is written over several lines, without their breaks and indentation."""
    return re.sub(r"\n\s*", "", pattern)


_CAPTION = r"(?:captions?|descriptions?|summar(?:y|ies)|write-?up|recaption|narration|transcript(?:ion)?)"
_FILM = r"(?:video|clip|footage|recording|image|picture|film|file|gif|frames|stills|screenshots)"
_YES = over_lines(
    r"""(?:sure(?: thing)?|certainly|of course|absolutely|definitely|okay|ok|alright|all right|great|perfect|wonderful
    |excellent|yes|yep|no (?:problem|worries)|gladly|got it|understood|noted|right away|you got it|you bet|with pleasure
    |my pleasure|here (?:you|we) go|there you go|will do|done|sounds good|roger(?: that)?
    |no trouble(?: at all)?|on (?:it|my way)
    |as (?:requested|promised|instructed|you (?:asked|wished|wanted|requested))
    |good (?:morning|day|afternoon|evening)|(?:hi|hello|hey)(?: there| again| everyone)?|greetings|welcome(?: back)?
    |(?:great|good|nice|interesting|excellent|fun|lovely) (?:question|choice|clip|video|one|pick|request
    |footage)(?: of (?:clip|video|footage|scene))?
    |what an? (?:\w+ ){0,2}(?:clip|video|scene|shot|recording|footage)|let's (?:go|begin|start|dive in|get started))"""
)

YES = re.compile(
    rf"{_YES}(?:(?: ?[,!.;:–—-] ?| )(?:and )?{_YES}){{0,3}}(?:\s?[!.,:;–—…-]+\s?|\s?\Z|(?= here| i\b| below))"
)
"""Words of assent and greeting in a row: "Sure! Great question!"."""

AGREES = re.compile(
    r"(?:sure(?: thing)?|certainly|of course|absolutely|definitely|gladly|no problem)(?:[!.]+ ?|, )(?=[\"“]?[a-z])",
    re.I,
)
"""Assent before a caption in the same sentence: "Sure, a man walks."."""

ANNOUNCES = re.compile(
    over_lines(
        r"""(?:here(?:'s| is| are| comes| follows| it is)\b|below(?: is| are| comes| you)?\b|the following\b
        |following (?:is|are)\b|(?:please )?(?:find|see)\b|(?:this|that) is\b|what follows\b|attached\b|presenting\b)"""
    )
)
ANNOUNCED = re.compile(
    over_lines(
        rf"""\b(?:{_CAPTION}|account|rundown|breakdown|overview|version|rewrite|recap|outline|paragraph|response|answer
        |result|output|text|list|analysis|what (?:happens|it (?:shows|contains)|takes place|goes on|i
        |(?:is|was) (?:seen|shown|happening|going on)))\b"""
    )
)
COMES = re.compile(
    over_lines(
        rf"""(?:the|a|one) (?:[\w'-]{{1,20}},? ){{0,4}}
        (?:{_CAPTION}|account|rundown|breakdown|answer|response|output|result)\b[^.!?]{{0,60}}
        \b(?:comes next|follows|(?:is|are) (?:below|as follows|ready|here|given below|attached)|below
        |reads as follows)\s?[.:!]*\Z"""
    )
)
"""An announcement that begins with what it announces: "The caption follows:"."""

TALKS = re.compile(
    over_lines(
        rf"""(?:(?:just|so|and|but|also|please|kindly|do|again|otherwise),? )*
        (?:let me (?:know|describe|walk|give|provide|share|break|start|take|explain|present|caption|summari[sz]e)\b
        |feel free\b|(?:do not|don't) hesitate|tell me\b|ask (?:me|away|if|for)\b|say (?:the word|so)\b|reach out\b
        |give me\b|send me\b|drop me\b|share (?:any|more|your)\b
        |(?:i )?(?:do |really |sincerely )?hope(?:fully)? (?:this|that|it|these|you|the|my)\b
        |happy (?:captioning|training|editing|viewing|watching)\b
        |(?:i am |i'm |always )?(?:happy|glad|delighted|pleased) to (?:help|assist|be of|oblige|describe|provide|adjust
        |write|add|do|make|share|expand|revise)\b(?![^.!?]*, (?:an?|the|two|three|one|his|her|\w+s) )
        |(?:is|was|are) there anything\b|anything (?:else|more|further)\b
        |(?:that|this)(?:'s| is| was| would be) (?:all|it|everything)\b
        |(?:that|this) (?:covers|concludes|completes|sums up|wraps up|rounds off
        |should (?:do|cover|give|help|suffice|be))\b
        |thank(?:s| you) (?:so much |very much |a lot |again )?(?:for|in advance)\b|thank(?:s| you)[!.]
        |have a (?:\w+ ){{0,3}}(?:day|one|evening|weekend|time|week)\b|enjoy(?: your| the (?:video|clip|rest)|!|\.|\Z)
        |good luck\b|(?:best|kind|warm) (?:regards|wishes)\b|cheers[!.,]|looking forward\b|see you\b|(?:good-?)?bye\b
        |take care\b|(?:until|till) next time\b|at your (?:service|disposal)\b
        |(?:more|other|further|longer|shorter) (?:details?|captions?|versions?|information|variants?)\b
        [^.!?]{{0,60}}\b(?:request|ask|available|needed)\b|end of (?:the )?{_CAPTION})"""
    )
)
"""What can only be said to a user, wherever it stands."""

NOTES = re.compile(
    over_lines(
        r"""(?:(?:important|quick|side|final|small|brief|one|editor's|additional) )?
        (?:notes?|disclaimer|n\.?b\.?|caveats?|remark|p\.?s\.?|fyi|heads[- ]up|reminder|limitations?|assumptions?
        |confidence)[*_]* ?[:–—]
        |(?:caption )?(?:word count|words|total words?|token count|length) ?[:–—=]? ?[~≈]?\d
        |(?:please |also |kindly )*(?:note|bear in mind|keep in mind|be aware|be advised) (?:that|the|this|it|i)\b
        |[~(\[]*(?:about |approx\.? |approximately |around |roughly )?\d{2,4} words?\b[^.!?]{0,20}\Z"""
    )
)
NOTED = re.compile(r"(?:please |also |kindly )*(?:note|bear in mind|keep in mind|be aware|be advised) that ")
DOUBTS = listed("audio sound sounds may might could only sampled sampling still guess guesses imprecise inaccurate")
"""What a note is about that tells nothing of the scene."""

REMARKS = re.compile(
    over_lines(
        rf"""(?:this|the|my|that|these|your) (?:[\w'-]{{1,15}} ){{0,3}}?{_CAPTION}
        (?: (?:above|here|below|given|provided))?,?
        (?: (?:is|was|are|were|has been|have been) (?:[a-z]+ly |also |therefore |thus |only )*
        (?:based|made|written|generated|created|limited|meant|intended|drawn|produced|compiled|kept|derived|provided
        |prepared|composed|drafted|approximate|accurate|objective|complete|incomplete|about|around|roughly|under|within
        |\d|in (?:plain|present|english)|suitable|designed|supposed|ready|above|below)\b
        | (?:covers|captures|provides|aims|includes|reflects|describes|contains|comprises|consists|runs|rests|relies
        |sticks|stays|omits|leaves|may|might|should|could|can|focuses|draws|uses|keeps|avoids|mentions|summari[sz]es
        |adheres|meets|fits|counts)\b)
        |(?:the )?(?:some |small |minor |fine |finer |certain |few |other |tiny |subtle |brief |exact )+(?:\w+ )?
        (?:details?|parts?|moments?|elements?|actions?|events?|movements?)\b[^.!?]{{0,40}}
        \b(?:may|might|could) (?:not )?(?:have been|be) (?:missed|missing|lost|omitted|left out|inaccurate|wrong|off)"""
    )
)
"""What is said of the caption itself."""

PROMPTS = re.compile(
    over_lines(
        rf"""(?:please |kindly |now |your task is to )*
        (?:describe|caption|summari[sz]e|write|provide|generate|give|create|explain|produce|analy[sz]e)\b
        [^.!?]{{0,60}}\b(?:{_FILM}|{_CAPTION}|detail|paragraph)\b
        |you are an? (?:\w+ ){{0,4}}(?:assistant|captioner|model|expert|ai)\b"""
    )
)
"""A prompt that was said again."""

I_DID = re.compile(
    over_lines(
        r"""i(?:'ve| have)? (?:also |only |just )?(?:kept|tried|focused|avoided|included|assumed|described|wrote
        |left out|based|stuck|skipped|noted|counted|omitted|limited|aimed|made sure|hope|summari[sz]ed)\b"""
    )
)
ASKS = re.compile(
    over_lines(
        r"""(?:would|do|did|does|should|could|can|will|shall|may|are|is|how|need|want|prefer|ready|any|what|which|was)\b
        [^?]{0,200}\?"""
    )
)
WANTS = re.compile(
    over_lines(
        r"""(?:need|want|prefer|another|anything|any|more|ready|shall|fancy)\b
        |(?:does|did|was|is|will|would|could|should) (?:this|that|it|these|those)\b[^?]*
        \b(?:help\w*|useful|works?|suits?|fits?|enough|fine|ok|okay|better|handier|right|good|do|long|short|clear|meant
        |needed|wanted)\b
        |(?:would|should|could) (?:an?|the|some|another) [^?]*
        \b(?:help|useful|better|handier|suit|work|do|fit|be (?:of|more))\b"""
    )
)
"""Questions that offer something, without a word of captions."""

CALLS = re.compile(
    over_lines(
        r"""(?:please(?!,)|kindly|just (?:say|ask|let)|say so|send|ask|remember|don't|do (?:tell|get|let|say|ask)|rate
        |let's|(?:double-)?check (?:the|if|whether|that)|(?:right|so|okay|well|now),? here|here goes|ready (?:when|for)
        |consider it|more (?:on|upon) request|nothing (?:else|more) (?:of|to)
        |nothing (?:was|has been) (?:added|invented|left out|omitted)\b
        |(?:[\w']+ ){1,5}(?:was|were|has been|have been) (?:deliberately )?(?:left out|omitted|kept out)\b
        |(?:nice|good|great|lovely) to\b|until (?:the )?next|say\b|use (?:it|this)\b|over to\b
        |everything (?:below|above)\b|any (?:feedback|questions?)\b|this text (?:may|might|was)\b
        |for (?:any |further |more )?questions\b
        |(?:it(?:'s| is| was) )?(?:a|my|always a) (?:pleasure|joy|delight)\b|caption(?:s|ed)?\b|description\b
        |next (?:clip|video|one)\b|over and out|task (?:done|complete)|all done|thank|welcome|glad i\b
        |(?:happy|glad) to\b(?![^.!?]*, (?:an?|the|two|three|one|his|her|\w+s) )|with (?:that|this),
        |for (?:a|more|any|further|other) (?:\w+ )?(?:version|detail|request|question)
        |other (?:lengths|formats|versions|styles|wordings|languages)\b
        |if (?:needed|required|desired|necessary|wanted|preferred|wished)\b)"""
    )
)
"""What begins or ends a talk, and could stand inside of a caption."""

PLACE = re.compile(r"(?:in|on|as|from|based|throughout|at|while|looking|within|during)\b")
HERE = re.compile(r"\b(?:here(?:'s| is| are)|below|let me|i(?:'ve| have|'ll| will| would|'d))\b")
SHOWS = re.compile(
    over_lines(
        rf"""\b(?:{_FILM}|{_FILM} you \w+) (?:\w+ )?
        (?:shows|depicts|features|captures|displays|presents|opens|begins|starts|follows an?|is of)\b
        |\b(?:you|i|we) (?:can |could |may |might |will |also |then |now )*
        (?:see|saw|notice|observe|feel|hear|spot|watch|sense|get|find|look|walk|hold|stand)\b(?! fit\b)"""
    )
)
"""What carries a fact about the scene, whoever is addressed."""

REFUSES = re.compile(
    over_lines(
        r"""\b(?:sorry|apolog\w+|regret\w*|unfortunately|(?:i'm|i am) afraid|unable|not able|incapable
        |(?:language|ai|text) model|as an ai|decline|refuse|my (?:guidelines|capabilities|rules|policy)
        |not (?:allowed|permitted|possible|trained|equipped)|no (?:means|way) (?:of|to)|i lack|out of (?:my )?reach
        |beyond (?:my|what i)|outside (?:of )?(?:what i|my)|against (?:my|the rules)
        |nothing (?:here )?(?:that )?(?:i|for me)\b
        |(?:can't|cannot|can not|couldn't|could not|won't|will not|not let me|don't let me) (?:\w+ ){0,2}
        (?:help|assist|provide|generate|create|fulfil\w*|comply|view|watch|access|open|process|describe|identify|caption
        |continue|answer|play|load|see|supply|give|say|tell|make|perceive|comment)
        |no (?:video|clip|images?|pictures?|files?|footage|recording|attachment|moving images)\b[^.!?]{0,40}
        \b(?:come|came|reach\w*|attach\w+|provided|upload\w*|receiv\w+|arriv\w+|included|sent)
        |(?:without any|blank|empty|broken|corrupt\w*) (?:preview|file|message|video|attachment)
        |instructed to leave|have to stop|must leave it|end my answer|only your words)\b"""
    )
)
"""What a refusal is made of: a rule of its own judges it, so nothing of it may go as talk."""
