"""The words in which captions talk about their video, about its frames and about those who watch it."""

from __future__ import annotations

from recaption.postfilter.vocabulary import listed

FILMS = listed(
    """video videos clip clips footage film films movie movies recording recordings animation animations gif gifs
    montage reel vlog snippet snippets excerpt excerpts extract ad ads promo broadcast feed time-lapse timelapse
    slideshow videoclip screencast livestream documentary cartoon commercial advert advertisement trailer teaser
    tutorial episode tape"""
)
"""What names the video where a sentence opens with it."""

STRONG_FILMS = listed("video videos clip clips footage recording recordings videoclip screencast livestream snippet")
"""What names it inside of a sentence too; a film, a cartoon or a tape may well be a thing in the scene."""

SURE = listed("video footage recording")
"""What can be no thing with another verb: "the clip holds her hair"."""

STILLS = listed(
    """image images picture pictures pic pics photo photos photograph photographs snapshot snapshots visuals visual"""
)
FRAMES = listed(
    """frame frames keyframe keyframes key-frame key-frames still stills screenshot screenshots thumbnail thumbnails
    frame-by-frame"""
)
CELLS = listed(
    """panel panels tile tiles cell cells capture captures screengrab screengrabs row rows grid collage strip
    storyboard sheet filmstrip"""
)
"""What the pictures of a grid or a strip are called, if they are numbered or placed."""
STAGES = listed("scene scenes shot shots sequence sequences segment segments")
STORIES = listed("story narrative action plot storyline")
VIEWERS = listed(
    """we us our ourselves you your yourself viewer viewers viewer's viewers' viewer’s viewers’ audience's audience’s"""
)

PIECES = listed(
    """part parts portion portions section sections passage passages stage stages phase phases moments seconds minutes
    half halves third quarter stretch bit piece slice strip chapter act"""
)
PARTS = PIECES | listed(
    """start starts beginning opening outset onset commencement end ends ending close conclusion finish finale outro
    intro introduction middle midpoint mid-point midway halfway point points moment second minute time times instant
    instants course run length duration remainder rest entirety whole bulk span progress flow interval mark way
    runtime timeline timestamp timecode clock tail beat beats handful home pace rhythm stride gear opener closer
    highlight highlights"""
)
"""What a video has: pieces, and points of its time."""

_ORDINALS = listed(
    """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth twentieth"""
)
ORDERS = _ORDINALS | listed(
    """next following subsequent previous preceding prior earlier later last final closing opening initial early
    earliest late latter latest former middle central penultimate concluding introductory ensuing remaining
    intermediate last-but-one antepenultimate second-last third-last second-to-last third-to-last next-to-last"""
)
_PLAIN = listed(
    """short brief whole entire given provided supplied attached uploaded shared submitted sampled selected available
    overall particular same full complete long longer longest certain very main key major principal general present
    current actual original recorded filmed captured displayed presented shown described taken one two three four
    five six seven eight nine ten few several various multiple many more other another single different further
    additional exact"""
)
KINDS = listed(
    """home wedding family amateur professional drone aerial animated anime animation cartoon comic comedy educational
    instructional informative promotional promo commercial advertising documentary music musical sports sporting
    sport news nature wildlife travel cooking vintage old historic historical archival archive black-and-white
    silent monochrome grainy blurry shaky handheld hand-held vertical horizontal low-resolution high-definition
    high-quality high-speed slow-motion slow-mo time-lapse timelapse stop-motion claymation looping looped
    split-screen security surveillance cctv dashcam bodycam webcam phone smartphone mobile screen screen-recorded
    gameplay game video underwater macro close-up black white slow motion first-person pov point-of-view 360-degree
    panoramic cinematic live-action computer-generated cgi 3d 2d hand-drawn satirical concert sample fast-paced
    short-form"""
)
_PRAISE = listed(
    """captivating dynamic stunning beautiful engaging charming delightful fascinating intriguing dramatic heartwarming
    serene calming mesmerizing mesmerising striking vivid vibrant intense playful humorous funny amusing touching
    emotional nostalgic interesting remarkable noteworthy notable memorable lovely wonderful curious detailed quick
    small little large great lengthy rapid simple intimate candid close closer careful good better clear fuller
    gentle peaceful quiet tranquil lively"""
)
ADJECTIVES = ORDERS | _PLAIN | KINDS | _PRAISE
LATER = listed("next following subsequent ensuing")
LAST = listed("final last closing concluding")

PARTICLES = listed("in off over on under out up back down along ahead away")
TIME_ADVERBS = listed("then next later subsequently eventually finally initially first now afterwards thereafter")
ADVERBS = (
    TIME_ADVERBS
    | PARTICLES
    | listed(
        """soon before after earlier firstly secondly thirdly lastly again already still just right here there
        meanwhile shortly immediately directly once further farther deeper on onward onwards forward forwards ahead
        along back out up also even so far very fully well quite about approximately roughly some around nearly
        almost only briefly clearly simply mainly mostly primarily chiefly largely vividly beautifully continuously
        effectively prominently overall continually gradually slowly quickly suddenly abruptly instead together
        additionally moreover furthermore ultimately essentially basically predominantly likewise similarly equally
        entirely exclusively solely momentarily carefully closely repeatedly nicely in off over straight away new"""
    )
)

PROGRESS = listed(
    """progress progresses progressed progressing continue continues continued continuing unfold unfolds unfolding
    advance advances advancing play plays played playing go goes going gone move moves moved moving proceed proceeds
    proceeding develop develops developing begin begins began beginning start starts started starting open opens
    opened opening roll rolls rolling run runs running get gets getting come comes coming draw draws drawing near
    nears nearing approach approaches approaching reach reaches reached reaching end ends ended ending conclude
    concludes concluded concluding close closes closed closing finish finishes finished finishing stop stops stopped
    stopping wrap wraps wrapping wind winds winding carry carries carrying keep keeps keeping resume resumes
    resuming elapse elapsed pass passes passed passing tick ticks ticking wear wears flow flows flowing pick picks
    kick kicks round rounds rounding unwind unwinds lead leads leading led turn turns turning head heads heading
    enter enters entering commence commences commencing lasts lasting fade fades break breaks take takes taking took
    lie lies spool spools set sets follow follows following followed introduce introducing evolve evolves evolving
    return returns returning delve delves delving skip skipping jump jumping fast-forward fast-forwarding happen
    happens loop loops rewind rewinds pause pauses freeze freezes gather gathers gathering settle settles warm warms
    hit hits find finds cut cuts dying bring brings brought bringing"""
)
SEEING = listed(
    """see sees seeing seen show shows showing showed shown look looks looking looked watch watches watching watched
    viewed viewing observe observes observing observed judge judging based according tell told tells known know note
    noted notice notices noticed witness witnesses witnessed depict depicts depicted depicting capture captures
    captured capturing record records recorded recording filmed filming present presents presented presenting
    feature features featured featuring pictured portrays portrayed portraying describe describes described
    describing display displayed displays give given giving gives provide provides provided offer offers offered
    document documents documented make makes making made indicate indicates reveal reveals revealed revealing
    demonstrate demonstrates demonstrated illustrate illustrates illustrated contains contained includes included
    introduces introduced visible evident clear apparent mention mentioned allow allows let lets strike strikes meet
    meets catch catches fill fills pay pays paying recount recounts suggest suggests confirm confirms prove proves
    consider considering examine examining study studying"""
)
HELPERS = listed(
    """sum summarise summarize recap a an the this that these those our its your it they them any all each every
    both some such own itself themselves what which who whom whilst lens vantage down past under file capture
    material media content input upload piece source visual centrepiece centerpiece done finished moving filling
    sent send gave posted asked audience you're we're you've we've you'll we'll you’re we’re you’ve we’ve you’ll
    we’ll whose where when how as while once until till if whether than and or but not no of in on at by with
    from to into onto through throughout during within across over for toward towards along around between among
    amongst upon per via beyond near inside without since is are was were be been being has have had having do
    does did can could may might will would shall should must viewer one anyone observer watcher screen on-
    screen onscreen swing order view focus attention playback question hand sight glance glimpse look fact thing
    things way place due full half-way subject topic theme protagonist star appear appears appearing most much
    heart core focal item deep got front least anything stands stand eye eyes watchers observers whoever anybody
    everyone"""
)
SAMPLED = listed(
    """sampled given provided supplied extracted captured selected individual consecutive successive adjacent
    neighbouring neighboring separate sequential available numbered"""
)
FRAME_TALK = (
    FRAMES
    | SAMPLED
    | listed(
        """compared comparing comparison compare relative contrast contrasted unlike against held side sides pair pairs
    group groups series set sets grid row rows column columns panel panels left right upper lower top bottom
    left-hand right-hand top-left top-right bottom-left bottom-right upper-left upper-right lower-left lower-
    right center centre number no index blurred sharp sharpest blurry alone taken twelve eleven thirteen
    fourteen fifteen sixteen twenty difference differences change changes differ different differs half half-
    dozen dozen couple trio quartet grab grabs pictures two-thirds consist consists belong belongs none darker
    apart succession total copy grabbed compares resolution quality those judged transition switch jump step
    chronological picked chosen added stacked lined put together arranged flip flips flipping flick flicks
    flicking scroll scrolls scrolling skim skims skimming steps stepping gap gaps interval intervals leap leaps
    shift shifts shifting distance spacing spaced evenly situation add adds adding batch selection collage
    storyboard likely illegible legible brighter sharper blurrier clearer somewhere sometime cf hardly nothing
    onward run runs best separate separates distinguish distinguishes anything majority minority arrive arrives
    soon opposed point inspection significant noticeable obvious minor slight subtle biggest sole real visibly
    plain proof except identical similar alike overlapping unsharp overexposed underexposed cropped duplicate
    redundant paired labelled labeled stamped timed marked unlabelled static near-identical seemingly apparently
    evidently obviously practically virtually"""
    )
)
"""What comes on top of TALK where single frames are spoken of."""
FRAME_NUMBERS = _ORDINALS | listed("one two three four five six seven eight nine ten eleven twelve")
COUNTED = (
    FRAME_NUMBERS
    | SAMPLED
    | ORDERS
    | listed(
        """sixteen some few several many multiple various both all each every any another other most either none pair
    series set grid row column panel left right upper lower top bottom left-hand right-hand sequence between
    across blurred key follow follows comes end start beginning top-left top-right bottom-left bottom-right
    upper-left upper-right lower-left lower-right leftmost rightmost topmost comparison comparing compared
    compare difference differences"""
    )
)
"""What tells that a frame or picture is one of those that the model was shown."""

TALK = (
    HELPERS
    | COUNTED
    | FILMS
    | STILLS
    | STAGES
    | STORIES
    | VIEWERS
    | PARTS
    | ADJECTIVES
    | ADVERBS
    | PROGRESS
    | SEEING
    | FRAME_TALK
)
"""Where nothing but these words stands, nothing in the scene is told."""

_OPENERS = listed(
    """What All One Here Watch See Observe Note Notice Presented Shown Captured Depicted Seen Pictured Featured
    Displayed Portrayed Recorded Filmed Visible Next Up Central Attention"""
)
_NAMES = (
    FILMS
    | STILLS
    | FRAMES
    | CELLS
    | STAGES
    | STORIES
    | VIEWERS
    | listed(
        """part parts portion portions section sections passage passages moments seconds you'll we'll we're you're
        we've you've filmed recorded watching watches animated audience attention captured depicted thing things
        followed follows screen"""
    )
)


def _as_written(names: frozenset[str]) -> dict[str, str]:
    """Words as they stand in a text between two spaces, with what each is without its capital and marks."""
    marks = ("", ",", ".", ":", ";", "!", "?", ")", "]", ").", "),", ".)", "].", "],", "...", "'s", "’s", "'", "’")
    return {
        opening + form + mark: name
        for name in names
        for form in {name, name.capitalize()}
        for opening in ("", "(", "[")
        for mark in marks
    }


SIGNALS = _as_written(_NAMES) | {opener: opener.lower() for opener in _OPENERS}
"""Without one of these there is no talk about a video."""
MENTIONED = FILMS | STILLS | {"filmed", "recorded"}
"""Without one of these, none is named inside of a sentence."""
SHOWN_STILL = STILLS | FRAMES
"""Without one of these, no frame is spoken of."""

THINGS = listed("it they them he she him her")
"""What may stand for a thing in the scene."""

STATES = listed(
    "full complete small little large great long short quick close closer quiet silent calm gentle peaceful lively open"
    " closed late early"
)
"""Behind "is", these tell something of a thing in the scene."""

PLACES = listed("left right top bottom upper lower center centre middle side sides left-hand right-hand front")
AT_END = listed(
    "end ends ending close closes closing conclusion concludes concluding finish finishes finale final last"
)
AT_LATER = listed("later afterwards thereafter")
