"""What opinions are made of: words of mood, meaning and value, and words for what is seen, which speak against one.

Words that are as much at home in the one as in the other ("balance", "power", "light", "frame") are in no list. English.
"""

from __future__ import annotations

import re

_OUR = re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|ly|able|ful|less)?\Z)")
_ISE = re.compile(r"(?<=[a-z]{2}i)s(?=(?:e|ed|es|ing|ation|ations)\Z)")


def _forms(word: str) -> set[str]:
    """A word with the endings that it can take as a noun, verb or adjective; what is no English does no harm."""
    stem = word[:-1] if word.endswith("e") else word
    soft = word[:-1] + "i" if word.endswith("y") and word[-2] not in "aeiou" else stem
    hisses = word.endswith(("s", "sh", "ch", "x", "z"))
    plural = soft + "es" if hisses or soft.endswith("i") else word + "s"
    adverb = stem + "y" if word.endswith("le") else (word + "al" if word.endswith("ic") else soft if soft.endswith("i") else word) + "ly"
    made = {word, plural, soft + "ed", soft + "est", stem + "ing", adverb}
    return made | {_ISE.sub("z", _OUR.sub("or", form)) for form in made}


def _all_forms(*texts: str) -> frozenset[str]:
    return frozenset(form for text in texts for word in text.split() for form in _forms(word))


# Nouns of what is felt, and of moods.
_FEELINGS = """
adoration affection agony alertness amazement ambivalence amusement anguish annoyance anticipation anxiety apathy
appreciation apprehension ardour astonishment awe bashfulness belonging bereavement bewilderment bitterness bliss
boredom bravado bravery calmness camaraderie cheerfulness closeness compassion complacency composure confidence
consolation consternation contempt contentment conviction courage cowardice curiosity defiance dejection delight
delirium desperation despondency detachment determination devotion disappointment disbelief discomfort discontent
disdain disgust disillusionment dismay displeasure disquiet dissatisfaction distress distrust dread eagerness ecstasy
ego elation embarrassment emotion empathy enchantment enjoyment enthusiasm esteem euphoria exasperation excitement
exhilaration expectancy exuberance exultation faith fascination fellowship fervour fondness foreboding forgiveness
fortitude frenzy friendliness friendship frustration fulfillment fulfilment gaiety gladness glee gratification
gratitude greed grief grudge guilt happiness hatred heartache heartbreak helplessness homesickness hopefulness
hopelessness horror hostility humiliation humility humour hysteria impatience indecision indifference indignation
infatuation inspiration intimacy intrigue irritation jealousy jollity joy jubilation kindness loathing loneliness
longing loyalty madness malaise malice mania melancholy merriment mirth misery misgiving mistrust modesty mood morale
nerves nonchalance nostalgia optimism outrage passion pathos patience peacefulness pessimism pity placidity
playfulness pleasure preoccupation pride rapture regret rejoicing relief reluctance remorse resentment resignation
resolve restlessness reverence reverie revulsion sadness satisfaction scepticism sentiment sentimentality serenity
seriousness shame shyness sincerity solace solemnity solitude sorrow suspense suspicion sympathy temptation tenderness
terror thankfulness togetherness tranquility tranquillity trepidation unease uneasiness urgency vexation
warmheartedness weariness whimsy wistfulness woe wonderment wrath yearning zeal zest
"""
# Nouns of what is valued or meant.
_VALUES = """
absurdity abundance accomplishment accord achievement adaptability adversity aesthetics affluence agelessness alchemy
alienation allegory allure altruism ambiance ambience ambiguity ambition anachronism ancestry anonymity aplomb
archetype arrogance artistry aspiration atmosphere attachment audacity aura austerity authenticity autonomy boldness
bond bravura brotherhood bureaucracy candour capability capitalism carelessness catharsis certainty charisma charm
chastity chivalry civilisation civility clarity cleverness coexistence coherence cohesion coincidence collaboration
collectivity commitment commonality communion companionship competence completeness complexity comprehension
comradeship conformity connectedness conscience consciousness consistency consumerism contemplation contradiction
convenience cooperation correctness cosiness coziness craftsmanship creativity credibility culmination daring daydream
decadence decency dedication deliberation democracy dependence destiny dignity dilemma diligence diplomacy disarray
discipline discretion disorder distinction divinity domesticity dominance downfall drudgery duality dynamism
eccentricity effectiveness efficacy efficiency effortlessness elegance eloquence embodiment emergence empowerment
emptiness endurance enigma enlightenment enormity epiphany epitome equality equanimity equilibrium escapism essence
eternity ethos everlastingness excellence existence exoticism expertise exploitation expressiveness extravagance
fairness faithfulness fantasy fate fatherhood fidelity finality finesse flamboyance flexibility folly fragility
frailty freedom frivolity frugality futility generosity gentleness genuineness globalisation glory goodness
gracefulness grandeur gravitas greatness guidance hallmark hardship haste heritage heroism hierarchy holiness homage
honesty hospitality hubris humanity humankind idealism idyll ignorance imagination immediacy immensity immortality
imperfection impermanence importance inclusion individualism individuality indulgence industriousness inequality
inevitability infinity ingenuity injustice innocence innovation insight insignificance instinct intelligence intention
interconnectedness interdependence introspection intuition inventiveness irony isolation justice kinship lawlessness
legacy leisure liberation lightheartedness likelihood livelihood liveliness longevity loveliness lyricism magnificence
majesty manhood mankind mastery maxim melodrama menace meritocracy metamorphosis metaphor mettle mindfulness
minimalism mischief modernity momentousness monotony monumentality morality mortality motherhood motivation mundanity
mysticism mystique naivety narrative neglect nobility normalcy normality nothingness nuance nuisance obedience
obligation oblivion obscurity obsession ode oneness oppression opulence ordinariness originality otherworldliness
parable paradox parenthood patriotism perfection peril permanence perseverance persistence philosophy plight poetry
polarity poverty practicality pragmatism precariousness predicament preservation prestige privilege prodigy
productivity professionalism proficiency profundity prophecy propriety prosperity providence prowess prudence
quintessence quirkiness rapport readiness realism rebellion rebirth reciprocity recklessness reconciliation redemption
refinement regality rejuvenation relaxation relevance reliability remembrance reminder reminiscence renewal renown
repose resilience resistance resourcefulness revelation rhythmicality riddle rigour romanticism rusticity sacredness
sacrifice sanctity sarcasm savagery seclusion sensibility sensitivity sensuality serendipity servitude severity
sheerness significance simplicity sisterhood sobriety socialism solidarity sophistication spirituality splendour
spontaneity stamina statehood steadfastness stewardship stoicism storytelling strangeness stubbornness stupidity
subjugation sublimity subtlety success superiority supremacy surrealism survival sustainability symbiosis symbolism
synchronicity synergy tactility teamwork temperament tenacity testament theatricality thoughtfulness thrift
timelessness tradition tragedy transcendence transience travesty tribulation turmoil tyranny unanimity uncertainty
understanding uniqueness unity universality unpredictability upheaval urbanity usefulness utopia validation valour
vanity vengeance verve vibe vibrancy vigilance vigour vindication virtue virtuosity vitality vividness vocation
vulnerability wanderlust wellbeing whimsicality wholeness wholesomeness wickedness willingness willpower wisdom
wizardry womanhood wonder worthiness youthfulness zeitgeist
"""
# Nouns that can name a thing or an act as well; one of them alone makes no opinion.
_HALF_ABSTRACT = """
abandon ability absence abyss admission adrenaline adulthood adventure advice aesthetic age aim alchemy alibi amateur
ambassador ambition ancestor anecdote anger anthem antidote apology apotheosis appeal appetite apprenticeship approval
argument armistice aroma art artform aspect attempt attention attitude authority automation awareness backdrop balm
bargain barometer beauty beginning belief benefit betrayal blessing breakthrough brevity brilliance burden business
bustle bystander cadence calling calm cares caricature catharsis cause celebration century challenge champion chance
chaos chapter character chasm childhood choice choreography chronicle civic cliche climax comeback comedy comfort
commentary commerce commotion communication community companion companions competition compliment composition
compromise concentration concept concern conclusion conflict confusion connection consequence continuation continuity
contrast convenience convention conversation cosmopolitan cosmos courtesy craft craftsman craving creation creed
crescendo crime crisis cruelty crusade culture cunning cure curse custom cycle danger daydreamer death debate debt
decade decision defeat definition delicacy demonstration depiction depth design desire desolation despair difference
difficulty diplomat disaster discovery distraction diversity docudrama domination doubt drama dream dreamer dreams
drudge duty dynamic ease economy ecosystem effect effort elegy element emblem encounter endeavour ending enemy energy
envy epilogue episode epoch era eulogy everybody everyday everyone evidence evocation evolution excess exchange
exclusivity excuse expectation experience exploration fable fact failure fairytale fame familiarity farce farewell
fathers fear fears feat feel feeling feud fiction finale flair flavour folklore formality fortune fragrance freshness
frontier fun fury fusion future gag generation genius gesture gift glamour glimpse gloom god goddess gods goodbye
gospel gossip grace gravity guarantee guardian habit happening hardship harmony haven heart heaven hell hero heroes
heroine hesitation hint history holiday homecoming homeland hometown honour hope hopes hour hubbub human humanity's
humankind humans hunger hustle hymn idea ideal ideals identity ideology idol illusion illustration imagery immersion
impact impression impulse incantation independence industry ingredient inheritance insight instant institution
integration integrity intensity intent interaction interest interlude interplay interpretation intrusion jest journey
joys judgement juxtaposition kindred kitsch knack knowledge labour lack laziness learning legend lesson liberty life
lifeblood lifestyle lifetime lightness limelight liturgy livelihood lives logic logistics lore loser loss love luck
lullaby lust luxury magic magnitude manifestation manifesto marriage martyr marvel master masterclass masterpiece
matter maturity meaning medicine meditation melancholia melodrama memento memories memory mentality mercy message
microcosm milestone millennia millennium mind mindlessness mindset miracle misfortune mission mistake mistakes
moderation moment momentum monarch monologue morals mortals motherland mothers motif motive motto mourning mystery
myth mythology nation nationhood nature necessity negotiation neighbour neighbours nervousness newcomer nightmare
nobody's notion novelty nowadays nurture oasis oath observer observers obstacle occasion odyssey omen omens onlooker
onlookers opinion opportunity opposition option ordeal origin outcome outlook pact panic paradigm paradise parent
parody passage pastime patience payback payoff peace peasant perception personality perspective phenomenon philosopher
physics pilgrimage pinnacle pioneer plea poem poet poise politics portrait portrayal possibility potential prayer
precedent precision prelude premonition presence pressure principle privacy problem process profession progress
project promise proof proportion prospect protagonist psalm punchline purity purpose pursuit quality quest question
quiet quirk radiance rage realisation reality reason rebellion reckoning recognition recollection refuge regime
regularity relation relationship relative relic religion remainder remnant repetition reputation requiem resignation
responsibility restlessness restraint result retribution reunion revenge revival revolution reward risk rite ritual
rivalry role romance routine safety saga sake salvation sanctuary sanity satire scandal scenario scene scent science
scripture season seasons secrecy secret sensation sense serenade seriousness sermon sibling silence sin situation
skill slapstick sleeplessness slowness smell society solution sonnet sorrows soul soulfulness soulmate souvenir
species spectacle spectator spectators spirit spirits sportsmanship stability stakes standards stardom statement
stature stereotype stillness stories story stranger strangers strategy strength stress struggle submission suffering
superstition surprise symbol symmetry symphony tale talent task teammate teammates technique technology temper tension
testimony thanks theme theology therapy thirst thought thoughts threat thrill toil token tolerance tomorrow tone topic
torment touchstone trade trait trance transformation transition transparency treasure tribute trick triumph triumphs
trouble truce trust truth truths turbulence undercurrent underdog understatement undertone uniformity universe
untroubled variety vastness venture verdict veteran victory viewer viewers vigil vignette violence vision visual
visuals vow voyage war warmth warrior weakness wellness wilderness will winner wisdom wish wishes wit words world
worlds worries worry worth worthiness yesterday yesteryear youth zen
"""
# Adjectives that judge, or tell a mood.
_JUDGING = """
aching admirable adorable ageless alluring altruistic amazing ambitious ambivalent ancestral apocalyptic appalling
appealing appetising approachable archetypal arduous artful artless aspirational astonishing astounding atmospheric
atrocious audacious austere authentic awesome awful barbaric beguiling beloved benevolent bewildering bewitching
bittersweet blissful blissfully boundless breathtaking bucolic bygone calming captivating carefree cathartic ceaseless
celebratory charismatic charitable charming cherished chic childlike chilling chivalrous climactic comforting
commendable compassionate compelling conciliatory congenial considerate consoling contagious contemplative contented
contradictory conventional convinced convincing convivial courageous courteous cozy crucial curiously cynical daunting
deadpan debonair decadent deceptively defiant dejected delightful dependable deplorable despondent destined
devastating dignified disarming disarmingly disconcerting discreet disorienting disturbing divine dreadful dreamlike
dreamy dreary dutiful earthbound easygoing ecstatic eerie effervescent effortless elated electrifying elegiac eloquent
elusive embarrassing emblematic emotional emotive empathetic empowering enchanting endearing enduring engrossing
enigmatic enjoyable enlightening enlivening enterprising enthralling enticing enviable envious ephemeral eternal
ethereal ethical euphoric everlasting evocative exalted exasperating exceptional exciting exemplary exhilarating
existential exquisite extraordinary exuberant exultant fabulous faithful fantastic fantastical fascinating fateful
fearless fearsome feisty fervent flawless fleeting flirtatious foolish forbidding forlorn formidable fortuitous
fortunate frenetic frivolous fruitless frustrating fulfilling funereal futile gallant genial genuine ghastly glamorous
gleeful glorious gorgeous gracious grandiose grateful gratifying gratuitous groundbreaking grueling gruelling hallowed
harmonious harrowing hasty haunting hazardous heartbreaking heartbreakingly heartening heartfelt heartless
heartrending heartwarming heavenly hedonistic heroic hilarious homely honest honorary hopeful hopeless hospitable
humane humbling humdrum hypnotic iconic idealistic idiosyncratic idyllic illustrious imaginative immeasurable
immersive immortal impeccable impending imperfect imperious impossible impressive impulsive incomparable
incomprehensible incongruous inconsolable incredible indefatigable indelible indescribable indifferent indispensable
indomitable indulgent industrious ineffable inescapable inevitable inexhaustible inexorable ingenious inimitable
innocuous innovative inquisitive insatiable inseparable insightful inspirational inspired inspiring instinctive
intellectual intelligent interminable intimidating intoxicating intrepid intrigued intriguing introspective intuitive
invaluable inventive invigorating invincible inviting ironic irreplaceable irrepressible irresistible irreverent
isolated jaunty jovial joyous jubilant kindhearted kitschy laborious lamentable languorous laudable legendary lifelong
lighthearted likeable limitless lonesome lovable loveable loyal ludicrous lyrical macabre magical magnificent majestic
marvellous marvelous masterful masterly meaningful meaningless meditative melancholic melodramatic memorable merciful
merciless mesmeric mesmerising mindful mindless miraculous mischievous miserable momentous moral mouthwatering mundane
mystic mystical mystifying mythic naive noble nostalgic noteworthy oblivious ominous operatic opportune optimistic
opulent ornery otherworldly outlandish outrageous outstanding overjoyed overwhelming painstaking palpable paradoxical
paramount passionate pastoral patriotic peaceable peerless perceptive perennial perfectionist perilous perplexing
personable pessimistic phenomenal philosophical photogenic picturesque pitiful pivotal pleasant pleasing pleasurable
poetic poignant pointless predictable prestigious priceless primal primeval privileged priviliged prodigious profound
promising prophetic prosaic prosperous provocative prudent psychological purposeful quintessential quixotic rapturous
reassuring rebellious reckless reclusive redemptive refreshing refreshingly regal regretful rejuvenating relatable
relentless relieved reluctant remarkable remorseful resigned resilient resolute resounding respectable resplendent
restful restive revered reverent reverential rewarding riotous riveting rousing rueful ruthless sacrosanct saddening
sarcastic satirical satisfying scathing scrumptious seductive selfless sensational sensual sentimental serendipitous
serene sincere sleepless sobering sociable somber sombre soothing sophisticated soulful spellbinding spiritual
splendid stately staunch steadfast stimulating stoical straightforward strangely strenuous stressful stunning
stupendous subconscious sublime sumptuous superb superfluous supreme surprisingly surreal suspenseful symbiotic
tangible tasteful tedious tempestuous tenacious terrific terrifying thankful thankless therapeutic thrilling thriving
timeless timely tireless titanic touchingly tragic tragicomic tranquil transcendent transcendental transformative
transient treasured tremendous triumphant trustworthy ubiquitous unadorned unassuming unattainable unaware unbearable
unbearably unbeatable unbelievable unbreakable unbridled uncanny unceasing unchanging uncompromising unconditional
unconventional undaunted undeniable understated undeterred undying unending unerring unfailing unfazed unfiltered
unflappable unflinching unforgettable unforgiving unfortunate unhurried unimaginable unimpressed uninhibited
unknowable unmatched unmistakable unpredictable unpretentious unquestionable unravelled unrelenting unreserved
unrivalled unruly unsaid unselfish unsettling unshakable unshakeable unspeakable unspoiled unspoilt unspoken
unstoppable unsung untamed unthinkable untiring untold unwavering unwelcoming unwitting unyielding uplifting utopian
valiant valuable venerable vengeful venturesome vicarious victorious virtuous visceral visionary vivacious voiceless
voracious vulnerable warmhearted welcoming whimsical wholehearted wholesome wistful witty wonderful wondrous wordless
worldly worthless worthwhile worthy wry zealous zestful
"""
# Adjectives that can also say what is seen, or how something is done.
_HALF_JUDGING = """
absurd adequate adventurous affectionate afraid age aimless alive amusing ancient annoying anonymous anxious apparent
appropriate apt arbitrary archaic artistic attentive attractive aware awkward bad beautiful bemused best better
biggest bland bleak blessed boisterous bold bored brave breathless brilliant brutal brute busier bustling calculated
candid capable careful careless careworn caring casual cautious celebrated celestial certain changing chaotic charged
cheeky cheerful childish cinematic civilised classic classy clever clumsy coherent collaborative collective comedic
comfortable comical commanding commercial common communal competent competitive complex complicated comprehensive
confident confused conscious contagious contemporary convenient convinced coordinated cordial cosmic costly cosy
countless crazy creative credible critical crude cruel cultural cultured curious customary daily dangerous dazed dear
decent decisive dedicated deeper deepest defeated deliberate delicate delicious demanding demure desired desolate
desperate destructive determined devoted devout different difficult diligent dire disappointed disastrous discerning
disciplined dismal distinctive diverse domestic dominant doomed doubtful dramatic dreadful dubious eager earnest easy
eccentric ecological economic economical edgy effective efficient effortless elaborate elegant elemental embarrassed
encouraging endangered endless energetic engaging enormous entertaining enthusiastic entire environmental epic
essential everyday evident evil exaggerated excellent excessive excited exclusive exhausted exhausting exotic
experienced expert expressive extravagant faceless familiar famous fanciful fashionable fatal fateful feeble feral
festive fictional fierce finest fitting flamboyant flavourful fluid focused fond forceful foremost forgiving forgotten
formidable fragile fragmented frantic frenzied frequent friendly frightened frightening fruitful functional
fundamental funny furious futuristic generational generous gentle geological gifted glad glamorous global gloomy good
graceful grand great greatest grim gritty grotesque guilty gullible hallowed handsome hardworking harmless harsh
healing hearty hectic helpless hesitant higher historic historical holy horrible hostile human humble humorous hushed
ignorant illicit imaginary immaculate immediate immense imminent impatient important imposing improbable impromptu
improper improvised inanimate incredible indecipherable independent individual ineffective infectious infinite
inherent inner innocent insane inscrutable insignificant instructive integral intense interesting intimate intriguing
invincible invisible irrelevant jealous joyful judicious keen languid lasting latent legitimate leisurely lethal
liberating literal lively logical lone lonely loving lucky luxuriant luxurious mad maternal mature mellow memorial
menacing mere merry meticulous mighty minimalist misplaced misunderstood modern modest monotonous monstrous moody
mortal mournful mutual mysterious mythical mythological nameless national natural necessary needless negative
neglected nervous neutral nimble noble nonchalant normal notable nurturing obedient obsessive obvious opposing
oppressive optional ordinary original outdated outstanding overdue overwhelming pained painful paternal peaceful
peculiar pensive perfect permanent perpetual persistent personal perverse pious placid plausible playful pleased
polite political populous positive possible potent powerful practical practised precarious precious precise primal
primitive productive professional profitable progressive prominent proper protective proud punishing pure purest
quaint quirky radical rare rational raucous real realistic recent refined reflective relaxed relaxing relevant
reliable religious renowned respectable respectful responsible restless revealing richer ridiculous rigorous risky
robust romantic romanticised sacred sad satisfied savage savoury scenic seasoned secluded secretive seemingly
selective senseless sensible sensitive serious severe shared sheer shocking shy significant silly simple simpler
simplest sinister skilful skillful smug sober social solemn solitary sorrowful special spectacular spirited
spontaneous stable stoic strange strategic striking stronger strongest stubborn stupid stylised stylish subdued
subjective subtle successful superior supernatural suppressed surprising suspicious symbolic sympathetic systematic
talented tasty tempting tender tense terrible theatrical thoughtful threatening tolerant total tough traditional
treacherous trivial true truest trustful trusting tumultuous typical ultimate unabashed unashamed unaware unbelievable
unbothered unbroken uncertain uncomfortable uncommon underlying uneasy unexpected unexplained unfamiliar unfathomable
unhappy unimportant unique united universal unknown unlikely unmistaken unmoved unnatural unperturbed unreadable
unready unreal unremarkable unrepentant unseen unsure unthinking untiring untold untroubled unusual unwanted unwelcome
unwilling upbeat urgent useful useless usual utter vague vain valid vanished vast very vibrant vicious vigilant
vigorous violent vital vivid vulgar wary wasteful weightless weird welcome wicked willing wise worldly worst wretched
youthful
"""
# Verbs that say what something means, or what it does to those who look on.
_CONVEYING = """
adore affirm allude amaze astonish astound attest augur bedazzle befit befuddle beguile belie bemoan beseech bespeak
betoken bewilder bewitch captivate cherish commemorate conjure connote contemplate convey defy despise dignify disarm
dishearten disregard dumbfound emanate embody embolden empathise empower enamour encapsulate enchant endear engross
engulf enlighten ennoble enrapture enshrine entail enthral enthrall enthrone enthuse entitle envision epitomise evince
evoke exasperate excel exemplify exhilarate exoticise exude fascinate forebode foreshadow foretell forsake foster
galvanise glorify hallow haunt hearten humanise humiliate idealise idolise imbue immerse immortalise impress infatuate
infuse inspire instil instill intoxicate invigorate invoke juxtapose liberate lionise memorialise mesmerise mollify
moralise motivate muse mystify outlive outshine overawe permeate perpetuate perplex persevere personify pervade
philosophise placate ponder portend prefigure presage prevail profess prophesy radiate reaffirm reassure reawaken
redeem redefine regale reign reinvent rejuvenate relish remind reminisce represent resonate revitalise revive
revolutionise romanticise satirise signify spellbind stimulate succumb suffice symbolise sympathise tantalise testify
titillate transcend transfigure transfix transform typify underlie undermine unify unnerve uphold validate venerate
vindicate vivify yearn
"""
# Verbs of mind and meaning that people in the scene can do as well.
_HALF_CONVEYING = """
accentuate accomplish achieve acknowledge admire admit amplify amuse anticipate appreciate argue arouse aspire assume
awaken beckon believe belong betray blame bless bother brood care cease celebrate command compel compete comprehend
conceal condense confess conquer consider console conspire contribute contrive convince crave create dampen dare
decide deepen define demand demonstrate denote depend deserve devote dictate differ disagree disappoint discover
distil dominate dwarf earn elevate emphasise encourage endanger endure engage enhance enjoy enliven enrich entertain
entice envisage exaggerate exist expect explain explore express flirt forbid foresee forge forget forgive fulfil
fulfill fuse grieve hate heal heighten herald hesitate ignore imagine imply impose indulge inherit intend intensify
invite justify know lack lament learn lend linger lull magnify matter mean meditate mourn need negotiate oblige obsess
offend outlast overcome overwhelm owe perceive persist persuade possess praise pray preserve pretend prize prove
provide provoke realise recall reckon recognise reconcile reinforce rejoice relate rely remember renew require
resemble resent resist restore reveal revere ruin rule satisfy savour seek seem shock soothe startle strengthen strive
suffer suggest summarise surpass surrender sustain tame teach tempt threaten thrive tolerate underline underscore
understand unite vanquish want worship
"""
# Words that go beyond what is there.
_SWEEPING = """
ages almost always any anyone anywhere arguably beyond can't cannot centuries certainly clearly couldn't days decades
else emphasis entirely ever everything few forever furthermore hardly hours how indeed isn't itself least merely
million millions moreover most nearly needs never nobody nowhere oneself our ours ourselves questions quite rarely
rather really scarcely seldom shall should simply somebody somehow someone somewhere sort speaking speaks such
themselves thereby therefore these things thousand thousands truly ultimately undeniably undoubtedly unmistakably us
utterly whole wholly why won't would wouldn't years your
"""

# What is seen: things, people, colours, places and movements.
_VISIBLE = """
man woman boy girl child toddler baby hand finger thumb palm fist wrist arm elbow shoulder head face hair neck chin
forehead brow nose mouth lip tooth teeth ear knee leg foot feet ankle heel toe chest belly waist hip skin beard
moustache shirt coat jacket dress skirt trousers jeans shoe boot glove hat cap helmet scarf sleeve collar pocket belt
apron suit uniform glasses goggles bracelet bag backpack umbrella table chair bench stool sofa bed shelf drawer
cupboard floor ceiling roof stairs ladder corridor room kitchen house tower fence street road pavement kerb corner
square car truck lorry bus tram train bicycle bike scooter van boat ship ferry wheel engine tyre rail track wire cable
pole stick pipe plank brick stone rock gravel sand mud dust soil grass leaf leaves trunk bush hedge flower petal water
river lake sea beach pond puddle rain snow ice mountain hill mist fog cloud sky sun moon smoke steam bulb lantern
candle torch screen poster tree field dog cat horse cow sheep goat hen duck goose pigeon gull fish bee spider insect
bird feather paw hoof beak bread cheese egg fruit apple lemon tomato onion potato meat rice noodle soup sauce sugar
salt flour dough oil milk coffee tea juice wine beer cup mug bowl plate tray spoon fork knife pan pot kettle stove
oven bottle jar crate basket bucket tin lid cloth towel paper cardboard book notebook pen pencil brush paint ink
needle button hammer drill wrench screw hinge handle lever phone microphone speaker drum guitar violin piano ball
racket hoop referee goalkeeper player runner dancer driver pilot waiter chef cook nurse doctor student soldier clown
customer clerk vendor farmer fisherman crowd people couple group red orange yellow green blue purple violet pink brown
black white grey gray silver turquoise beige crimson striped dotted upper front rear bottom side foreground background
wooden metal steel iron brass copper plastic leather cotton wool silk linen rubber concrete marble wet dry muddy icy
dusty round flat tall narrow wide thick thin walk jump leap climb crawl kneel crouch sit lean bend throw grab squeeze
twist spin roll slide swing swim dive float splash pour chop slice peel fold wrap tie hang tap knock clap nod wipe
scrub rinse dip sprinkle scoop bounce stumble tilt zoom glide hover flicker blink gleam glisten drip ripple foam sway
smile grin frown cheer laugh shout stare two three four five six seven eight nine ten eleven twelve ran sat stood bent
swung spun fell held caught threw hung wore casts casting behind glass bow crack clip falls bar arms bell rim inside
sink stays cross clock chalk pop curtain lens drone crosse spray net crane robot bubble strip shell counter straight
blade machine rib park cyclist block diver guard straw pool monitor tape tank post lane threads platform owner clay
angle pine desk jaw tube flies mat curl hops horn chips keeper pale cube cone worker paddle rose ridge arch hole flag
mechanic chimney station tile technician shop dot drink vest eye string balloon rider swirl barrel stacks teenager
user teacher shield dome spiral ramp deck tourist broom wade lime laser bamboo slate sailor porter tent harbour calf
shutter plain bowler forearm cart balcony reel neon skater actor surgeon fox alley twig skid rooftop bride hem tablet
comb cherry birch crust barge tunnel climber pupil pier rod artist spill whip fingertip panel cake droplet guest
tripod sole commuter elevator crest swallow painter bonnet bark whale napkin rake welder visor barn carpet baker reed
digs drummer booth pit monk wrestler tractor toy tailor nun eats sandwich stadium coil fly hind pane stall fountain
lawn boulder trolley dune ladle fin bay cabin pump foil sword dummy flap fern lawyer butter beads moth crank sack
ranger picker skate ant sock lace claw glue mound doorway wheat slab pixel coast hut ledge potter cling photograph
rack clamp temple lab parrot projector chrome disc banner trouser cello hose wheelchair tuck tweezer loupe cliff
pebble velvet vault passenger carver pram stalls kayak bin map ski client cub peer crab wasp boxer judge loaf plume
spit slipper tarmac pillow wolf blinks quay seat chandelier wig cab cellar poodle hooks canal turbine chocolate walnut
turf apprentice mint rag blanket canoe cord oak detective trench excavator rocket whisk patient octopus robe sprinter
capsule lady triangle hiker brakes fridge stairwell conductor gown braid magician hairpin barber pianist soprano
plywood castle theatre chute officer suitcase cylinder singer postman engineer pizza courier thief charcoal coach coal
chestnut kelp vase gorge island sweeper comic pound chisel dial minister cellist bulldog camper honey canvas
lighthouse skull swimmer priest owl microscope desert walker stitch helicopter rat gutter rainbow editor funnel
striker outside rooster cabinet kitten waterfall mayor director burns puppet log windscreen eggs stilt jam aisle
ballerina grandmother sculptor jogger shears fur mare bat porch arcade penguin slope carriage mast zero crystal lava
crop throat felt cleaner veil bead plug bars wash greenhouse visitor envelope powder juggler bib gym rifle chapel pulp
gymnast acrobat truffle hotel sheath submarine bomb pail headscarf rucksack conveyor astronaut shepherd violinist
barley valley carpenter raincoat saffron groom heron stagehand lapel shotgun web motorcycle cutter gear dashboard
jumper gun cockpit winger pad dozen otter asphalt lecturer firefighter pastry pistachio trombone defender forefinger
anchor sushi confetti mill shuttle coffin rover pirate coder bullet mural melon shopkeeper waders tuba museum peg
plumber winch silhouette reef pontoon beech leader trawler biscuit parquet tightrope steep meadow chainsaw swan snips
motel poncho cameraman actress dolly lobby terrace satellite wedge trapeze fitter chip globe touchline sled flask rook
forklift stern grease shrink sliver maker salesman teller headset eyebrow mouse railway marks typist mop salmon seam
nest snout yank popcorn bean loom costume exit reader cot cobalt riverbank crusher skeleton sponge skier attendant
sweat marches scrap jockey biologist tulip resin newborn mane rabbit vet oyster robin spaceship eel tortoise diner
antique busker cutaway valve easel pear hospital usher spruce mole boiler alien termite banks camel scrubs schoolgirl
cuff mason loser herring seal subway cargo headlamp locomotive sneaker pony shrimp snail silt bathrobe leopard spine
sunflower sandbag pyramid crumb seedling gardener axle carousel indigo saddle freighter doorstep toast aluminium dish
instructor sling hull yolk underside magnet worm wiper harness rung vintage hare ballroom trigger shin loft peach
miniature opponent remote headphone gum lighting camera daylight sunlight lamplight shot overalls carved engraved
stitched printed sewn door wall gate page rope lamp windows shadows rings beams cards grip pin drag hook nail kick
push stretch expression tongue cheek
"""
# Nouns that can well name what is seen: such a noun alone makes a clause no opinion.
_THINGS = """
portrait poem hymn gift hero heroine symbol token relic treasure gem magnet champion warrior god goddess stranger enemy
poet pioneer philosopher martyr monarch guardian artwork masterpiece memento scene sequence passage generation verse
chapter story tale song anthem message notion tone gesture kind sort contrast role feel feeling atmosphere sense
"""
_ENDED_ALIKE = """
harness witness wilderness business likeness battleship membership flagship facility utility neighbourhood illness
"""

_STRONG_NOUNS = _all_forms(_FEELINGS, _VALUES)
NOUNS = _STRONG_NOUNS | _all_forms(_HALF_ABSTRACT)
THINGS = _all_forms(_THINGS)
JUDGING = _all_forms(_JUDGING, _HALF_JUDGING)
CONVEYING = _all_forms(_CONVEYING)
_WEAK = _all_forms(_HALF_ABSTRACT, _HALF_JUDGING, _HALF_CONVEYING) | frozenset(_SWEEPING.split())
WEIGHTS: dict[str, int] = {
    **dict.fromkeys(_WEAK, 1),
    **dict.fromkeys(_STRONG_NOUNS | _all_forms(_JUDGING) | CONVEYING, 2),
}
"""How much a word speaks for an opinion."""

VISIBLE = _all_forms(_VISIBLE) - WEIGHTS.keys()

_ABSTRACT_ENDING = re.compile(r".{3,}(?:ness|ism|isms|hood|ship|tude|ility|ivity|osity|ality)")
_NO_ABSTRACTS = _all_forms(_ENDED_ALIKE)


def is_abstract_by_ending(word: str) -> bool:
    """Whether a word that is in no list ends as abstract nouns do."""
    return len(word) > 6 and bool(_ABSTRACT_ENDING.fullmatch(word)) and word not in _NO_ABSTRACTS
