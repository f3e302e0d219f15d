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
seriousness shame shyness sincerity solace solemnity solitude sorrow suspense sympathy temptation tenderness terror
thankfulness togetherness tranquility tranquillity trepidation unease uneasiness urgency vexation warmheartedness
weariness whimsy wistfulness woe wonderment wrath yearning zeal zest
"""
# Nouns of what is valued or meant.
_VALUES = """
absurdity abundance accomplishment accord achievement adaptability adversity aesthetics affluence agelessness alchemy
alienation allegory allure altruism ambiance ambience ambiguity ambition anachronism anarchy ancestry anonymity
antipathy aplomb aptitude archetype arrogance artistry aspiration assurance atmosphere attachment audacity aura
austerity authenticity autonomy banality bane barbarity bias bigotry birthright blasphemy blunder boldness bond boon
bravura brotherhood brutality buoyancy bureaucracy calamity callousness candour capability capitalism carelessness
catastrophe catharsis caution charisma charm chastity chivalry civilisation civility clarity cleverness coexistence
coherence cohesion coincidence collaboration collectivity commitment commonality communion companionship competence
completeness complexity comprehension compulsion comradeship conceit condescension conformity connectedness conquest
conscience consciousness consistency conspiracy consumerism contemplation contradiction controversy conundrum
convenience cooperation correctness corruption cosiness courtship coziness craftsmanship creativity credibility
culmination cult daring daydream debauchery decadence deceit decency deception decorum dedication deity deliberation
delusion demise democracy denial dependence dependency depravity deprivation derision despotism destiny destitution
dignity dilemma diligence diplomacy disadvantage disarray discipline discretion disgrace disillusion disobedience
disorder distinction divinity domesticity dominance doom downfall drudgery duality dullness duplicity dynamism dynasty
eccentricity effectiveness efficacy efficiency effortlessness egotism elegance eloquence emancipation embodiment
emergence empowerment emptiness endurance enigma enlightenment enmity ennui enormity epiphany epitome equality
equanimity equilibrium escapism essence eternity ethos everlastingness evil exaggeration excellence exile existence
exoticism expertise exploitation expressiveness extinction extravagance fairness faithfulness fallacy fanaticism
fantasy fate fatherhood femininity fiasco fickleness fidelity figment finality finesse flamboyance flattery flaw
flexibility fluke folly foresight fragility frailty fraternity freedom frivolity frugality furore futility gallantry
gamble generosity gentility gentleness genuineness giddiness globalisation glory goodness goodwill gracefulness
grandeur gravitas greatness guardianship guidance guile gullibility gusto hallmark hallucination happenstance
hardihood hardship haste heartiness hedonism hegemony heresy heritage heroism heyday hierarchy hindrance hindsight
hoax holiness homage homeland homelessness homespun honesty horsemanship hospitality hubris humanity humankind
hypocrisy idealism idiocy idolatry idyll ignorance imagination immaturity immediacy immensity immortality impasse
imperfection impermanence importance impotence impudence inclusion incompetence inconvenience indecency indiscretion
individualism individuality indulgence industriousness inequality inertia inevitability infamy inferiority infinity
infirmity ingenuity ingratitude injustice innocence innovation insanity insecurity insight insignificance insincerity
insolence instability instinct intellect intelligence intention interconnectedness interdependence interlude
intolerance introspection intuition inventiveness invincibility irony irrelevance isolation jeopardy justice
kindliness kinship kinsmanship lawlessness leeway legacy leisure lethargy liberation lifeblood lightheartedness limbo
lineage livelihood liveliness longevity loveliness lucidity lunacy lushness lyricism magnificence majesty malevolence
manhood mankind martyrdom masculinity mastery materialism maxim mediocrity medley melodrama menace merit meritocracy
metamorphosis metaphor mettle milestone mindfulness minimalism mischief mishap mockery modernity momentousness
monotony monumentality morality mortality motherhood motivation mundanity mutiny mysticism mystique naivety narrative
nastiness nationalism naturalness neglect negligence neighbourliness neutrality nobility nonsense norm normalcy
normality nothingness notoriety nuance nuisance obedience obligation oblivion obscenity obscurity obsession oddity ode
oneness onslaught openness opportunism oppression opulence ordinariness originality orthodoxy ostentation
otherworldliness pageantry panacea panache pandemonium parable paradox paranoia parenthood patriotism penance penchant
penitence perfection peril permanence perplexity perseverance persistence perversion petulance philosophy piety
pitfall platitude plenitude plight ploy poetry poignancy polarity pomp portent poverty practicality pragmatism
precariousness predicament prejudice preservation prestige pretence pretension prevalence privilege prodigy
productivity professionalism proficiency profundity prominence propensity prophecy propriety prosperity providence
prowess prudence quandary quietude quintessence quirkiness racism rapport rationale rationality readiness realism
reassurance rebellion rebirth reciprocity recklessness reconciliation rectitude redemption refinement regality
reincarnation rejuvenation relapse relaxation relevance reliability reliance remembrance reminder reminiscence
renaissance renewal renown repentance repose repression reprieve repulsion repute resilience resistance resonance
resourcefulness respite resurrection retaliation reticence revelation revelry rhetoric rhythmicality riddle ridicule
rigour romanticism rootedness rudeness ruse rusticity ruthlessness sacredness sacrifice sacrilege sadism salesmanship
sanctity sanctum sarcasm savagery scarcity schism scorn scrutiny seamanship seclusion selfishness sensibility
sensitivity sensuality serendipity servility servitude severity sheerness showmanship shrewdness significance
simplicity singularity sisterhood slavery snobbery sobriety sociability socialism solidarity sophistication
spirituality spite splendour spontaneity sportsmanship squalor stagnation stamina starkness statehood statesmanship
staying steadfastness stewardship stigma stoicism storytelling strangeness stratagem strife stubbornness stupidity
stupor subjugation sublime sublimity subsistence subterfuge subtlety success superficiality superiority supremacy
surrealism survival sustainability swansong symbiosis symbolism synchronicity synergy tact tactility teamwork temerity
temperament tenacity terrorism testament theatricality thoroughness thoughtfulness thoughtlessness thrift throwback
timelessness toughness tradition tragedy transcendence transience trauma travail travesty treachery treason
tribulation tribute trickery turmoil tyranny ubiquity ugliness ultimatum unanimity uncertainty understanding
uniqueness unity universality unpredictability unpretentiousness unrest unselfishness upheaval urbanity usefulness
utopia vagary validation valour vanity veneration vengeance verve vibe vibrancy vice victimhood vigilance vigour
villainy vindication virility virtue virtuosity vitality vividness vocation vulgarity vulnerability wanderer
wanderlust wellbeing wellspring whimsicality wholeness wholesomeness wickedness wildness willingness willpower wisdom
witchcraft wizardry womanhood wonder wonderland workmanship worship worthiness youthfulness zaniness zeitgeist
"""
# Nouns that can name a thing or an act as well; one of them alone makes no opinion.
_HALF_ABSTRACT = """
abandon ability absence abyss admission adrenaline adulthood adventure advice aesthetic age aim alibi amateur
ambassador ancestor anecdote anger anthem antidote apology apotheosis appeal appetite apprenticeship approval argument
armistice aroma art artform aspect attempt attention attitude authority automation awareness backdrop balm bargain
barometer beauty beginning belief benefit betrayal blessing breakthrough brevity brilliance burden business bustle
bystander cadence calling calm cares caricature cause celebration century challenge champion chance chaos chapter
character chasm childhood choice choreography chronicle civic cliche climax comeback comedy comfort commentary
commerce commotion communication community companion companions competition compliment composition compromise
concentration concept concern conclusion conflict confusion connection consequence continuation continuity contrast
convention conversation cosmos courtesy craft craftsman craving creation creed crescendo crime crisis cruelty crusade
culture cunning cure curse custom cycle danger daydreamer death debate debt decade decision defeat definition delicacy
demonstration depiction depth design desire desolation despair difference difficulty diplomat disaster discovery
distraction diversity docudrama domination doubt drama dream dreamer dreams drudge duty dynamic ease economy ecosystem
effect effort elegy element emblem encounter endeavour ending enemy energy envy epilogue episode epoch era eulogy
everybody everyday everyone evidence evocation evolution excess exchange exclusivity excuse expectation experience
exploration fable fact failure fairytale fame familiarity farce farewell fathers fear fears feat feel feeling feud
fiction finale flair flavour folklore formality fortune fragrance freshness frontier fun fury fusion future gag
generation genius gesture gift glamour glimpse gloom god goddess gods goodbye gospel gossip grace gravity guarantee
guardian habit happening harmony haven heart heaven hell hero heroes heroine hesitation hint history holiday
homecoming hometown honour hope hopes hour hubbub human humanity's humans hunger hush hustle hymn idea ideal ideals
identity ideology idol illusion illustration imagery immersion impact impression impulse incantation independence
industry ingredient inheritance instant institution integration integrity intensity intent interaction interest
interplay interpretation intrusion jest journey joys judgement juxtaposition kindred kitsch knack knowledge labour
lack laziness learning legend lesson liberty life lifestyle lifetime lightness limelight liturgy lives logic logistics
lore loser loss love luck lullaby lust luxury magic magnitude manifestation manifesto marriage martyr marvel master
masterclass masterpiece matter maturity meaning medicine meditation melancholia memento memories memory mentality
mercy message microcosm millennia millennium mind mindlessness mindset miracle misfortune mission mistake mistakes
moderation moment momentum monarch monologue morals mortals motherland mothers motif motive motto mourning mystery
myth mythology nation nationhood nature necessity negotiation neighbour neighbours nervousness newcomer nightmare
nobody's notion novelty nowadays nurture oasis oath observer observers obstacle occasion odyssey omen omens onlooker
onlookers opinion opportunity opposition option ordeal origin outcome outlook pact panic paradigm paradise parent
parody passage pastime payback payoff peace peasant perception personality perspective phenomenon philosopher physics
pilgrimage pinnacle pioneer plea poem poet poise politics portrait portrayal potential prayer precedent precision
prelude premonition presence pressure principle privacy problem process profession progress project promise proof
proportion prospect protagonist psalm punchline purity purpose pursuit quality quest question quiet quirk radiance
rage realisation reality reason reckoning recognition recollection refuge regime regularity relation relationship
relative relic religion remainder remnant repetition reputation requiem responsibility restraint result retribution
reunion revenge revival revolution reward risk rite ritual rivalry role romance routine safety saga sake salvation
sanctuary sanity satire scandal scenario scene scent science scripture season seasons secrecy secret sensation sense
serenade sermon sibling silence sin situation skill slapstick sleeplessness slowness smell society solution sonnet
sorrows soul soulfulness soulmate souvenir species spectacle spectator spectators spirit spirits stability stakes
standards stardom statement stature stereotype stillness stories story stranger strangers strategy strength stress
struggle submission suffering superstition surprise symbol symmetry symphony tale talent task teammate teammates
technique technology temper tension testimony thanks theme theology therapy thirst thought thoughts threat thrill toil
token tolerance tomorrow tone topic torment touchstone trade trait trance transformation transition transparency
treasure trick triumph triumphs trouble truce trust truth truths turbulence undercurrent underdog understatement
undertone uniformity universe untroubled variety vastness venture verdict veteran victory viewer viewers vigil
vignette violence vision visual visuals vow voyage war warmth warrior weakness wellness wilderness will winner wish
wishes wit words world worlds worries worry worth yesterday yesteryear youth zen
"""
# Adjectives that judge, or tell a mood.
_JUDGING = """
abysmal aching admirable adorable affable ageless agonising alarming alluring almighty altruistic amazing ambitious
ambivalent amiable ancestral apocalyptic appalling appealing appetising apprehensive approachable archetypal arduous
aristocratic artful artless aspirational astonishing astounding astute atmospheric atrocious audacious austere
authentic avid awesome awful banal barbaric befitting beguiling belligerent beloved benevolent bewildering bewitching
bighearted bittersweet blameless blissful blissfully bombastic boorish boundless bourgeois brash brazen breathtaking
brutish bucolic bygone callous calming canny capricious captivating carefree cathartic caustic cavalier ceaseless
celebratory charismatic charitable charming chaste cheery cherished chic childlike chilling chivalrous clairvoyant
climactic cocksure cocky comely comforting commendable compassionate compelling complacent conceited conciliatory
confounding congenial conscientious considerate consoling contagious contemplative contemptuous contented
contradictory conventional convinced convincing convivial corny cosmopolitan courageous courteous coy cozy crafty
cranky craven credulous crestfallen crucial curiously curt cutthroat cynical dashing dastardly daunting dauntless
deadpan debauched debonair decadent deceptive deceptively decorous defenceless deferential defiant degrading dejected
delightful demented demonic dependable deplorable depraved depressing despondent destined detestable devastating
devilish diabolical didactic dignified disarming disarmingly disconcerting discreet disgraceful disgusting dishonest
disillusioned disinterested disorienting dispirited distraught disturbing divine dogged dogmatic domineering doughty
dour dreadful dreamlike dreamy dreary dutiful earthbound easygoing ebullient ecstatic eerie effervescent effortless
effusive egalitarian elated electrifying elegiac elitist eloquent elusive embarrassing emblematic emotional emotive
empathetic empowering enamoured enchanting endearing enduring engrossing enigmatic enjoyable enlightening enlivening
enraptured enterprising enthralling enticing enviable envious ephemeral erudite esoteric eternal ethereal ethical
euphoric everlasting evocative exalted exasperating exceptional exciting excruciating exemplary exhilarating
existential exquisite extraordinary exuberant exultant fabled fabulous facetious faithful fallible fantastic
fantastical farcical fascinating fastidious fatalistic fated fateful fathomless faultless fearless fearsome feisty
ferocious fervent fiendish finicky flawless fleeting flippant flirtatious foolhardy foolish forbidding forlorn
formidable forthright fortuitous fortunate fraternal fraudulent freakish frenetic fretful frivolous fruitless
frustrating fulfilling funereal fussy futile gallant garrulous genial genteel genuine ghastly ghoulish gifted
glamorous gleeful glorious glum godly gorgeous graceless gracious grandiloquent grandiose grateful gratifying
gratuitous gregarious grievous groundbreaking grudging grueling gruelling gruff guileless gutsy hallowed haphazard
hapless hardy harmonious harrowing hasty haughty haunting hazardous headstrong heady heartbreaking heartbreakingly
heartening heartfelt heartless heartrending heartwarming heavenly hedonistic hellish heretical heroic hideous
hilarious histrionic homely homespun honest honorary honourable hopeful hopeless horrendous horrific hospitable humane
humbling humdrum hypnotic hypocritical iconic idealistic idiosyncratic idiotic idyllic ignoble illustrious imaginative
immeasurable immersive immortal impartial impassioned impeccable impending imperfect imperious impetuous impious
implacable impolite impossible impressive imprudent impudent impulsive incomparable incomprehensible incongruous
inconsiderate inconsolable incorrigible incredible incredulous indecisive indefatigable indelible indescribable
indifferent indignant indispensable indomitable indulgent industrious ineffable inept inescapable inevitable
inexhaustible inexorable infamous inflexible ingenious inhuman inimitable innate innocuous innovative inoffensive
inquisitive insatiable inseparable insidious insightful insolent inspirational inspired inspiring instinctive insular
intellectual intelligent interminable intimidating intolerable intoxicating intrepid intrigued intriguing
introspective intuitive invaluable inventive invigorating invincible inviting irascible irate ironic irrational
irreparable irreplaceable irrepressible irresistible irresponsible irreverent isolated jaded jaunty jingoistic jocular
jolly jovial joyous jubilant judicious juvenile kindhearted kindly kitschy laborious lackadaisical lacklustre laconic
lamentable languorous lascivious laudable legendary lenient lethargic lifelong lighthearted likeable limitless
listless lived loathsome lofty lonesome loquacious lordly lovable loveable loyal lucid ludicrous lugubrious lyrical
macabre maddening magical magisterial magnanimous magnificent majestic malevolent malicious maniacal marvellous
marvelous masterful masterly matchless maudlin mawkish meaningful meaningless meddlesome mediocre meditative meek
melancholic melodramatic memorable merciful merciless mercurial meritorious mesmeric mesmerising meteoric mindful
mindless miraculous mirthful mischievous miserable miserly misguided momentous monumental moral morbid morose motherly
mouthwatering muddled mundane munificent mystic mystical mystifying mythic naive nasty naughty nefarious negligent
neighbourly nervy newfound nihilistic noble nonsensical nostalgic noteworthy notorious numinous obdurate obligatory
oblivious obnoxious obscene obsequious obstinate officious ominous omnipotent omnipresent operatic opinionated
opportune opportunistic optimistic opulent ornery ostentatious otherworldly outlandish outmoded outrageous outspoken
outstanding overbearing overjoyed overwhelming overzealous painstaking palpable paltry paradoxical paramount parochial
passionate pastoral pathetic patrician patriotic patronising peaceable pedestrian peerless penitent perceptive
perennial perfectionist perfunctory perilous perky pernicious perplexed perplexing personable pessimistic petty
phenomenal philanthropic philosophical phlegmatic photogenic picturesque piteous pitiful pitiless pivotal plaintive
pleasant pleasing pleasurable poetic poignant pointless pompous portentous posh pragmatic praiseworthy precocious
predictable preposterous prestigious pretentious priceless primal primeval primordial princely privileged priviliged
prodigal prodigious profane profligate profound prolific promising prophetic prosaic prosperous provocative prudent
psychological puerile pugnacious punctilious puritanical purposeful quarrelsome querulous quintessential quixotic
quotidian rambunctious rancorous rapacious rapturous ravishing reassuring rebellious receptive reckless reclusive
redemptive refreshing refreshingly regal regretful rejuvenating relatable relentless relieved reluctant remarkable
remorseful repentant reprehensible repulsive resigned resilient resolute resounding resourceful respectable
resplendent restful restive reticent revered reverent reverential revolting rewarding rhapsodic righteous riotous
riveting roguish rollicking rousing rueful ruthless sacrilegious sacrosanct saddening sadistic sagacious salient
sanctimonious sanguine sarcastic sardonic satanic satirical satisfying saucy scandalous scathing scornful scrumptious
scrupulous seductive selfless sensational sensual sentient sentimental serendipitous serene servile shameful shameless
shoddy shrewd simplistic sincere skittish sleazy sleepless sly snobbish sobering sociable somber sombre somnolent
soothing sophisticated soporific soulful soulless spartan spectral spellbinding spiritual spiteful splendid sprightly
squalid squeamish staid stalwart stately staunch steadfast steely stellar stimulating stodgy stoical stolid storied
stouthearted straightforward strangely strenuous stressful strident studious stunning stupefying stupendous suave
subconscious sublime submissive sulky sullen sumptuous superb supercilious superfluous supreme surly surprisingly
surreal suspenseful symbiotic taciturn tactful tangible tantalising tasteful tawdry tedious temperamental tempestuous
tenacious tendentious terrific terrifying thankful thankless therapeutic thrifty thrilling thriving timeless timely
tireless titanic torrid touchingly touchy tragic tragicomic tranquil transcendent transcendental transformative
transient traumatic treasured tremendous tremulous triumphant troubled truculent trustworthy tyrannical ubiquitous
unadorned unaffected unambiguous unapologetic unassailable unassuming unattainable unaware unbearable unbearably
unbeatable unbecoming unbelievable unblemished unbreakable unbridled uncanny unceasing unchanging uncompromising
unconditional unconventional uncouth undaunted undeniable understated undeterred undignified undisputed undying
unearthly unending unequalled unequivocal unerring unfailing unfazed unfeeling unfiltered unflappable unflinching
unforgettable unforgiving unfortunate ungrateful unhinged unhurried unimaginable unimpeachable unimpressed uninhibited
uninspired unknowable unmatched unmistakable unnerving unobtrusive unprecedented unpredictable unpretentious
unprincipled unquestionable unravelled unrelenting unreserved unrivalled unruffled unruly unsaid unscathed
unscrupulous unseemly unselfish unsentimental unsettling unshakable unshakeable unsophisticated unspeakable unspoiled
unspoilt unspoken unstoppable unsung unsurpassed untameable untamed untarnished unthinkable untiring untold unwavering
unwelcoming unwitting unworldly unworthy unyielding uplifting uproarious urbane utopian vacuous valiant valuable vapid
vehement venal venerable vengeful venturesome versatile vexing vicarious victorious vile villainous vindictive virile
virtuous visceral visionary vitriolic vivacious voiceless volatile voluptuous voracious voyeuristic vulnerable wacky
waggish wanton warlike warmhearted wayward welcoming whimsical wholehearted wholesome wily winsome wistful witty
wonderful wondrous wordless wordy workaday worldly worthless worthwhile worthy wry zany zealous zestful
"""
# Adjectives that can also say what is seen, or how something is done.
_HALF_JUDGING = """
absurd adequate adventurous affectionate afraid aimless alive amusing ancient annoying anonymous anxious appropriate
apt arbitrary archaic artistic attentive attractive aware awkward bad beautiful bemused best better biggest bland
bleak blessed boisterous bold bored brave breathless brilliant brutal brute busier bustling calculated candid capable
careful careless careworn caring casual cautious celebrated celestial certain changing chaotic charged cheeky cheerful
childish cinematic civilised classic classy clever clumsy coherent collaborative collective comedic comfortable
comical commanding commercial common communal competent competitive complex complicated comprehensive confident
confused conscious contemporary convenient coordinated cordial cosmic costly cosy countless crazy creative credible
critical crude cruel cultural cultured curious customary daily dangerous dazed dear decent decisive dedicated deeper
deepest defeated deliberate delicate delicious demanding demure desired desolate desperate destructive determined
devoted devout different difficult diligent dire disappointed disastrous discerning disciplined dismal distinctive
diverse domestic dominant doomed doubtful dramatic dubious eager earnest easy eccentric ecological economic economical
edgy effective efficient elaborate elegant elemental embarrassed encouraging endangered endless energetic engaging
enormous entertaining enthusiastic entire environmental epic essential evident exaggerated excellent excessive excited
exclusive exhausted exhausting exotic experienced expert expressive extravagant faceless familiar famous fanciful
fashionable fatal feeble feral festive fictional fierce finest fitting flamboyant flavourful fluid focused fond
forceful foremost forgiving forgotten fragile fragmented frantic frenzied frequent friendly frightened frightening
fruitful functional fundamental funny furious futuristic generational generous gentle geological glad global gloomy
good graceful grand great greatest grim gritty grotesque guilty gullible handsome hardworking harmless harsh healing
hearty hectic helpless hesitant higher historic historical holy horrible hostile humble humorous hushed ignorant
illicit imaginary immaculate immediate immense imminent impatient important imposing impromptu improper improvised
inanimate indecipherable independent individual ineffective infectious infinite inherent inner innocent insane
inscrutable insignificant instructive integral intense interesting intimate invisible irrelevant jealous joyful keen
languid lasting latent legitimate leisurely lethal liberating literal lively logical lone lonely loving lucky
luxuriant luxurious mad maternal mature mellow memorial menacing mere merry meticulous mighty minimalist misplaced
misunderstood modern modest monotonous monstrous moody mortal mournful mutual mysterious mythical mythological
nameless national natural necessary needless negative neglected nervous neutral nimble nonchalant normal notable
nurturing obedient obsessive obvious opposing oppressive optional ordinary original outdated overdue pained painful
paternal peaceful peculiar pensive perfect permanent perpetual persistent personal perverse pious placid playful
pleased polite political populous positive possible potent powerful practical practised precarious precious precise
primitive productive professional profitable progressive prominent proper protective proud punishing pure purest
quaint quirky radical rare rational raucous real realistic recent refined reflective relaxed relaxing relevant
reliable religious renowned respectful responsible restless revealing richer ridiculous rigorous risky robust romantic
romanticised sacred sad satisfied savage savoury scenic seasoned secluded secretive selective senseless sensible
sensitive serious severe shared sheer shocking shy significant silly simple simpler simplest sinister skilful skillful
smug sober social solemn solitary sorrowful special spectacular spirited spontaneous stable stoic strange strategic
striking stronger strongest stubborn stupid stylised stylish subdued subjective subtle successful superior
supernatural suppressed surprising suspicious symbolic sympathetic systematic talented tasty tempting tender tense
terrible theatrical thoughtful threatening tolerant total tough traditional treacherous trivial true truest trustful
trusting tumultuous typical ultimate unabashed unashamed unbothered unbroken uncertain uncomfortable uncommon
underlying uneasy unexpected unexplained unfamiliar unfathomable unhappy unimportant unique united universal unknown
unmistaken unmoved unnatural unperturbed unreadable unready unreal unremarkable unrepentant unseen unsure unthinking
unusual unwanted unwelcome unwilling upbeat urgent useful useless usual utter vague vain valid vanished vast very
vibrant vicious vigilant vigorous violent vital vivid vulgar wary wasteful weightless weird welcome wicked willing
wise worst wretched youthful
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
accentuate accomplish achieve acknowledge admire admit agonise allay amplify amuse antagonise anticipate appreciate
argue arouse aspire assuage avenge awaken baffle bamboozle beckon befriend believe belittle belong bemuse betray blame
bless bother brood capitulate care cease celebrate chasten command commiserate compel compensate compete comprehend
conceal condense confess confide confront confuse connive conquer consecrate consider console conspire contend
contribute contrive convince crave create crystallise dampen dare dazzle debase deceive decide decry dedicate deepen
define dehumanise deify demand demean demonstrate demystify denigrate denote depend deplore deserve deter detest
devote dictate differ disagree disappoint discourage discover disparage dispel distil domesticate dominate dwarf earn
edify electrify elevate elude emancipate embitter emphasise encompass encourage encroach endanger endure engage
enhance enjoy enliven enrich entertain entice entreat envisage eradicate estrange exaggerate exhort exonerate expect
explain explore express extol exult fathom feign flatter flaunt flirt forbid foresee forge forget forgive fret
frighten frustrate fulfil fulfill fuse gratify grieve hark hate heal heighten herald hesitate hypnotise ignore imagine
impel implore imply impose impoverish incite indulge infuriate ingratiate inherit inhibit intend intensify intertwine
interweave intimidate invite jeopardise justify know lament lampoon laud learn legitimise lend linger loathe lull
magnify malign marginalise mean mediate meditate memorise mock mourn need negotiate normalise obfuscate oblige obsess
offend opine oppress outclass outgrow outlast outrank outsmart outwit overcome overshadow overwhelm owe pacify
paralyse patronise perceive persecute persist persuade politicise pontificate popularise possess praise pray preserve
pretend prize prove provide provoke punctuate purify rationalise realise reassert rebel recall reckon reclaim
recognise recollect reconcile redress reinforce rejoice rekindle relate relinquish relive rely remember renew renounce
repent require resemble resent resist restore resurrect retaliate reveal revere rhapsodise rue ruin rule sadden
sanctify satisfy savour scandalise seek sensationalise sentimentalise shock soothe spurn startle stigmatise strengthen
strive stupefy subjugate suffer suggest summarise supplant surpass surrender sustain tame teach tempt terrify
terrorise threaten thrive thwart tolerate trivialise unburden underline underscore understand unite unsettle vanquish
vilify violate want
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
cuff mason herring seal subway cargo headlamp locomotive sneaker pony shrimp snail silt bathrobe leopard spine
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
chapter story tale song anthem message notion tone gesture kind sort contrast role feel feeling atmosphere sense onlooker viewer observer spectator bystander audience moment instant
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
