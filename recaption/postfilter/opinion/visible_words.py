"""Words for what is seen, which speak against an opinion: people, things, places, colours and movements. English."""

from __future__ import annotations

from recaption.postfilter.opinion.words import WEIGHTS, forms_of

_VISIBLE = """
acrobat actor actress aisle alien alley aluminium anchor angle ankle ant antique apple apprentice apron arcade arch
arm arms artist asphalt astronaut attendant axle baby background backpack bag baker balcony ball ballerina balloon
ballroom bamboo banks banner bar barber barge bark barley barn barrel bars basket bat bathrobe bay beach bead beads
beak beams bean beard bed bee beech beer behind beige bell belly belt bench bend bent bib bicycle bike bin biologist
birch bird biscuit black blade blanket blink blinks block blue boat boiler bomb bonnet book boot booth bottle bottom
boulder bounce bow bowl bowler boxer boy bracelet braid brakes brass bread brick bride broom brow brown brush bubble
bucket bulb bulldog bullet burns bus bush busker butter button cab cabin cabinet cable cake calf camel camera
cameraman camper canal candle canoe canvas cap capsule car cardboard cards cargo carousel carpenter carpet carriage
cart carved carver casting castle casts cat caught ceiling cellar cellist cello chainsaw chair chalk chandelier chapel
charcoal cheek cheer cheese chef cherry chest chestnut child chimney chin chip chips chisel chocolate chop chrome
chute clamp clap claw clay cleaner clerk client cliff climb climber cling clip clock cloth cloud clown coach coal
coast coat cobalt cockpit coder coffee coffin coil collar comb comic commuter composition concrete conductor cone
confetti conveyor cook copper cord corner corridor costume cot cotton counter couple courier cow crab crack crane
crank crate crawl crest crimson crop cross crosse crouch crowd crumb crusher crust crystal cub cube cuff cup cupboard
curl curtain customer cutaway cutter cyclist cylinder dancer dashboard daylight deck decor defender desert design desk
detective dial digs diner dip director disc dish dive diver doctor dog dolly dome door doorstep doorway dot dotted
dough dozen drag drawer dress drill drink drip driver drone droplet drum drummer dry duck dummy dune dust dusty ear
easel eats editor eel egg eggs eight elbow elevator eleven engine engineer engraved envelope excavator exit expression
eye eyebrow eyeshadow facade face falls farmer feather feet fell felt fence fern ferry field fin finger fingertip
firefighter fish fisherman fist fitter five flag flap flask flat flicker flies float floor flour flower fly foam fog
foil fold foot forearm forefinger foreground forehead fork forklift fountain four fox freighter fridge front frown
fruit funnel fur gardener gate gear girl glass glasses gleam glide glisten globe glove glue goalkeeper goat goggles
goose gorge gown grab grandmother grass gravel gray grease green greenhouse grey grin grip groom group guard guest
guitar gull gum gun gutter gym gymnast hair hairpin hammer hand handle hang harbour hare harness hat head headlamp
headphone headscarf headset hedge heel held helicopter helmet hem hen heron herring hiker hill hind hinge hip hole
honey hoof hook hooks hoop hops horn horse hose hospital hotel house hover hull hung hut ice icy indigo ink insect
inside instructor iron island jacket jam jar jaw jeans jockey jogger judge juggler juice jump jumper kayak keeper kelp
kerb kettle kick kitchen kitten knee kneel knife knock lab lace ladder ladle lady lake lamp lamplight lane lantern
lapel laser laugh lava lawn lawyer leader leaf lean leap leather leaves lecturer ledge leg lemon lens leopard lever
lid lighthouse lighting lime linen lip loaf lobby locomotive loft log loom lorry loupe machine magician magnet maker
makeup man mane map marble marches mare marks mason mast mat mayor meadow meat mechanic melody melon metal microphone
microscope milk mill miniature minister mint mist mole monitor monk moon mop motel moth motorcycle mound mountain
mouse moustache mouth mud muddy mug mural museum music nail napkin narrow neck needle neon nest net newborn nine nod
noodle nose notebook nun nurse oak octopus officer oil onion opponent orange otter outside oven overalls owl owner
oyster pad paddle page pail paint painter pale palm pan pane panel paper park parquet parrot passenger pastry patient
pavement paw peach pear pebble peel peer peg pen pencil penguin people petal phone photograph pianist piano picker
pier pigeon pillow pilot pin pine pink pipe pirate pistachio pit pixel pizza plain plank plastic plate platform player
plug plumber plume plywood pocket pole poncho pond pontoon pony poodle pool pop popcorn porch porter post poster
postman pot potato potter pound pour powder pram priest printed projector puddle pulp pump pupil puppet purple push
pyramid quay rabbit rack racket rag rail railway rain rainbow raincoat rake ramp ran ranger rat reader rear red reed
reef reel referee remote resin rib rice rider ridge rifle rim rings rinse ripple river riverbank road robe robin robot
rock rocket rod roll roof rooftop rook room rooster rope rose round rover rubber rucksack rung runner sack saddle
saffron sailor salesman salmon salt sand sandbag sandwich sat satellite sauce scarf schoolgirl scoop scooter scrap
screen screw scrub scrubs sculptor sea seal seam seat seedling seven sewn shadows shears sheath sheep shelf shell
shepherd shield shin ship shirt shoe shop shopkeeper shot shotgun shoulder shout shrimp shrink shutter shuttle side
silhouette silk silt silver singer sink sit six skate skater skeleton ski skid skier skin skirt skull sky slab slate
sled sleeve slice slide sling slipper sliver slope smile smoke snail sneaker snips snout snow sock sofa soil soldier
sole song soprano soup spaceship speaker spider spill spin spine spiral spit splash sponge spoon spray sprinkle
sprinter spruce spun square squeeze stacks stadium stagehand stairs stairwell stall stalls stare station stays steam
steel steep stern stick stilt stitch stitched stone stood stool stove straight straw street stretch striker string
strip striped student stumble style submarine subway sugar suit suitcase sun sunflower sunlight surgeon sushi swallow
swan sway sweat sweeper swim swimmer swing swirl sword swung table tablet tailor tall tank tap tape tarmac tea teacher
technician teenager teeth teller temple ten tent termite terrace theatre thick thief thin threads three threw throat
throw thumb tie tightrope tile tilt tin toast toddler toe tomato tongue tooth torch tortoise touchline tourist towel
tower toy track tractor train tram trapeze trawler tray tree trench triangle trigger tripod trolley trombone trouser
trousers truck truffle trunk tuba tube tuck tulip tune tunnel turbine turf turquoise tweezer twelve twig twist two
typist tyre umbrella underside uniform upper user usher valley valve van vase vault veil velvet vendor vest vet
vintage violet violin violinist visitor visor wade waders waist waiter walk walker wall walnut wash wasp water
waterfall web wedge welder wet whale wheat wheel wheelchair whip whisk white wide wig winch windows windscreen wine
winger wipe wiper wire wolf woman wooden wool wore worker worm wrap wrench wrestler wrist yank yellow yolk zero zoom
"""

VISIBLE = forms_of(_VISIBLE) - WEIGHTS.keys()
