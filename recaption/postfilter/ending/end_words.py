"""Words by what they do at the end of a sentence. English."""

from __future__ import annotations

from recaption.postfilter.english import words as w
from recaption.postfilter.vocabulary import listed

# What a number may stand behind at the end: "lane 4", "number 7".
NUMBERED = listed(
    """number no nr lane room page platform bus tram route line track gate row seat level step channel size part
    chapter figure floor pier dock bay highway road car heat court hole reads says shows displays at"""
)
UNITS = listed("m g l s h t ft in mi yd oz lb km cm mm kg mg ml dl nm hz px am pm th st nd rd to up or on")

BEFORE_THEN = listed("back until till since by just now even right from before every")
ORDINALS = listed("second third fourth fifth sixth seventh eighth ninth tenth")
CONTRASTED = listed("one first second third another other to")
# These end no sentence, be there a full stop behind them or not.
BEFORE_NOUN = listed("a an the and or nor my your our their approx e.g i.e viz incl")
ONLY_PREPOSITIONS = listed(
    "into onto toward towards among amongst amid between against of from than because while whereas unless although if"
)
PARTICLES = listed("up down out off away back forward apart together again")
PREPOSITIONS_TOO = listed("in on over around round past by through along")
LINKING = listed(
    "is are was were remain remains stay stays look looks seem seems become becomes turn turns appear appears stand"
    " stands lie lies sit sits hang hangs grow grows go goes keep keeps be"
)
# "as far", behind which another "as" has to come.
MEASURED = listed(
    "far high low long tall short big large small wide broad narrow thick thin deep fast quickly slowly close tight"
    " tightly heavy light loud hard strong bright dark old young"
)
# Prepositions that are hardly ever the particle of a verb with an object.
HARDLY_PARTICLES = listed("by near beside")
BEFORE_BASE = listed("to can could will would must may might should cannot can't")

# Adjectives that can end a noun phrase, as nouns or behind theirs.
NOUNS_TOO = w.COLOURS | listed(
    """academic arabic archive armful ascent back basic bottom british captive carnival ceramic classic close cold
    concrete content cosmetic crescent critic cupful current cynic dark deep descent diagonal dry elderly english
    executive final fistful flat front garlic garnish general graphic handful high horizontal hot ideal individual
    indoor instant interval irish left light local low main major mammal manual material medal metallic middle
    minor motive mouthful national native official open original other outdoor outside oval pageant panic petal
    plain plastic plateful plural polish poor potential present radish rear rich right round royal rubbish same
    serpent several single spanish spiral spoonful square tangent tenant top torrent tunic varnish vertical wild"""
)

# Words that end as none of the other lists' do.
OTHER_WORDS = listed(
    """abbey acne against album alga algae also amoeba angel antenna antennae arcs area arena artisan askew aurora
    autopsy axis balsa banana banjo barb barbecue barista barre basil bathtub baulk bazaar beacon beeswax belfry
    beluga bikini blitz blob blonde blossom blur boar bobs bogie bokeh bolt botulinum bronze buffalo buoy burrito
    buzz cairn calendar canopy canyon capoeira cardigan champagne charpoy cheetah chew children chilli chimpanzee
    chirps choir chorus choux chrysanthemum chum cinema clam clef clop club coin cola column conga control convoy
    corduroy cubic cuckoo cumin curb cusp cyborg data delta denim dinosaur dojo dragon duffel dusk dyke dynamo
    earbud ecru eighth espresso euro facet femur fifth film fizz flamingos flew flux folio francs frog from gamelan
    garibaldi gauze gazelle gecko geisha genie gingham giraffe graffiti grandma grizzly growth guru haiku haul hawk
    hazel health helix high hippo hippopotamus horizon ibex igloo imam impala improv info intercom jacaranda jazz
    jiaozi judo kangaroo kerf ketchup kiln kimono kiosk kiwi knob kohl kookaburra larva latex left levee lilac lino
    logo lunar lungi lynx macaroni macro madam magenta magpie mailbox major mango marathon mariachi marquee matcha
    maybe menu metro model next nitrogen nori occur ochre onesie ooze orchestra orchid pagoda papa paprika parallel
    parka patio period petri pharaoh photo pickaxe pickup pivot plaza polo polyp product quad quartz queue quiz
    radio rangoli razor refugee registrar rhyme rhythm ribbon riot roadie ruby rugby safe samba samurai sari
    savannah script selfie sensei shampoo shoji silo sixth sixty skip snap snip snorkel soap spaniel spar spatula
    sprig squat squawks staff stampede steadicam stew stirrup strut stylus sumo sunburnt swab swap swum taco tandem
    tatami tattoo taxi tempo tennis tenth term terminus terracotta tiara tissue tofu toga topaz treaty truss tuna
    turban tutu tuxedo twin vacuum vein vertebrae video videos view vinyl vodka void waltz whelk whir whorl width
    yacht zigzag zinc"""
)
