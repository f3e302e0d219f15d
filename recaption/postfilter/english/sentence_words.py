"""Words by what they do in a sentence, for the rules on endings, loops and repeats. English."""

from __future__ import annotations

from recaption.postfilter.english import words as w
from recaption.postfilter.vocabulary import listed

# Pronouns that are subjects only, and all that can be one.
SUBJECTS = listed("he she they we i")
ANY_SUBJECTS = SUBJECTS | {"it", "you"}
OBJECTS = listed("her him it them me us")
RELATIVES = listed("who which whose whom")
# What joins clauses, and what joins words and phrases.
LINKS = listed("and but yet then so")
JOINING = listed("and or but then yet")
# A clause has to follow these; those of the second list are prepositions and adverbs too.
SUBORDINATORS = listed("while whereas although because where when whenever wherever if unless")
PERHAPS_SUBORDINATORS = listed("until till since though once as before after")
OPENING_ADVERBS = listed(
    """throughout initially finally then next overall meanwhile additionally however later now here soon instead
    suddenly still again afterwards first second third lastly"""
)
COLLECTIVES = listed("couple pair crowd audience team crew family band group police public duo trio staff")

# Words after which no sentence ends, beside those that are always among them.
NEVER_LAST = w.DANGLING | listed(
    "until towards like unto would should might shall whenever wherever whether except beside amid per"
)
# After these, some of them do: "one after another", "hugs them both", "a hand in his".
LAST_AFTER = {
    "another": listed("after one to for"),
    "both": listed("them us you of for behind from"),
    "this": listed("like of by at do does"),
    "these": listed("like of"),
    "those": listed("like of"),
    "his": listed("in with against to into"),
    "its": listed("of"),
    "each": listed("hand side one of on in at from to with"),
}
BEFORE_LAST_IT = listed("as until till while whilst whereas although though because since when if unless and but yet")
COMPARED = listed("than as like of to with for from at")
RELATING = listed("that which what who as than how where")
# A verb's particles, or prepositions that lack their noun.
AFTER_VERB = listed("in on by through over under across along near beside off")
# "stretches out both arms over": the verb has its particle already.
FIRST_PARTICLES = listed("out up off down away forward back")
SECOND_PARTICLES = listed("over under across along through around behind above below inside near past")
OBJECT_STARTS = w.DEFINITE | listed("a an both all one two three")

# Adjectives that are neither nouns nor adverbs, so that a noun follows where an article or the like comes before.
NEED_NOUN = w.NEVER_NOUNS | listed(
    """adjacent anxious approaching barefoot barking battered bearded beautiful bespectacled blinking brief brightly
    brisk broad bubbling bulky burly burning busy candlelit careful carved charging checked checkered cheerful
    chubby circular cloudy clumsy cluttered colorful colourful cosy cozy cracked crooked crowded crumpled crying
    curious curly curved cylindrical damp dancing delicate dense densely different dimly distant dripping dull dusty
    eager elaborately elegant empty engraved enormous entire faded faint fancy flashing flickering floodlit flowing
    fluffy fluorescent foggy folded framed freckled fresh freshly furry galloping gentle gigantic gleaming gleeful
    glittering glossy gloved glowing graceful grand grassy grazing hairy heavily hollow hooded hungry identical
    immense inner knitted lanky laughing lavish leafy left-hand left-handed lit little lively lone loose lumbering
    lush main majestic masked massive matching messy metallic miniature misty modest moonlit muddy muffled nearby
    neatly neighboring neighbouring nervous newly opposing ornate outer oval overhanging painted pale partially
    partly patterned plain playful plump pointed polished pregnant rainy rapid rectangular remaining revolving
    richly right-hand ripe rising rocky rolled rotating rough rustic rusty sandy screaming serene shaky sharp
    shining shiny shirtless short similar single skinny sleek sleeping sleepy slender slight slim slippery smiling
    smooth snowy soaked soft sole sparkling sparse spherical spotted squeaky steady steaming steep stocky striped
    sturdy sudden sunlit sunny surrounding swaying swift swirling tanned tattered thirsty tidy tight tired toothless
    torn tranquil translucent transparent trembling triangular unfinished upper vast vivid waving wavy weak weary
    weathered wet winding wobbly worn woven wrinkled wrong"""
)
# "the old and the young"
PERSONS = listed("old young tired weak hungry curious brave")
SHADES = listed("bright pale vivid dull rich deep dark light faint soft warm")
NUMBERS = listed("these those two three four five several")
OWN = listed("a an his her their its")
DEGREES = listed("very quite rather fairly slightly")
# After "a", words in -ed are adjectives too but for these.
NOUNS_IN_ED = listed(
    """bed shed sled seed weed reed breed steed speed deed feed creed need greed bobsled hundred biped quadruped moped
    flatbed seabed riverbed sickbed flowerbed hotbed watershed woodshed nosebleed bleed tweed kindred purebred red"""
)
# Verbs that say nothing without an object, alone and with a particle.
NEED_OBJECT = listed(
    """holds grabs takes puts places gives makes brings wears carries raises tosses removes adjusts grips seizes
    clutches uses lays displays features includes contains wields snatches fetches wraps ties squeezes pats hugs
    unwraps scoops plucks hoists hurls shoves resembles keeps examines inspects grasps presses touches lends attaches
    inserts applies fastens unfastens unscrews uncovers unzips uncorks unbuckles unties sends finds creates causes
    surrounds tells reveals dabs secures loosens tightens lowers empties pushes pulls lifts brushes"""
)
NEED_OBJECT_WITH = {
    "out": listed("holds pulls takes brings hands"),
    "up": listed("holds picks lifts takes"),
    "on": listed("puts"),
    "down": listed("puts lays sets"),
}
# What "reads" something, so that it has to follow.
WRITTEN = listed("sign label board banner plate poster sticker tag placard screen display scoreboard caption it")

# English words of up to three letters that can end a sentence; of a word that was cut, as little is left.
SHORT = listed(
    """abs ace act add ads age ago aid aim air ale all alp and ant any ape app apt arc are ark arm art ash ask asp ate
    awe awl axe aye baa bad bag ban bar bat bay bbq bed bee beg bet bib bid big bin bit boa bob bog boo bop bow box
    boy bra bud bug bum bun bus but buy bye cab cam can cap car cat caw cct cds chi cob cod cog con coo cop cos cot
    cow coy cry cub cud cue cup cur cut dab dad dam day def den dew did die dig dim din dip doe dog dot dry dub dud
    due dug duo dvd dye ear eat ebb eel egg ego elf elk elm emu end era etc eve ewe eye fab fad fan far fat fed fee
    fen few fez fib fig fin fir fit fix flu fly fob foe fog for fox fps fro fry fun fur gab gag gal gap gas gel gem
    get gig gin gnu gob goo got gps gum gun gut guy gym had ham has hat hay hem hen her hex hey hid him hip his hit
    hmm hob hod hoe hog hop hot how hub hue hug hum hut ice icy ill imp ink inn ion ire irk its ivy jab jam jar jaw
    jay jet jib jig job jog jot joy jug jut keg key kid kin kit koi kph lab lad lag lap law lay lcd led leg lei let
    lid lie lip lit lob log lot low lox lug lux mac mad man map mat max may meg men met mid min mix mob moo mop mow
    mph mud mug mum nab nag nap net new nib nil nip nod non nor not now nun nut oak oar oat odd ode off oil old one
    orb ore our out owe owl own pad pal pan par pat paw pay pct pea peg pen pep pet pew pho pic pie pig pin pip pit
    ply pod pop pot pro pub pug pup pus put rad rag ram ran rap rat raw ray red ref rep rev rib rid rig rim rip rob
    rod roe rot row rpm rub rug rum run rut rye sac sad sag sap sat saw sax say sea sec see set sew she shy sin sip
    sir sis sit six ski sky sly sob sod sol son sow soy spa spy sty sub sue sum sun tab tag tan tap tar tax tea tee
    ten the tic tie tin tip toe tom ton too top tot tow toy try tub tug tut tux tvs two uke ump urn usb use van vat
    vcr vet via vie vim vow wad wag war was wax way web wed wee wet who why wig win wit woe wok won woo wow yak yam
    yap yaw yen yes yet yew yip you zag zap zen zig zip zoo ad ah am as at ax be by cm dj do ex ft go ha he hi id if
    in is it kg km lb me ml mm my no of oh ok on or ox oz pa pc pi pm so to tv up us we"""
)
# Longer ones that end as few do.
STRANGE_ENDS = listed(
    """adieu alibi alkali alumni basmati bayou beau bikini biryani bonsai boycott broccoli bureau burr butt cacti
    calamari cannelloni caribou chateau chianti chili chilli confetti corgi daiquiri deli dhoti disc ecru fettuccini
    fungi gateau gnocchi graffiti grissini guru haiku hibachi hifi impromptu jacuzzi jujitsu khaki kimchi kiwi kudzu
    linguini macaroni magi martini matt menu milieu mini mitt myrrh nigiri okapi origami panini paparazzi pepperoni
    pierogi plateau purr putt rabbi ravioli reiki rigatoni roti rotini safari salami samurai sari sashimi scampi
    semi shanghai spaghetti spec stimuli sudoku sushi swami sync tableau tahini talc tatami taxi teriyaki thou tiki
    timpani tiramisu tofu tortellini tsunami tutu wapiti wasabi watt whirr wifi yeti yogi zinc zucchini"""
)
# Short ones that follow no article.
SHORT_CLOSED = listed("do hi ha he me my so is as at be by if in it of on or to us we am but for are was did")
# "again and again", "up and up"
PAIRED_BY_AND = listed(
    """again over round around on up down out off in forth back past through across along by away more less higher lower
    faster slower closer farther further deeper bigger smaller larger longer louder brighter darker"""
)

# Words that add no fact to a sentence.
EMPTY = (
    ((w.DETERMINERS - w.PLURAL_DETERMINERS) | w.CONJUNCTIONS | w.AUXILIARIES | ANY_SUBJECTS | OBJECTS | RELATIVES)
    | listed("these those where there also just simply seen shown visible wearing wears wear dressed clad")
) - listed(
    """no another each every all one other more nor if unless isn't aren't wasn't weren't doesn't don't didn't can't
    cannot"""
)
# Prepositions that a sentence can have or not, unless another one says the opposite.
VAGUE = listed("of with in on at by for as from to into onto upon within among amid via per about")
OPPOSITES = {
    "to": listed("from"),
    "from": listed("to into toward"),
    "into": listed("from"),
    "onto": listed("off from"),
    "on": listed("off"),
    "with": listed("without"),
    "for": listed("against"),
}
ALIKE = {"towards": "toward", "upon": "on", "underneath": "under", "beneath": "under", "alongside": "beside"}
# "begins to play" says that it plays.
BEGINNING = listed("begin begins start starts continue continues proceed proceeds beginning starting")
REFERRING = listed("he she it they")
GENDER = {
    **dict.fromkeys(
        listed("he man boy father brother son husband groom king uncle gentleman grandfather grandson"), "m"
    ),
    **dict.fromkeys(listed("she woman girl mother sister daughter wife bride queen aunt lady grandmother"), "f"),
}
# What was said with one of these does not happen, or not yet.
TURNING = listed(
    """not no never nor without almost nearly tries trying try attempts attempting wants pretends fails refuses
    prepares threatens hopes plans asks instead before until if unless"""
)
# Adverbs that tell another event, or deny one.
ANEW = listed(
    """finally suddenly newly nearly hardly barely scarcely repeatedly eventually subsequently initially lastly firstly
    secondly thirdly abruptly unexpectedly successfully additionally similarly only likely early daily"""
)
# Words whose order tells something whatever stands around them.
ORDERED = w.COLOURS | listed("left right up down forward backward back first second third two three four five one")
CAMERA_MOVES = listed(
    """pan tilt zoom move follow track rotate push pull circle glide roll dolly rise sink sweep drift orbit swing turn
    crane"""
)
CAMERA_WORDS = CAMERA_MOVES | listed(
    """camera scene shot view lens perspective angle focus frame left right out forward backward back side closer close
    close-up wide medium full slow smooth gradual gentle further subject background foreground handheld"""
)
# Words that say the same.
SAME = {
    "put": "place",
    "lift": "raise",
    "big": "large",
    "small": "little",
    "kerb": "curb",
    "grey": "gray",
    "shut": "close",
    "bicycle": "bike",
    "colour": "color",
    "sofa": "couch",
    "pavement": "sidewalk",
}
