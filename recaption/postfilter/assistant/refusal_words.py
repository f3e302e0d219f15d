"""The words with which models refuse, as alternatives in patterns."""

from __future__ import annotations

from recaption.postfilter.vocabulary import marked

ABOUT = marked(
    """video videos clip footage recording film image images picture file media attachment upload link content material
    caption captions description summary transcript answer response request prompt question task input format error
    describe process help assist comply describing captioning viewing watching commenting identifying naming helping
    model"""
)
"""What a refusal without a person in it is about."""

MEDIA = (
    r"(?:videos?|clips?|footage|recordings?|films?|movies?|images?|pictures?|photos?|stills?|frames?|gifs?|media"
    r"|files?|attachments?|uploads?|links?|urls?|material|contents?|visuals?|moving (?:images|pictures)|motion)"
)
ASKED = r"(?:requests?|questions?|prompts?|tasks?|quer(?:y|ies)|instructions?|input)"
CAPTION = (
    r"(?:captions?|descriptions?|summar(?:y|ies)|transcripts?|transcriptions?|answers?|accounts?|responses?"
    r"|narrations?)"
)
SUBJECT = rf"(?:{MEDIA}|{CAPTION}|{ASKED})"
SELF = r"(?:(?:the|this) (?:assistant|system|AI)|this (?:model|bot|tool|service))"
AI = (
    r"(?:(?:an? )?(?:\w+[- ]){0,3}(?:AI|artificial intelligence|language[- ]model|LLM|chat ?bot|(?:text|text-only"
    r"|neural|vision) (?:model|network|assistant|system)|(?:virtual|digital) assistant|computer program|machine"
    r"|(?:text|language|vision|chat|software|rule)[- ]based \w+|automated \w+))"
)
LIMITS = (
    r"(?:guidelines?|polic(?:y|ies)|rules?|programming|training|principles?|instructions?|restrictions?|limitations?"
    r"|limits?|capabilit(?:y|ies)|abilit(?:y|ies)|skills?|scope|remit|creators?|developers?|makers?|design"
    r"|architecture|terms|filters?|safeguards?|safety|constraints?|configuration|systems?|nature|knowledge|interface"
    r"|settings?|standards?|values|reach|powers?|perception|functions?|functionality|provider|operators?|code|role"
    r"|purpose|ethics|permissions?|means|inputs?|context|senses|boundar(?:y|ies)|understanding|data)"
)

NO = r"(?:not|n't|no|never|nothing|none|neither|nor|cannot|unable|incapable|impossible|without|lack\w*|inability)"
NOT = r"(?:\b(?:not|never|nor|neither|nothing|hardly)|n't)"
CANNOT = (
    r"(?:cannot|can't|can ?not|could ?n[o']t|could not|is unable to|is not able to|will not|won't|may not|must not)"
)
BARS = (
    r"(?:prevent|forbid|prohibit|rules? out|stop|bar\b|bars\b|keep|preclude|restrict|limit|disallow|block|hinder"
    r"|violat|breach|infring|against|contrary|conflict|beyond|outside|exceed|off[- ]limits|do(?:es)? not|don't"
    r"|doesn't|cannot|can't|will not|won't|no\b|not\b|never|require|oblige|compel|force|leave|tell|instruct|advise"
    r"|demand|decline|refrain|avoid|exclude|unable|lack)"
)
WRONG = (
    r"(?:not (?:\w+ly )?(?:possible|appropriate|permitted|allowed|feasible|safe|ethical|acceptable|something)"
    r"|impossible|inappropriate|unethical|against|beyond|outside)"
)
BROKEN = r"(?:damaged|corrupt\w*|broken|failed|fails|empty|blank|refuse|declin\w+|violates)"

DESCRIBE = (
    r"(?:describe|caption|view|watch|analy[sz]e|process|interpret|access|open|play|load|provide|give|generate|produce"
    r"|write|create|comment|help|assist|comply|fulfil+|complete|proceed|continue|go on|discuss|summari[sz]e"
    r"|transcribe|identify|answer|engage|supply|offer|share|carry out|perform|display|retrieve|decode|render|handle"
    r"|support|perceive|examine|review|inspect|respond|narrate|deliver|do|look at|see|name|make|grant|recogni[sz]e"
    r"|report|understand|read|tell|say)"
)
DESCRIBING = (
    r"(?:describing|captioning|viewing|watching|analy[sz]ing|processing|interpreting|providing|giving|generating"
    r"|writing|commenting|identifying|summari[sz]ing|transcribing|naming|recogni[sz]ing|looking at|seeing|discussing"
    r"|telling|helping|answering|reporting|perceiving|opening|playing|handling|producing)"
)
DESCRIBED = (
    r"(?:described|captioned|viewed|watched|analy[sz]ed|processed|interpreted|accessed|opened|played|loaded|provided"
    r"|given|generated|produced|written|created|fulfilled|completed|discussed|summari[sz]ed|transcribed|answered"
    r"|supplied|offered|displayed|retrieved|decoded|rendered|handled|supported|delivered|granted|made|had|shared"
    r"|downloaded|parsed|received|found|carried out|commented on|reached|fetched)"
)
# What a model may fail to see or to hear, and describe the clip all the same: a hedge, no refusal.
UNSURE = (
    r"(?:be (?:sure|certain)|hear\b|make out|count|guess|rule out|help but|wait|judge|determine|estimate|remember"
    r"|discern|resist|decide|imagine|recall|stress|exclude|believe|emphasi[sz]e|guarantee|promise|vouch"
    rf"|see (?!(?:\w+ ){{0,3}}{MEDIA}\b|it\b|this\b|anything\b|what you\b|,)|read (?!(?:\w+ ){{0,2}}{MEDIA}\b)|(?:tell"
    r"|say|know) (?:whether|if|exactly|for (?:sure|certain)|from\b|apart|how|which|with certainty))"
)
ADVERBS = r"(?:(?:[a-z]{2,14}ly|just|also|still|thus|do|now|can|would|in fact|at present|at this time|then) ){0,2}"

# What follows "I" in a refusal.
I_CANNOT = (
    r"(?:can't|cannot|can not|could not|couldn't|won't|will not|would not|wouldn't|shall not|may not|(?:am |was "
    rf"|have been |are |were )?(?:unable|not able) to) (?!{ADVERBS}(?:be able to )?{UNSURE})"
)
I_MUST_NOT = (
    r"(?:must not|mustn't|should not|shouldn't) (?:describe|caption|provide|give|comment|help|continue|answer|discuss"
    r"|identify|assist|produce|generate|go on|share|reveal|comply|proceed|reproduce|go into|go any)"
)
I_AM_NOT = (
    rf"(?:(?:am|was|are|were|feel|be|been|have been|remain)? ?{ADVERBS}(?:not|never|neither)|wasn't|aren't|weren't"
    r"|won't be) (?:\w+ly |yet |been |really ){0,2}(?:able|allowed|permitted|authori[sz]ed|equipped|designed"
    r"|trained|programmed|built|capable|supposed|comfortable|going to|willing|meant|intended|at liberty|made|suited"
    r"|qualified|given|provided|free|cleared|prepared|licensed|configured|set up|fit|competent|shown|in a position"
    r"|instructed|taught|sent|(?:a )?human|granted|at ease|created)\b"
)
I_AM_BARRED = (
    r"(?:am|was|are|feel|remain|have been|be)? ?(?:\w+ly )?(?:(?:incapable|forbidden|prohibited|barred|prevented"
    r"|unequipped|restricted|limited|constrained|obliged|required|forced|compelled|bound|powerless|blind|unfit"
    r"|ill-equipped|unwilling) |(?:been )?(?:instructed|told|asked|programmed|designed|trained|built|configured"
    r"|taught|set up|supposed|meant) not to |without (?:any|an?|the|access|means|eyes|sight|vision)\b)"
)
I_DO_NOT = (
    rf"(?:do not|don't|did not|didn't|never) {ADVERBS}(?:have|possess|see (?:an?|any|the|your)|offer|support|process"
    r"|watch|view|perceive|describe|comment|engage|provide|generate|receive|accept|discuss|identify|know how|feel"
    r"|work with|handle|answer|do (?:th|desc|capt|vid|im)|take|think (?:I|it)|produce|wish|want|create|help|assist"
    r"|participate|get|find (?:an?|any)|come with|own)"
)
I_HAVE_NO = (
    r"(?:(?:have not|haven't|not|have never|never) (?:\w+ly |yet )?(?:been|received|got|seen|had|obtained|learn)"
    r"|(?:have|got|had|possess|see|hold|find|own|am left with|with)? ?no (?!further|more|other|idea|doubt|clue"
    r"|questions)[a-z]|(?:have|possess) neither|have nothing to (?:go|work|base)|lack\b|(?:can|could|am|may) neither "
    r"|only (?:accept|process|understand|handle|support|work|take|deal))"
)
I_DECLINE = (
    r"(?:refuse\b|declin|reject\b|abstain|refrain|apologi|regret|(?:had )?better not |(?:(?:would|'d)? ?(?:rather"
    r"|prefer|choose|opt|elect|like|have chosen|have decided|decided|chose) (?:to )?not )"
    r"|(?:only )?wish (?:that )?(?:I|we) (?:could|were|was) |(?:would|'d)? ?(?:love|like|be (?:glad|happy)"
    r"|have liked) to [^.;]{1,60}\bbut (?:I|we|the|this|that|no|your)\b|(?:must|have to|need to|had to|ought to"
    rf"|should|shall|will|'ll|'d better|had better|would|(?:am )?going to|choose to) {ADVERBS}(?:have to |need to "
    r"|like to |prefer to )?(?:\w+ly )?(?:decline|refuse|reject|pass\b|stop|leave|refrain|withhold|turn|skip|abstain"
    r"|end|break off|disappoint|avoid|say no|draw the line|bow out|halt|hold back|forgo|desist|keep (?:silent|quiet"
    r"|out)|remain silent|stay silent|steer clear|excuse myself|omit|opt out|cut (?:this|it|the)|disregard|step back"
    r"|give up))"
)
I_REFUSE = f"(?:{'|'.join((I_CANNOT, I_MUST_NOT, I_AM_NOT, I_AM_BARRED, I_DO_NOT, I_HAVE_NO, I_DECLINE))})"
OPENED = (
    r"\A(?:(?:oh|hi|hello|well|ah|hmm|unfortunately|regrettably|sadly|alas|thank you|thanks)(?: (?:there|so much"
    r"|very much|for[^.!?,:]{1,60}))?[,!.]? )?"
)
THIS = r"(?:the|this|that|your|any|an?|attached|uploaded|provided|linked|requested|such)"
SENT = (
    r"(?:sent|shared|uploaded|provided|attached|posted|submitted|gave|given|asked|requested|want\w*|linked|described"
    r"|are asking|are looking)"
)
