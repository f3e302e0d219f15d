"""Words that speak for an opinion: of mood, meaning, judgement and value. English.

Words that are as much at home among what is seen ("balance", "power", "light", "frame") are in no list.
"""

from __future__ import annotations

import re

from recaption.postfilter.english.words import third_person
from recaption.postfilter.vocabulary import listed

_OUR = re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|ly|able|ful|less)?\Z)")
_ISE = re.compile(r"(?<=[a-z]{2}i)s(?=(?:e|ed|es|ing|ation|ations)\Z)")


def forms_of(text: str) -> frozenset[str]:
    """The words of a list, with the endings of nouns, verbs and adjectives, in both spellings.

    What is no English does no harm.
    """
    return frozenset(form for word in text.split() for form in _forms(word))


def _forms(word: str) -> set[str]:
    stem = word[:-1] if word.endswith("e") else word
    soft = word[:-1] + "i" if word.endswith("y") and word[-2] not in "aeiou" else stem
    made = {word, third_person(word), soft + "ed", soft + "est", stem + "ing"}
    return made | {_ISE.sub("z", _OUR.sub("or", form)) for form in made}


def adverbs_of(text: str) -> frozenset[str]:
    """The adverbs of the adjectives in a list."""
    return frozenset(map(_adverb, text.split()))


def _adverb(word: str) -> str:
    if word.endswith("le"):
        return word[:-1] + "y"
    if word.endswith("y"):
        return word[:-1] + "ily"
    return word + ("ally" if word.endswith("ic") else "ly")


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
flair
absurdity abundance accomplishment accord achievement adaptability adversity aesthetics affluence agelessness alchemy
alienation allegory allure altruism ambiance ambience ambiguity ambition anachronism anarchy ancestry anonymity
antipathy aplomb aptitude archetype arrogance artistry aspiration assurance atmosphere attachment audacity aura
austerity authenticity autonomy banality bane barbarity bigotry birthright blasphemy blunder boldness bond boon
bravura brotherhood brutality buoyancy bureaucracy calamity callousness candour capability capitalism carelessness
catastrophe catharsis charisma charm chastity chivalry civilisation civility clarity cleverness coexistence coherence
cohesion coincidence collaboration collectivity commitment commonality communion companionship competence completeness
complexity comprehension compulsion comradeship conceit condescension conformity connectedness conquest conscience
consciousness consistency conspiracy consumerism contemplation contradiction controversy conundrum convenience
cooperation correctness corruption cosiness courtship coziness craftsmanship creativity credibility culmination daring
daydream debauchery decadence deceit decency deception decorum dedication deliberation delusion demise democracy
denial dependence dependency depravity deprivation derision despotism destiny destitution dignity dilemma diligence
diplomacy disadvantage disarray discipline discretion disgrace disillusion disobedience disorder distinction divinity
domesticity dominance doom downfall drudgery duality dullness duplicity dynamism dynasty eccentricity effectiveness
efficacy efficiency effortlessness egotism elegance eloquence emancipation embodiment emergence empowerment emptiness
endurance enigma enlightenment enmity ennui enormity epiphany epitome equality equanimity equilibrium escapism essence
eternity ethos everlastingness evil exaggeration excellence existence exoticism expertise exploitation expressiveness
extinction extravagance fairness faithfulness fallacy fanaticism fantasy fate fatherhood femininity fiasco fickleness
fidelity figment finality finesse flamboyance flattery flexibility fluke folly foresight fragility frailty fraternity
freedom frivolity frugality furore futility gallantry generosity gentility gentleness genuineness giddiness
globalisation glory goodness goodwill gracefulness grandeur gravitas greatness guardianship guidance guile gullibility
gusto hallmark hallucination happenstance hardihood hardship haste heartiness hedonism hegemony heresy heritage
heroism heyday hierarchy hindrance hindsight hoax holiness homage homeland homelessness homespun honesty horsemanship
hospitality hubris humanity humankind hypocrisy idealism idiocy idolatry idyll ignorance imagination immaturity
immediacy immensity immortality impasse imperfection impermanence importance impotence impudence inclusion
incompetence inconvenience indecency indiscretion individualism individuality indulgence industriousness inequality
inertia inevitability infamy inferiority infinity infirmity ingenuity ingratitude injustice innocence innovation
insanity insecurity insight insignificance insincerity insolence instability instinct intellect intelligence intention
interconnectedness interdependence interlude intolerance introspection intuition inventiveness invincibility irony
irrelevance isolation jeopardy justice kindliness kinship kinsmanship lawlessness leeway legacy leisure lethargy
liberation lifeblood lightheartedness lineage livelihood liveliness longevity loveliness lucidity lunacy lushness
lyricism magnificence majesty malevolence manhood mankind martyrdom masculinity mastery materialism maxim mediocrity
melodrama menace meritocracy metamorphosis metaphor mettle milestone mindfulness minimalism mischief mishap mockery
modernity momentousness monotony monumentality morality mortality motherhood motivation mundanity mutiny mysticism
mystique naivety narrative nastiness nationalism naturalness neglect negligence neighbourliness neutrality nobility
nonsense norm normalcy normality nothingness notoriety nuance nuisance obedience obligation oblivion obscenity
obscurity obsession oddity ode oneness onslaught openness opportunism oppression opulence ordinariness originality
orthodoxy ostentation otherworldliness pageantry panacea panache pandemonium parable paradox paranoia parenthood
patriotism penance penchant penitence perfection peril permanence perplexity perseverance persistence perversion
petulance philosophy piety pitfall platitude plenitude plight ploy poetry poignancy polarity pomp portent poverty
practicality pragmatism precariousness predicament prejudice preservation prestige pretence pretension prevalence
privilege prodigy productivity professionalism proficiency profundity prominence propensity prophecy propriety
prosperity providence prowess prudence quandary quietude quintessence quirkiness racism rapport rationale rationality
readiness realism reassurance rebellion rebirth reciprocity recklessness reconciliation rectitude redemption
refinement regality reincarnation rejuvenation relapse relaxation relevance reliability reliance remembrance reminder
reminiscence renaissance renewal renown repentance repose repression reprieve repulsion repute resilience resistance
resonance resourcefulness respite resurrection retaliation reticence revelation rhetoric rhythmicality riddle ridicule
rigour romanticism rootedness rudeness ruse rusticity ruthlessness sacredness sacrifice sacrilege sadism salesmanship
sanctity sanctum sarcasm savagery scarcity schism scorn scrutiny seamanship seclusion selfishness sensibility
sensitivity sensuality serendipity servility servitude severity sheerness showmanship shrewdness significance
simplicity singularity sisterhood slavery snobbery sobriety sociability socialism solidarity sophistication
spirituality splendour spontaneity sportsmanship squalor stagnation stamina starkness statehood statesmanship staying
steadfastness stewardship stoicism storytelling strangeness stratagem strife stubbornness stupidity stupor subjugation
sublimity subsistence subterfuge subtlety success superficiality superiority supremacy surrealism survival
sustainability swansong symbiosis symbolism synchronicity synergy tact tactility teamwork temerity temperament
tenacity terrorism testament theatricality thoroughness thoughtfulness thoughtlessness thrift throwback timelessness
toughness tradition tragedy transcendence transience travail travesty treachery treason tribulation tribute trickery
turmoil tyranny ubiquity ugliness ultimatum unanimity uncertainty understanding uniqueness unity universality
unpredictability unpretentiousness unrest unselfishness upheaval urbanity usefulness utopia vagary validation valour
vanity veneration vengeance verve vibe vibrancy victimhood vigilance vigour villainy vindication virility virtue
virtuosity vitality vividness vocation vulgarity vulnerability wanderer wanderlust wellbeing wellspring whimsicality
wholeness wholesomeness wickedness wildness willingness willpower wisdom witchcraft wizardry womanhood wonder
wonderland workmanship worthiness youthfulness zaniness zeitgeist
"""
# Nouns that can name a thing or an act as well; one of them alone makes no opinion.
_HALF_ABSTRACT = """
abandon ability absence abyss admission adrenaline adulthood adventure advice age aim alibi amateur ambassador
ancestor anecdote anger anthem antidote apology apotheosis appeal appetite apprenticeship approval argument armistice
aroma art artform aspect attempt attention attitude authority automation awareness backdrop balm bargain barometer
beauty beginning belief benefit betrayal blessing breakthrough brevity brilliance burden business bustle bystander
cadence calling calm cares caricature cause celebration century challenge champion chance chaos chapter character
chasm childhood choice chronicle civic cliche climax comeback comedy comfort commentary commerce commotion
communication community companion companions competition compliment compromise concentration concept concern
conclusion conflict confusion connection consequence continuation continuity contrast convention conversation cosmos
courtesy craft craftsman craving creation creed crescendo crime crisis cruelty crusade cult culture cunning cure curse
custom cycle danger daydreamer death debate debt decade decision defeat definition deity delicacy demonstration
depiction depth design desire desolation despair difference difficulty diplomat disaster discovery distraction
diversity docudrama domination drama dream dreamer dreams drudge duty dynamic ease economy ecosystem effect effort
elegy element emblem encounter endeavour ending enemy energy envy epilogue episode epoch era eulogy everybody everyday
everyone evidence evocation evolution excess exchange exclusivity excuse exile expectation experience exploration
fable fact failure fairytale fame familiarity farce farewell fathers fear fears feat feel feeling feud fiction finale
flair flavour flaw folklore formality fortune fragrance freshness frontier fun fury fusion future gag gamble
generation genius gesture gift glamour glimpse gloom god goddess gods goodbye gospel gossip grace gravity guarantee
guardian habit happening harmony haven heart heaven hell hero heroes heroine hesitation hint history holiday
homecoming hometown honour hope hopes hour hubbub human humanity's humans hunger hush hustle hymn idea ideal ideals
identity ideology idol illusion illustration immersion impact impression impulse incantation independence industry
ingredient inheritance instant institution integration integrity intensity intent interaction interest interplay
interpretation intrusion jest journey joys judgement juxtaposition kindred kitsch knack knowledge labour lack laziness
learning legend lesson liberty life lifestyle lifetime lightness limelight liturgy lives logic logistics lore loser
loss love luck lullaby lust luxury magic magnitude manifestation manifesto marriage martyr marvel master masterclass
masterpiece matter maturity meaning medicine meditation medley melancholia memento memories memory mentality mercy
message microcosm millennia millennium mind mindlessness mindset miracle misfortune mission mistake mistakes
moderation moment momentum monarch monologue morals mortals motherland mothers motif motive motto mourning mystery
myth mythology nation nationhood nature necessity negotiation neighbour neighbours nervousness newcomer nightmare
nobody's notion novelty nowadays nurture oasis oath observer observers obstacle occasion odyssey omen omens onlooker
onlookers opinion opportunity opposition option ordeal origin outcome outlook pact panic paradigm paradise parent
parody passage pastime payback payoff peace peasant perception personality phenomenon philosopher physics pilgrimage
pinnacle pioneer plea poem poet poise politics portrait portrayal potential prayer precedent precision prelude
premonition presence pressure principle privacy problem process profession progress project promise proof proportion
prospect protagonist psalm punchline purity purpose pursuit quality quest question quiet quirk radiance rage
realisation reality reason reckoning recognition recollection refuge regime regularity relation relationship relative
relic religion remainder remnant repetition reputation requiem respect responsibility restraint result retribution
reunion revelry revenge revival revolution reward risk rite ritual rivalry role romance routine safety saga sake
salvation sanctuary sanity satire scandal scenario scent science scripture season seasons secrecy secret sensation
sense serenade sermon sibling silence sin situation skill slapstick sleeplessness slowness smell society solution
sonnet sorrows soul soulfulness soulmate souvenir species spectacle spectator spectators spirit spirits stability
stakes standards stardom statement stature stereotype stillness stories story stranger strangers strategy strength
stress struggle submission suffering superstition surprise symbol symmetry symphony tale talent task teammate
teammates technique technology temper tension testimony thanks theme theology therapy thirst thought thoughts threat
thrill toil token tolerance tomorrow tone topic torment touchstone trade trait trance transformation transparency
trauma treasure trick triumph triumphs trouble truce trust truth truths turbulence undercurrent underdog
understatement undertone uniformity universe untroubled variety vastness venture verdict veteran victory viewer
viewers vigil vignette violence vision vow voyage war warmth warrior weakness wellness wilderness will winner wish
wishes wit words world worlds worries worry worship worth yesterday yesteryear youth zen
"""
# Adjectives that judge, or tell a mood.
_JUDGING = """
abysmal aching admirable adorable affable ageless agonising alarming alluring almighty altruistic amazing ambitious
ambivalent amiable ancestral apocalyptic appalling appealing appetising apprehensive approachable archetypal arduous
aristocratic artful artless aspirational astonishing astounding astute atmospheric atrocious audacious austere
authentic avid awesome awful banal barbaric befitting beguiling belligerent beloved benevolent bewildering bewitching
bighearted bittersweet blameless blissful blissfully bombastic boorish boundless bourgeois brash brazen breathtaking
brutish bucolic bygone callous calming canny capricious captivating carefree cathartic caustic cavalier ceaseless
celebratory charismatic charitable charming chaste cherished chic childlike chilling chivalrous clairvoyant climactic
cocksure cocky comely comforting commendable compassionate compelling complacent conceited conciliatory confounding
congenial conscientious considerate consoling contagious contemplative contemptuous contented contradictory
conventional convinced convincing convivial corny cosmopolitan courageous courteous cozy crafty cranky craven
credulous crestfallen crucial curiously curt cutthroat cynical dashing dastardly daunting dauntless deadpan debauched
debonair decadent deceptive deceptively decorous defenceless deferential defiant degrading dejected delightful
demented dependable deplorable depraved depressing despondent destined detestable devastating devilish diabolical
didactic dignified disarming disarmingly disconcerting discreet disgraceful disgusting dishonest disillusioned
disinterested disorienting dispirited distraught disturbing divine dogged dogmatic domineering doughty dour dreadful
dreamlike dreamy dreary dutiful earthbound easygoing ebullient ecstatic eerie effervescent effortless effusive
egalitarian elated electrifying elegiac elitist eloquent elusive embarrassing emblematic emotional emotive empathetic
empowering enamoured enchanting endearing enduring engrossing enigmatic enjoyable enlightening enlivening enraptured
enterprising enthralling enticing enviable envious ephemeral erudite esoteric eternal ethereal ethical euphoric
everlasting evocative exalted exasperating exceptional exciting excruciating exemplary exhilarating existential
exquisite extraordinary exuberant exultant fabled fabulous facetious faithful fallible fantastic fantastical farcical
fascinating fastidious fatalistic fateful fathomless faultless fearless fearsome feisty ferocious fervent fiendish
finicky flawless fleeting flippant flirtatious foolhardy foolish forbidding forlorn formidable forthright fortuitous
fortunate fraternal fraudulent freakish frenetic fretful frivolous fruitless frustrating fulfilling funereal fussy
futile gallant garrulous genial genteel genuine ghastly glamorous gleeful glorious godly gorgeous graceless gracious
grandiloquent grandiose grateful gratifying gratuitous gregarious grievous groundbreaking grudging grueling gruelling
gruff guileless gutsy hallowed haphazard hapless harmonious harrowing hasty haughty haunting hazardous headstrong
heartbreaking heartbreakingly heartening heartfelt heartless heartrending heartwarming heavenly hedonistic hellish
heretical heroic hilarious histrionic homely homespun honest honorary honourable hopeful hopeless horrendous horrific
hospitable humane humbling humdrum hypnotic hypocritical iconic idealistic idiosyncratic idiotic idyllic ignoble
illustrious imaginative immeasurable immersive immortal impartial impassioned impeccable impending imperfect imperious
impetuous impious implacable impolite impossible impressive imprudent impudent impulsive incomparable incomprehensible
incongruous inconsiderate inconsolable incorrigible incredible incredulous indecisive indefatigable indelible
indescribable indifferent indignant indispensable indomitable indulgent industrious ineffable inept inescapable
inevitable inexhaustible inexorable infamous inflexible ingenious inhuman inimitable innate innocuous innovative
inoffensive inquisitive insatiable inseparable insidious insightful insolent inspirational inspired inspiring
instinctive insular intellectual intelligent interminable intimidating intolerable intoxicating intrepid intrigued
intriguing introspective intuitive invaluable inventive invigorating invincible inviting irascible irate ironic
irrational irreparable irreplaceable irrepressible irresistible irresponsible irreverent isolated jaded jaunty
jingoistic jocular jovial joyous jubilant judicious kindhearted kindly kitschy laborious lackadaisical lacklustre
laconic lamentable languorous lascivious laudable legendary lenient lethargic lifelong lighthearted likeable limitless
listless loathsome lofty lonesome loquacious lordly lovable loveable loyal lucid ludicrous lugubrious lyrical macabre
maddening magical magisterial magnanimous magnificent majestic malevolent malicious maniacal marvellous marvelous
masterful masterly matchless maudlin mawkish meaningful meaningless meddlesome mediocre meditative melancholic
melodramatic memorable merciful merciless mercurial meritorious mesmeric mesmerising mindful mindless miraculous
mirthful mischievous miserable miserly misguided momentous moral morbid mouthwatering muddled mundane munificent
mystic mystical mystifying mythic naive nasty naughty nefarious negligent neighbourly nervy newfound nihilistic noble
nonsensical nostalgic noteworthy notorious numinous obdurate obligatory oblivious obnoxious obscene obsequious
obstinate officious ominous omnipotent omnipresent operatic opinionated opportune opportunistic optimistic opulent
ornery ostentatious otherworldly outlandish outmoded outrageous outspoken outstanding overbearing overjoyed
overwhelming overzealous painstaking palpable paltry paradoxical paramount parochial passionate pastoral pathetic
patrician patriotic patronising peaceable peerless penitent perceptive perennial perfectionist perfunctory perilous
pernicious perplexed perplexing personable pessimistic petty phenomenal philanthropic philosophical phlegmatic
photogenic picturesque piteous pitiful pitiless pivotal plaintive pleasant pleasing pleasurable poetic poignant
pointless pompous portentous pragmatic praiseworthy precocious predictable preposterous prestigious pretentious
priceless primal primeval primordial princely privileged priviliged prodigal prodigious profane profligate profound
prolific promising prophetic prosaic prosperous provocative prudent psychological puerile pugnacious punctilious
puritanical purposeful quarrelsome querulous quintessential quixotic quotidian rambunctious rancorous rapacious
rapturous ravishing reassuring rebellious receptive reckless reclusive redemptive refreshing refreshingly regal
regretful rejuvenating relatable relentless relieved reluctant remarkable remorseful repentant reprehensible repulsive
resigned resilient resolute resounding resourceful respectable resplendent restful restive reticent revered reverent
reverential revolting rewarding rhapsodic righteous riotous riveting roguish rollicking rousing rueful ruthless
sacrilegious sacrosanct saddening sadistic sagacious salient sanctimonious sanguine sarcastic sardonic satanic
satirical satisfying saucy scandalous scathing scornful scrumptious scrupulous seductive selfless sensational sensual
sentient sentimental serendipitous serene servile shameful shameless shoddy shrewd simplistic sincere skittish sleazy
sleepless snobbish sobering sociable somber sombre somnolent soothing sophisticated soporific soulful soulless
spellbinding spiritual spiteful splendid sprightly squalid squeamish staid stately staunch steadfast stimulating
stodgy stoical stolid storied stouthearted straightforward strangely strenuous stressful strident studious stunning
stupefying stupendous suave subconscious submissive sumptuous superb supercilious superfluous supreme surly
surprisingly surreal suspenseful symbiotic taciturn tactful tangible tantalising tasteful tawdry tedious temperamental
tempestuous tenacious tendentious terrific terrifying thankful thankless therapeutic thrifty thrilling thriving
timeless timely tireless titanic torrid touchingly touchy tragic tragicomic tranquil transcendent transcendental
transformative transient traumatic treasured tremendous tremulous triumphant troubled truculent trustworthy tyrannical
ubiquitous unadorned unaffected unambiguous unapologetic unassailable unassuming unattainable unaware unbearable
unbearably unbeatable unbecoming unbelievable unblemished unbreakable unbridled uncanny unceasing unchanging
uncompromising unconditional unconventional uncouth undaunted undeniable understated undeterred undignified undisputed
undying unearthly unending unequalled unequivocal unerring unfailing unfazed unfeeling unfiltered unflappable
unflinching unforgettable unforgiving unfortunate ungrateful unhinged unhurried unimaginable unimpeachable unimpressed
uninhibited uninspired unknowable unmatched unmistakable unnerving unobtrusive unprecedented unpredictable
unpretentious unprincipled unquestionable unravelled unrelenting unreserved unrivalled unruffled unruly unsaid
unscathed unscrupulous unseemly unselfish unsentimental unsettling unshakable unshakeable unsophisticated unspeakable
unspoiled unspoilt unspoken unstoppable unsung unsurpassed untameable untamed untarnished unthinkable untiring untold
unwavering unwelcoming unwitting unworldly unworthy unyielding uplifting uproarious urbane utopian vacuous valiant
valuable vapid vehement venal venerable vengeful venturesome versatile vexing vicarious victorious vile villainous
vindictive virile virtuous visceral visionary vitriolic vivacious voiceless voluptuous voracious voyeuristic
vulnerable waggish wanton warlike warmhearted wayward welcoming whimsical wholehearted wholesome wily winsome wistful
witty wonderful wondrous wordless wordy workaday worldly worthless worthwhile worthy wry zealous zestful
"""
# Adjectives that can also say what is seen, or how something is done.
_HALF_JUDGING = """
absurd adequate adventurous affectionate afraid aimless alive amusing ancient annoying anonymous anxious appropriate
apt arbitrary archaic artistic attentive attractive aware awkward bad beautiful bemused best better biggest bland
bleak blessed boisterous bold bored brave breathless brilliant brutal brute busier bustling calculated calm candid
capable careful careless careworn caring casual cautious celebrated celestial certain changing chaotic charged cheeky
cheerful cheery childish cinematic civilised classic classy clever clumsy coherent collaborative collective comedic
comfortable comical commanding commercial common communal competent competitive complex complicated comprehensive
confident confused conscious contemporary convenient coordinated cordial cosmic costly cosy countless coy crazy
creative credible critical crude cruel cultural cultured curious customary daily dangerous dazed dear decent decisive
dedicated deeper deepest defeated deliberate delicate delicious demanding demonic demure desired desolate desperate
destructive determined devoted devout different difficult diligent dire disappointed disastrous discerning disciplined
dismal distinctive diverse divine domestic dominant doomed dramatic dubious eager earnest easy eccentric ecological
economic economical edgy effective efficient elaborate elegant elemental embarrassed encouraging endangered endless
energetic engaging enormous entertaining enthusiastic entire environmental epic essential evident exaggerated
excellent excessive excited exclusive exhausted exhausting exotic experienced expert expressive extravagant faceless
familiar famous fanciful fashionable fatal feeble feral festive fictional fierce finest fitting flamboyant flavourful
fluid fond forceful foremost forgiving forgotten fragile fragmented frantic frenzied frequent friendly frightened
frightening fruitful functional fundamental funny furious future futuristic generational generous gentle geological
ghoulish gifted glad global gloomy glum good graceful grand great greatest grim gritty grotesque guilty gullible
handsome hardworking hardy harmless harsh heady healing hearty hectic helpless hesitant hideous higher historic
historical holy horrible hostile human humble humorous hushed ideal ignorant illicit imaginary immaculate immediate
immense imminent impatient important imposing impromptu improper improvised inanimate indecipherable independent
individual ineffective infectious infinite inherent inner innocent insane inscrutable insignificant instructive
integral intense interesting intimate invisible irrelevant jealous jolly joyful keen languid lasting latent legitimate
leisurely lethal liberating literal lively logical lone lonely loving lucky luxuriant luxurious mad magic magical
maternal mature meek mellow memorial menacing mere merry meteoric meticulous mighty minimalist misplaced misunderstood
modern modest monotonous monstrous monumental moody moral morose mortal mournful mutual mysterious mythical
mythological nameless national natural necessary needless negative neglected nervous neutral nimble noble nonchalant
normal notable nurturing obedient obsessive obvious opposing oppressive optional ordinary original outdated overdue
pained painful paternal peaceful peculiar pensive perfect perky permanent perpetual persistent personal perverse pious
placid playful pleased polite political populous posh positive possible potent powerful practical practised precarious
precious precise present primitive productive professional profitable progressive prominent proper protective proud
punishing pure purest quaint quiet quirky radical rare rational raucous real realistic recent refined reflective
relaxed relaxing relevant reliable religious renowned respectful responsible restless revealing richer ridiculous
rigorous risky robust romantic romanticised sacred sad satisfied savage savoury scenic seasoned secluded secret
secretive selective senseless sensible sensitive serious severe shared sheer shocking shy significant silly simple
simpler simplest sinister skilful skillful sly smug sober social solemn solitary sorrowful spartan special spectacular
spirited spontaneous stable stoic strange strategic striking stronger strongest stubborn stupid stylised stylish
subdued subjective subtle successful sulky sullen superior supernatural suppressed surprising suspicious symbolic
sympathetic systematic talented tasty tempting tender tense terrible theatrical thoughtful threatening tolerant total
tough traditional treacherous trivial true truest trustful trusting tumultuous typical ultimate unabashed unashamed
unbothered unbroken uncertain uncomfortable uncommon underlying uneasy unexpected unexplained unfamiliar unfathomable
unhappy unimportant unique united universal unknown unmistaken unmoved unnatural unperturbed unreadable unready unreal
unremarkable unrepentant unseen unsure unthinking unusual unwanted unwelcome unwilling upbeat urgent useful useless
usual utter vague vain valid vanished vast very vibrant vicious vigilant vigorous violent vital vivid volatile vulgar
wacky wary wasteful weightless weird welcome wicked willing wise worst wretched youthful zany
"""
# Verbs that say what something means, or what it does to those who look on.
_CONVEYING = """
adore affirm allude amaze astonish astound attest augur bedazzle befit befuddle beguile belie bemoan beseech bespeak
betoken bewilder bewitch captivate cherish commemorate connote contemplate convey defy despise dignify dishearten
dumbfound embody embolden empathise empower enamour encapsulate enchant endear engross enlighten ennoble enrapture
enshrine enthral enthrall enthuse entitle envision epitomise evince evoke exasperate excel exemplify exhilarate
exoticise exude fascinate forebode foreshadow foretell forsake galvanise glorify hearten humanise humiliate idealise
idolise imbue immortalise impress infatuate inspire instil instill intoxicate invigorate invoke juxtapose liberate
lionise memorialise mesmerise mollify moralise motivate muse mystify outlive outshine overawe permeate perplex
persevere personify pervade philosophise placate ponder portend prefigure presage profess prophesy reaffirm reassure
reawaken redefine regale reinvent rejuvenate relish remind reminisce resonate revitalise revolutionise romanticise
satirise signify spellbind stimulate succumb suffice symbolise sympathise tantalise testify titillate transcend
transfigure transfix typify underlie undermine unify unnerve validate venerate vindicate vivify yearn
"""
# Verbs of mind and meaning that people in the scene can do as well.
_HALF_CONVEYING = """
accentuate accomplish achieve acknowledge admire admit agonise allay amplify amuse antagonise anticipate appreciate
argue arouse aspire assuage avenge awaken baffle bamboozle beckon befriend believe belittle belong bemuse betray blame
bless bother brood capitulate care cease celebrate chasten command commiserate compel compensate compete comprehend
conceal condense confess confide confront confuse conjure connive conquer consecrate consider console conspire contend
contribute contrive convince crave create crystallise dampen dare dazzle debase deceive decide decry dedicate deepen
define dehumanise deify demand demean demonstrate demystify denigrate denote depend deplore deserve deter detest
devote dictate differ disagree disappoint disarm discourage discover disparage dispel disregard distil domesticate
dominate dwarf earn edify electrify elevate elude emanate emancipate embitter emphasise encourage encroach endanger
endure engage engulf enhance enjoy enliven enrich entertain entice entreat envisage eradicate estrange exaggerate
exhort exonerate expect explain explore express extol exult fathom feign flatter flaunt flirt forbid foresee forge
forget forgive foster fret frighten frustrate fulfil fulfill fuse gratify grieve hallow hark hate haunt heal heighten
herald hesitate hypnotise ignore imagine immerse impel implore imply impose impoverish incite indulge infuriate infuse
ingratiate inherit inhibit intend intensify intimidate invite jeopardise justify know lament lampoon laud learn
legitimise lend linger loathe lull magnify malign marginalise mean mediate meditate memorise mourn need negotiate
normalise obfuscate oblige obsess offend opine oppress outclass outgrow outlast outrank outsmart outwit overcome
overwhelm owe pacify paralyse patronise perceive perpetuate persecute persist persuade politicise pontificate
popularise possess praise preserve pretend prevail prize prove provide provoke purify radiate rationalise realise
reassert rebel recall reckon reclaim recognise recollect reconcile redeem redress reign reinforce rejoice rekindle
relate relinquish relive rely remember renew renounce repent represent require resemble resent resist restore
resurrect retaliate reveal revere revive rhapsodise rue ruin rule sadden sanctify satisfy savour scandalise seek
sensationalise sentimentalise shock soothe spurn startle stigmatise strengthen strive stupefy subjugate suffer suggest
summarise supplant surpass surrender sustain tame teach tempt terrify terrorise threaten thrive thwart tolerate
transform trivialise unburden underline underscore understand unite unsettle uphold vanquish vilify violate want
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

# Nouns that can well name what is seen: such a noun alone makes a clause no opinion.
_THINGS = """
portrait poem hymn gift hero heroine symbol token relic treasure gem magnet champion warrior god goddess stranger
enemy poet pioneer philosopher martyr monarch guardian artwork masterpiece memento scene sequence passage generation
verse chapter story tale song anthem message notion tone gesture kind sort contrast role feel feeling atmosphere sense
onlooker viewer observer spectator bystander audience moment instant
"""
_NO_ABSTRACTS = """
harness witness wilderness business likeness battleship membership flagship facility utility neighbourhood illness
"""

_STRONG_NOUNS = forms_of(_FEELINGS + _VALUES)
NOUNS = _STRONG_NOUNS | forms_of(_HALF_ABSTRACT)
THINGS = forms_of(_THINGS)
JUDGING = forms_of(_JUDGING + _HALF_JUDGING)
CONVEYING = forms_of(_CONVEYING)
WEIGHTS: dict[str, int] = {
    **dict.fromkeys(adverbs_of(_JUDGING), 1),
    **dict.fromkeys(forms_of(_HALF_ABSTRACT + _HALF_JUDGING + _HALF_CONVEYING) | listed(_SWEEPING), 1),
    **dict.fromkeys(_STRONG_NOUNS | forms_of(_JUDGING) | CONVEYING, 2),
}
"""How much a word speaks for an opinion."""
CRAFT = listed(
    """composition framing palette cinematography camerawork editing pacing choreography lighting light contrast
    angle perspective tracking field staging symmetry symmetries colours colors texture textures shot camera
    backdrop setting soundtrack music score"""
)
"""What was done to make the picture."""
TELLTALE = listed(
    """stroke suggests implies gesture sign token presumably probably likely perhaps maybe possibly apparently
    supposedly surely clearly obviously evidently seem appears appear might may could what such purpose point
    aim goal idea reason feast painting paints heart mix blend interestingly sadly happily luckily nice lovely
    fun cool neat crisp superb doubtless tired late zoom editing fortunately beautifully wonderfully oddly
    strangely ever lost best eager determined symphony letter hauntingly impressively remarkably surprisingly
    thankfully amazingly ironically curiously incredibly tragically hopefully fittingly delightfully
    unfortunately notably relief delight surprise amazement utterly impression behavior behaviour vibe"""
)
"""What opens a remark, or a guess at a mind; a sentence with one is looked at whatever is seen in it."""
HINTS = (
    WEIGHTS.keys()
    | CRAFT
    | TELLTALE
    | listed(
        """time blurring blurs breath behold proud straight marks hats cute seems must nod friends show highlight shows
    rightly doubt whatever language hurry secrets care smell smells aroma scent fragrance tastes taste luck says
    knows well having"""
    )
)
"""Words without which a sentence need not be looked at."""

_ABSTRACT_ENDINGS = ("ness", "ism", "isms", "hood", "ship", "tude", "ility", "ivity", "osity", "ality")
_ENDED_ALIKE = forms_of(_NO_ABSTRACTS)


def is_abstract_by_ending(word: str) -> bool:
    """Whether a word that is in no list ends as abstract nouns do."""
    return word.endswith(_ABSTRACT_ENDINGS) and len(word) > 6 and word not in _ENDED_ALIKE
