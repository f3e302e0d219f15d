"""Closed word classes and the few open ones that the rules need. English."""

from __future__ import annotations

import re

from recaption.postfilter.vocabulary import listed

SENTENCE_STARTERS = listed(
    """The A An This That These Those It Its He She They We You I His Her Their In On At As By From With Then
    There Next While When After Before During Throughout Behind Above Below Around Near Finally Initially
    Meanwhile Later Suddenly Eventually Overall Another Each Both One Two Three Several Some Many Here For To
    And But However Also Now What"""
)

SINGULAR_DETERMINERS = listed("a an one another each every")
PLURAL_DETERMINERS = listed(
    """two three four five six seven eight nine ten eleven twelve several many various multiple both few
    numerous dozens hundreds thousands these those different"""
)
DEFINITE = listed("the this that these those his her their its my your our")
DETERMINERS = SINGULAR_DETERMINERS | PLURAL_DETERMINERS | DEFINITE | listed("some any no more most all other")

PREPOSITIONS = listed(
    """of in on at by with from to into onto for against among amongst amid amidst between through toward
    towards under beneath below above over across along around near beside behind inside outside within
    without during beyond past after before up down off atop alongside like as upon throughout via per about"""
)
CONJUNCTIONS = listed(
    "and or but nor while whereas although though because since if when whenever until unless as so yet"
)
SUBORDINATORS = listed("as while when whenever although though because since if once until unless after before whereas")
AUXILIARIES = listed(
    """is are was were am be been being has have had does do did can could will would shall should may might
    must isn't aren't wasn't weren't doesn't don't didn't can't cannot"""
)

# Words after which no sentence ends. Particles of verbs ("rolls in", "looks up", "walks by") are not among them.
DANGLING = listed(
    """a an the of with and or but nor from at into onto toward towards between among amongst amid against for
    during while as because than upon via whose which who his their its my your our is are was were be being
    been am has have had very to if when where although though since unless whereas every each some both
    either neither this these those another such featuring wearing including suggesting indicating creating
    adding"""
)

COLOURS = listed(
    """red orange yellow green blue purple violet pink brown black white grey gray golden silver beige tan
    teal turquoise maroon navy crimson scarlet magenta cyan ivory cream olive lavender"""
)
_ADJECTIVES = COLOURS | listed(
    """large small big little tiny huge tall short long wide narrow thin thick high low deep shallow flat
    round square old young new modern elderly middle-aged bright dark light pale vivid soft hard warm cool
    cold hot wet dry clean dirty clear plain simple calm quiet serene tranquil gentle busy cozy cosy sunny
    cloudy rainy snowy foggy misty dusty muddy rocky sandy grassy leafy hilly icy windy stormy empty full open
    close closed fast slow quick rapid steady smooth rough sharp blurry fuzzy shiny glossy matte heavy sturdy
    happy sad angry pretty lovely friendly lively early late main central other same different single several
    distant nearby outdoor indoor outside urban rural suburban wild bare rustic sleek slender slim fluffy
    furry hairy curly straight wavy blonde bald rich poor loose tight casual formal solid silent subtle stark
    lone sole rear front back left right upper lower middle inner outer top bottom major minor rare strong
    weak fresh ripe raw clever brave proud tired wooden metallic concrete asian european american african"""
)
# Of these, none is a noun or an adverb too: no sentence ends after "a large".
NEVER_NOUNS = listed(
    "large small big tiny huge tall long wide narrow old young new modern bright thick thin heavy wooden vibrant"
)
_NOT_ADJECTIVES = listed(
    """student elephant restaurant plant giant infant president assistant parent event moment environment
    equipment instrument apartment pavement basement movement monument document garment accent tent scent
    cement department agent client patient servant merchant pendant animal hospital festival meal seal metal
    crystal goal deal canal arrival signal pedal jackal terminal mural capital rival journal professional
    musical ritual music traffic fabric comic mechanic clinic picnic topic public arctic attic mosaic olive
    drive dive detective table vegetable cable stable marble bottle dish fish brush wish parish finish bus
    virus cactus octopus campus chorus circus focus bed shed sled seed weed feed reed speed breed steed
    building ceiling"""
)
_ADJECTIVE_ENDING = re.compile(r".{2,}(?:ent|ant|ive|ous|ful|al|ic|less|able|ible|ish|ed|ing)\Z")

NOUNS_IN_ING = listed(
    """ceiling clothing lighting evening morning railing ring string wing king spring thing something nothing
    everything anything wedding ending beginning sibling duckling dumpling earring awning feeling pudding
    icing flooring shading lettering pairing being offspring sling viking darling sterling rigging scaffolding
    housing outing herring"""
)
# Nouns and participles alike: taken for a participle where an object or place follows ("opening a letter").
_BOTH_IN_ING = listed(
    """building painting crossing meeting stuffing seasoning dressing opening closing parking greeting topping
    filling carving drawing etching engraving offering gathering sewing knitting"""
)
_BOTH_WITH_PLACE = listed("setting landing")
# "a hotel swimming pool": the word in -ing belongs to the noun that follows.
AFTER_COMPOUND = listed(
    """pool pools room rooms table tables machine machines court courts board boards shoes shoe suit suits
    gear area areas lot lots track tracks chair chairs boat boats game games ground grounds pan pans pot pad
    pads rod rods pole poles bag ring rinks rink alley mall center centre stick line lines station post"""
)
# Participles that give a property: "A sign is reading ..." or "A box is containing ..." would be no English.
STATIVE = listed(
    """containing belonging consisting including featuring resembling involving concerning being having
    showing depicting overlooking leading comprising representing displaying portraying capturing reading
    bearing spanning dating ranging according following regarding missing existing remaining"""
)
CARRYING = listed("wearing donning sporting dressed clad")
PAST_PARTICIPLES = listed(
    """dressed seated surrounded covered filled lit parked perched located placed positioned adorned decorated
    engaged engrossed immersed gathered nestled mounted bathed lined clad draped illuminated tied wrapped
    submerged stacked scattered suspended reflected"""
)
PARTICIPLE_PREPOSITIONS = (PREPOSITIONS | {"next", "up"}) - {"of", "as", "like"}
# What may stand between a person and a participle without catching it: "a man with a beard walking".
ATTRIBUTES = listed(
    """hair beard mustache moustache hat glasses sunglasses backpack cap scarf umbrella ponytail helmet bun
    braids tattoo tattoos eyes headphones apron mask skin jacket shirt dress coat suit tie uniform jeans
    shorts hoodie sweater vest"""
)

IRREGULAR_PLURALS = listed(
    "people men women children feet teeth mice geese oxen firemen policemen fishermen sheep cattle police deer wolves"
)
_PLURAL_WHEN_BARE = listed("fish sheep deer aircraft bison squid shrimp salmon trout")
_SINGULAR_IN_S = listed(
    """lens gas series species canvas tennis news chess bias atlas means gymnastics physics politics athletics
    headquarters grass glass dress bus cactus campus circus focus octopus virus chorus iris axis basis oasis"""
)
PLURAL_HEADS = listed("couple number few handful variety pair dozen")

# Words that join and refer, and say nothing of their own.
JOINING = listed(
    """a an the and or but of to in into on at with by from for as is are was were be been being has have had while
    then when after before who which that where its it their they them there this these those also both"""
)
# What "the" may name in a sentence that stands before everything else was introduced.
PLACES = listed(
    """setting background backdrop foreground location environment surroundings room space sky weather landscape
    terrain scene left right middle center centre top bottom distance far front back side sides edge horizon ground
    floor ceiling wall walls sun overall immediate whole entire general"""
)

# Verbs of captions, as bases; their other forms are made below.
_BASES = """
    walk run stand sit look move turn hold wear carry smile talk speak play dance jump fall ride drive swim fly climb
    enter leave appear disappear vanish approach pass cross roll bounce slide spin rotate grow shrink stop start begin
    continue open close pick put place take give throw catch kick hit push pull lift drop reach grab cut cook eat drink
    pour stir chop mix write read draw paint sing wave clap nod shake laugh cry gaze stare watch see observe lean bend
    kneel crouch lie sleep rest rise set shine glow float drift flow pan tilt zoom follow track shift change transform
    remain stay keep maintain become seem create add cast provide give make show reveal display feature depict include
    contain work use adjust touch point gesture interact engage focus stretch extend surround fill cover form line frame
    gather face lead come go return arrive land take hang rest perform demonstrate prepare examine inspect explain
    describe exit emerge broaden stabilize stabilise highlight emphasize acknowledge illuminate light reflect contrast
    suggest indicate convey evoke capture portray stroll jog march race chase splash dive paddle row skate ski surf
    type browse scroll tap press click load unload build repair fix wash clean wipe brush comb tie zip button meet greet
    hug kiss embrace cheer celebrate wait pause hover circle swing sway blow burn melt freeze boil simmer bark graze
    transition feel bloom flutter
"""
BASES = listed(_BASES)


def third_person(verb: str) -> str:
    """A verb's form after "he": "walk" gives "walks"."""
    if verb.endswith(("s", "sh", "ch", "x", "z", "go", "do")):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


THIRD_PERSON = frozenset(third_person(verb) for verb in BASES)
FINITE = BASES | THIRD_PERSON | (AUXILIARIES - {"be", "been", "being"})
# Bases that are hardly ever nouns, for "we see a man walk".
PURE_VERBS = listed(
    """walk enter emerge appear disappear vanish approach begin become sit carry speak eat throw climb lean
    kneel crouch grab put take leave go come arrive pick hold continue remain"""
)


def is_adjective(word: str) -> bool:
    """Whether a lower-case word can well be an adjective (by list and ending)."""
    if word in _ADJECTIVES:
        return True
    if word in _NOT_ADJECTIVES or word in NOUNS_IN_ING:
        return False
    return "-" in word or bool(_ADJECTIVE_ENDING.match(word))


def is_plural(noun: str, *, bare: bool = False) -> bool:
    """Whether a noun is plural; without a determiner before it, "fish" and the like are too."""
    word = noun.lower()
    if word in IRREGULAR_PLURALS or (bare and word in _PLURAL_WHEN_BARE):
        return True
    if word in _SINGULAR_IN_S or word.endswith(("ss", "us", "is", "'s", "’s")):
        return False
    return word.endswith(("s", "s'", "s’"))


def is_participle(word: str, following: str = "") -> bool:
    """Whether a lower-case word is an -ing form that can follow its noun, given the word behind it."""
    if len(word) < 5 or not word.endswith("ing") or word in NOUNS_IN_ING:
        return False
    if word in _BOTH_IN_ING:
        return following in DETERMINERS
    return word not in _BOTH_WITH_PLACE or following in DETERMINERS | PREPOSITIONS
