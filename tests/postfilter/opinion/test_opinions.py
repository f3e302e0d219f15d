"""Mood, meaning and judgement go; what is seen stays."""

import pytest

from recaption.postfilter import clean
from recaption.postfilter.opinion.opinions import OPINIONS
from recaption.postfilter.rule import apply


@pytest.mark.parametrize(
    "sentence",
    [
        "The mood is one of subdued anticipation.",
        "The overall atmosphere is calm and rural.",
        "Overall, the scene radiates warmth and togetherness.",
        "A sense of calm pervades the room.",
        "It is a testament to human ingenuity.",
        "It is hard to imagine a lovelier farewell.",
        "It's a reminder that beauty can be found anywhere.",
        "There is a quiet poetry in all this.",
        "Few things are as satisfying as this.",
        "You can almost feel the weight of history.",
        "One cannot help but admire her courage.",
        "Anyone with a heart will feel for the loser.",
        "Such is the magic of the circus.",
        "Nothing captures the spirit of summer quite like this.",
        "Joy, it turns out, is contagious.",
        "Patience and pride go together here.",
        "Time seems to lose its meaning.",
        "The gesture embodies the spirit of the community.",
        "The interplay of old and new creates a compelling narrative.",
        "The use of slow motion heightens the drama of the moment.",
        "All of this makes for an unforgettable experience.",
        "The tide, indifferent and eternal, forgives everyone.",
        "This is how legends are made.",
        "How enchanting the night can be!",
        "The palette of amber and indigo amplifies the sense of mystery.",
        "The contrast between the two adds visual interest.",
        "The soft light gives the scene a dreamy look.",
        "The dog is having a great time.",
        "Top marks for effort.",
    ],
)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_sentence_of_opinion(sentence, place):
    before, after = ["A man walks home.", "He sits down."], []
    at = {"first": 0, "middle": 1, "last": 2}[place]
    raw = " ".join([*before[:at], sentence, *before[at:], *after])
    assert apply(OPINIONS, raw)[0] == "A man walks home. He sits down."


@pytest.mark.parametrize(
    "tail",
    [
        ", suggesting that he is in a hurry",
        ", showing how strong he is",
        ", adding a playful note",
        ", a delightful addition to the fun",
        ", a sight to behold",
        ", the last breath of a small sun",
        ", eager to meet the sky",
        ", as proud as a king",
        ", as cheeky as can be",
        ", and it shows",
        ", like something out of a fairy tale",
        ", evoking a bygone era",
        ", adding to the peaceful ambiance",
        ", lending the evening a dreamlike quality",
        ", creating a tense yet playful atmosphere",
        ", emphasizing her quiet determination",
        ", underscoring the bond between them",
        ", inviting the viewer to dream",
        ", making history feel alive",
        ", keeping a forgotten tradition alive",
        ", blurring the line between work and play",
        ", hoping for better days",
        ", which speaks of years of sacrifice",
        ", which is nothing short of heroic",
        ", and one can almost feel the tension",
        ", and time stands still",
        ", but nobody can dampen the spirits of the young",
        ", as if remembering a lost love",
        ", as though fate itself had spoken",
        ", a gesture of respect",
        ", a small victory of patience over haste",
        ", proof that kindness never grows old",
        ", the very picture of loyalty",
        ", the kind of joy that money cannot buy",
        ", each stitch carrying a family's memories",
        ", proud of his work",
        ", nervous but hopeful",
        ", to the delight of everyone",
        ", in silent tribute to the fallen",
        ", like a memory of better times",
        ", because beauty lies in simplicity",
        "; the mood is solemn",
        " – a quiet plea for peace",
        " with a sense of pride",
        " with the patience of a saint",
        " with the dignity of someone who has nothing left to prove",
        " in a display of national pride",
        " and evokes a bygone era",
        " and thereby opens a new chapter in his life",
        " as if fate itself had spoken",
        ", evoking calm, rest, and joy",
        ", evoking calm, rest, and slow evenings",
    ],
)
@pytest.mark.parametrize("end", [".", "!", ", while a dog sleeps.", ". A dog sleeps."])
def test_the_end_of_a_clause(tail, end):
    text = apply(OPINIONS, f"A man lifts the lid{tail}{end}")[0]
    assert text == f"A man lifts the lid{end}"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        # at the start
        ("Evoking a bygone era, the tram rattles round the bend.", "The tram rattles round the bend."),
        ("Full of nostalgia, the carousel turns.", "The carousel turns."),
        ("A testament to human ingenuity, the crane lifts a beam.", "The crane lifts a beam."),
        ("With a sense of purpose, a woman climbs the stairs.", "A woman climbs the stairs."),
        ("The mood is calm; a man reads.", "A man reads."),
        # in the middle
        ("He bows, a gesture of respect, and leaves.", "He bows, and leaves."),
        ("The flag, a symbol of hope, rises above the roof.", "The flag rises above the roof."),
        ("A tram passes – a relic of simpler times – and stops.", "A tram passes and stops."),
        ("A nurse, full of compassion, holds his hand.", "A nurse holds his hand."),
        ("He looks at the sea with a sense of longing, then turns away.", "He looks at the sea, then turns away."),
        # next to what is seen
        (
            "A girl lights a candle, creating a cozy atmosphere and casting long shadows on the wall.",
            "A girl lights a candle, casting long shadows on the wall.",
        ),
        (
            "The sun sets, painting the sky orange and evoking a sense of peace.",
            "The sun sets, painting the sky orange.",
        ),
        ("The boat drifts by, serene and timeless, its sail torn.", "The boat drifts by, its sail torn."),
        # twice
        (
            "A bell rings, evoking nostalgia. A man prays with a sense of hope, a moment of pure serenity. It rains.",
            "A bell rings. A man prays. It rains.",
        ),
    ],
)
def test_what_is_left_is_english(raw, expected):
    assert apply(OPINIONS, raw)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        # visible effects
        "A stone falls in the pond, creating ripples in the water.",
        "The sun sinks behind the trees, casting long shadows.",
        "A raking light falls on the table, highlighting the grain of the wood.",
        "The clouds part, revealing a patch of blue sky.",
        "The smoke thickens, making it hard to see the stage.",
        "The painter mixes blue and yellow, creating a bright green.",
        "A lamp shines on the vase, accentuating its cracks.",
        "The lights dim, leaving the stage in darkness.",
        "The arrow points left, indicating the exit.",
        "He raises his thumb, indicating that the rope is tight.",
        # visible expressions
        "The boy gives his mother a worried look.",
        "She smiles with joy and claps her hands.",
        "Her expression changes from joy to fear as the door slams.",
        "The child stares at the screen, mouth open in surprise.",
        "He lifts the trophy, tears of joy running down his cheeks.",
        "A man laughs, his face full of joy.",
        # adjectives of things that are seen
        "Overall, there is a calm street.",
        "There is a serene courtyard with a fountain.",
        "A majestic eagle soars above the valley.",
        "A tranquil stream winds through the forest.",
        "This is a picturesque village with narrow lanes.",
        "The elegant ballerina spins on one foot.",
        # mixed with what is seen
        "The atmosphere is festive, with red lanterns hanging from every beam.",
        "The scene is lively, with people dancing and laughing.",
        # words of mood that name things
        "The statue of liberty stands on an island.",
        "The teacher writes the word hope on the blackboard.",
        "A tense rope stretches between two trees, vibrating in the wind.",
        "The acrobat's sense of balance fails her, and she falls into the net.",
        "The capsule enters the atmosphere of Mars at an angle.",
        "A choir sings a hymn in a church.",
        "A street artist draws a portrait of a tourist in charcoal.",
        "The meditation teacher strikes a bronze bowl, and the tone fades.",
        "The mural shows a dragon, a symbol of luck painted above it in gold.",
        # similes of movement
        "The ball rolls as if pulled by a string.",
        "She gets up, as if to leave, and sits down again.",
        # what opens like an opinion
        "Few people cross the square in the rain.",
        "There is something in his hand.",
        "You can see a boat through the window.",
        "It is a long table with eight chairs.",
        "One of the boys never stops running.",
        "Nothing else stands on the table.",
        # lists
        "A small, serene lake lies behind the house.",
        "The vase is red, tall, and slim.",
        # quotations
        'A sign reads "The mood is calm and evokes joy" over the door.',
    ],
)
def test_what_is_seen_stays(text):
    assert apply(OPINIONS, text) == (text, [])


def test_a_caption_of_opinions_alone_is_none():
    assert clean("The mood is calm. It is a testament to the human spirit.").flags == ("no_words",)


def test_who_talks_to_the_user_is_left_to_others():
    text = "I cannot help but admire your patience."
    assert apply(OPINIONS, text)[0] == text
