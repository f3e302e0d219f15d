"""Unfinished ends."""

import pytest

from recaption.postfilter import clean
from recaption.postfilter.ending.last_words import is_broken


@pytest.mark.parametrize(
    ("raw", "finished", "cut"),
    [
        ("A red ball rolls to the left", "A red ball rolls to the left.", ""),
        ("A man walks. A red ball rolls to the left", "A man walks. A red ball rolls to the left.", "A man walks."),
        ("A man walks. He looks up", "A man walks. He looks up.", "A man walks."),
        ("A man walks. He stops at the", "A man walks.", "A man walks."),
        ("A man walks. He stops,", "A man walks. He stops.", "A man walks. He stops."),
        ("A man walks. He sits down, holding a", "A man walks. He sits down.", "A man walks. He sits down."),
        ("A man walks. He sits down while his dog", "A man walks. He sits down.", "A man walks. He sits down."),
        ("A man walks. As he sits down, holding a", "A man walks.", "A man walks."),
        ("A man walks. The two dogs, running across the", "A man walks.", "A man walks."),
        ("A man walks. The injured man, lying on the", "A man walks.", "A man walks."),
        ("A man walks. The two dogs chase him, barking at the", "A man walks. The two dogs chase him.", None),
        ("A man walks. The man who sits, wearing a", "A man walks.", "A man walks."),
        ("A man walks. He sits, one leg on the rail, while his", "A man walks. He sits, one leg on the rail.", None),
        ("A man walks. He sits against a plain,", "A man walks.", "A man walks."),
        ("A man walks. He meets No.", "A man walks. He meets No.", "A man walks."),
        ("A man walks. In the background, near the", "A man walks.", "A man walks."),
        ("A man walks. Standing near a wall, wearing a", "A man walks.", "A man walks."),
        ("A man walks. The wall is a plain, soft", "A man walks.", "A man walks."),
        ("A man walks. The women are tall, the calm and connected", "A man walks. The women are tall.", None),
        ("A man walks. He holds a cup (white", "A man walks. He holds a cup.", "A man walks. He holds a cup."),
        ('A man walks. A sign says "Stop', "A man walks.", "A man walks."),
        ("A man walks. He wears a hat, black boots, and a", "A man walks. He wears a hat and black boots.", None),
        ("A man walks. It is 2.", "A man walks. It is 2.", "A man walks."),
        ("A man walks. He greets Mr.", "A man walks. He greets Mr.", "A man walks."),
        ("A man walks. He waits...", "A man walks. He waits...", "A man walks."),
        ('A man walks. A sign says "Stop!"', 'A man walks. A sign says "Stop!"', 'A man walks. A sign says "Stop!"'),
        ("A man walks. He sits.", "A man walks. He sits.", "A man walks. He sits."),
        ("一个男人走在街上。他停下来", "一个男人走在街上。他停下来。", "一个男人走在街上。"),
    ],
)
def test_the_last_sentence(raw, finished, cut):
    assert clean(raw).text == finished
    assert clean(raw, finished=False).text == (finished if cut is None else cut)


@pytest.mark.parametrize(
    "particle", ["in", "out", "up", "down", "off", "over", "by", "around", "through", "past", "away"]
)
def test_a_verb_with_its_particle_is_no_cut_end(particle):
    assert clean(f"A blue ball rolls {particle}").text == f"A blue ball rolls {particle}."


def test_the_clause_that_stays_is_told_by_its_edit():
    cleaned = clean("A man walks. He sits down, holding a small")
    assert [(edit.code, edit.before, edit.after) for edit in cleaned.edits] == [
        ("unfinished", ", holding a small", ".")
    ]


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        # the last clause goes
        ("A crane turns, and two men below it", "A crane turns."),
        ("A crane turns, and with its long", "A crane turns."),
        ("A crane turns, and behind the site a", "A crane turns."),
        ("A crane turns, and just as the load swings", "A crane turns."),
        ("A crane turns, and before the guard has both of his", "A crane turns."),
        ("A crane turns, then the driver", "A crane turns."),
        ("A crane turns, lifts a beam, and a boy in a cap, his", "A crane turns and lifts a beam."),
        ("A crane turns and a boy with a bag, his", "A crane turns."),
        ("A crane turns; the men, their", "A crane turns."),
        ("A crane turns while the guard", "A crane turns."),
        ("A crane turns until it", "A crane turns."),
        ("A crane turns as it", "A crane turns."),
        ("A crane turns so that the load on the", "A crane turns."),
        ("A crane turns, after which the driver takes a bag that", "A crane turns."),
        ("A crane turns, which", "A crane turns."),
        ("A crane turns toward the yard where the", "A crane turns toward the yard."),
        ("A crane turns toward the yard that", "A crane turns toward the yard."),
        ("A crane turns, its cable", "A crane turns."),
        ("A crane turns like", "A crane turns."),
        ("A crane turns before lowering its", "A crane turns."),
        ("A crane turns and the guard looks at the sky in", "A crane turns."),
        ("A crane turns, but there", "A crane turns."),
        ("A crane turns, and she", "A crane turns."),
        ("A crane turns and slowly", "A crane turns."),
        ("A crane turns and lo", "A crane turns."),
        ("A crane turns and grabs", "A crane turns."),
        ("A crane turns and holds out", "A crane turns."),
        ("A crane turns, one of the men, in a", "A crane turns."),
        ("A crane turns toward the guard's", None),
        ("A crane turns (the", "A crane turns."),
        ("A crane turns and...", "A crane turns."),
        ("Behind the fence a crane turns, and the", "Behind the fence a crane turns."),
        ("After a look at the sky the guard leaves, so that the", "After a look at the sky the guard leaves."),
        ("A crane turns while a third", "A crane turns."),
        ("A man turns, frowns, and then", "A man turns and frowns."),
        ("A crane turns, and behind", "A crane turns."),
        ("A crane turns and the men come over to lend", "A crane turns."),
        ("A crane turns its load as far", "A crane turns its load."),
        ("A crane turns on the wrong", None),
        ("A crane turns and the guard chalks up 2", "A crane turns."),
        ("A crane turns from a height of about 50 c", None),
        ("A crane turns, a lone", "A crane turns."),
        # with a full stop behind it
        ("A crane turns to the.", None),
        ("A crane turns and the guard looks into.", "A crane turns."),
        ("A crane turns, approx.", "A crane turns."),
        # words that were cut
        ("A crane turns and the guard takes a shov", "A crane turns."),
        ("A crane turns and the guard opens an umbr", "A crane turns."),
        ("A crane turns, its load swinging over the tabl", "A crane turns."),
        ("A crane turns and shov", "A crane turns."),
        # the list that stays has its "and"
        ("A man sits down, opens a book and", "A man sits down and opens a book."),
        ("A man sits down, opens a book, and his", "A man sits down and opens a book."),
        ("A crane turns, the men wait below it, and the", "A crane turns, and the men wait below it."),
        ("He blinks, sneezes and", "He blinks and sneezes."),
        ("He carries a rope, two hooks, and a", "He carries a rope and two hooks."),
        # no verb, no sentence
        ("With the fingers of her good hand, the girl", None),
        ("The guard in the blue coat", None),
        ("Behind the fence", None),
        ("Behind the fence, the guard, who wears a", None),
        ("The guard, in a blue coat, carries a", None),
        ("The guard stands between the crane and the", None),
        ("It is a yard in which the", "It is a yard."),
        ("The lamps go out one after the", None),
        ("He holds a balloon shaped like a", None),
    ],
)  # fmt: skip
def test_what_stops_inside_goes_back_to_a_sentence(end, kept):
    expected = "A man walks." + (f" {kept}" if kept else "")
    assert clean(f"A man walks. {end}").text == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The women bow to each other and leave",
        "The couple kiss under the arch",
        "A boy and a girl skip past",
        "Both stop dead",
        "One topples into the flower bed",
        "The other copies her",
        "The runner-up refuses the medal",
        "A window of white plastic dangles from a crane",
        "The sprinter in lane five leans at the tape",
        "A boy outside draws the hook",
        "On the wall hangs a clock",
        "Playing cards lie on the floor",
        "At the fifth ring a porter shuffles out",
        "Behind him, six others wait along the line",
        "He throws the stick, and the dog runs after it",
        "The lamps go out one after another",
        "She hugs them both",
        "He is as tall as she is",
        "The hand of the clock goes round",
        "A bird sits on the roof and sings",
        "He takes his hat off",
        "A sign on the door reads 14",
        "The pool is 25 m",
        "He is one of those who wait",
        "Three men stand on the pier, one in red",
        "He turns the card over",
        "She pots the blue",
        "Rain falls as the cream goes in",
        "A close-up of his hands",
        "They ski",
        "The sky turns a deep red",
    ],
)
def test_a_whole_sentence_without_its_mark_stays(sentence):
    assert clean(f"A man walks. {sentence}").text == f"A man walks. {sentence}."


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        ("A crane turns, and the guard eats a sandwich", "A crane turns."),
        ("A crane turns, and the guard who stands below it looks", "A crane turns."),
        ("The striped balloon, tied to a post, hits", None),
        ("He sits down, opens a book,", "He sits down and opens a book."),
        ("He looks up", "He looks up."),
        ("The guard looks at her and the driver helps them", "The guard looks at her and the driver helps them."),
        ("The light remains soft and even", "The light remains soft and even."),
    ],
)
def test_behind_sentences_with_their_marks_one_without_was_rather_cut(end, kept):
    before = "A man walks. A dog barks."
    assert clean(f"{before} {end}").text == (f"{before} {kept}" if kept else before)


def test_a_caption_that_is_no_sentence_stays():
    assert clean("A man in a red coat on a pier").text == "A man in a red coat on a pier."


@pytest.mark.parametrize("word", ["le", "shov", "tabl", "windo" + "q", "thr"])
def test_what_no_word_is(word):
    assert is_broken(word)


@pytest.mark.parametrize(
    "word", ["ski", "emu", "bow", "odd", "taxi", "menu", "crowd", "girl", "film", "Ba", "km", "door", "purr"]
)
def test_words(word):
    assert not is_broken(word)
