"""Other languages inside English text."""

import pytest

from recaption.postfilter import clean

FIRST = "A man in a grey coat walks along the pier, and a gull follows him."
SECOND = "He sits down on a bollard and opens a newspaper."


@pytest.mark.parametrize(
    "sentence",
    [
        "老人点点头。", "おじいさんがうなずく。", "할아버지가 고개를 끄덕인다.", "Старик кивает головой.",
        "Ο γέρος γνέφει.",
        "الرجل العجوز يومئ برأسه.", "बच्चे हँस रहे हैं।", "הילדים צוחקים.",
        "El viento mueve las cortinas.", "Nadie se da cuenta.", "Le chien aboie.", "Personne ne bouge.",
        "Die Kinder lachen.", "Staub wirbelt auf.", "Il cane abbaia.", "As crianças riem.", "De hond blaft.",
        "Barnen skrattar.", "Dzieci się śmieją.", "Děti se smějí.", "Çocuklar gülüyor.", "Semua orang bertepuk tangan.",
        "Mọi người vỗ tay.", "Copiii râd.", "A gyerekek nevetnek.", "Lapset nauravat.",
    ],
)  # fmt: skip
def test_a_whole_sentence(sentence):
    for raw in (f"{FIRST} {sentence} {SECOND}", f"{sentence} {FIRST} {SECOND}", f"{FIRST} {SECOND} {sentence}"):
        assert clean(raw).text == f"{FIRST} {SECOND}"


@pytest.mark.parametrize(
    "words",
    [
        "微笑着", "雨の中で", "미소를 지으며", "с улыбкой", "ببطء شديد",
        "con una sonrisa", "muy despacio", "bajo la lluvia", "avec un sourire", "sous la pluie", "très lentement",
        "mit einem Lächeln", "im Regen", "ganz langsam", "sotto la pioggia", "sem dizer nada", "met een glimlach",
        "i regnet", "z uśmiechem", "sambil tersenyum", "dưới mưa",
    ],
)  # fmt: skip
def test_words_in_a_row(words):
    assert clean(f"She crosses the bridge {words}. {SECOND}").text == f"She crosses the bridge. {SECOND}"
    assert clean(f"She crosses the bridge {words}, and a tram passes.").text == (
        "She crosses the bridge, and a tram passes."
    )
    assert clean(f"She crosses the bridge {words} while a tram passes.").text == (
        "She crosses the bridge while a tram passes."
    )


@pytest.mark.parametrize("word", ["慢慢地", "медленно", "lentamente", "langsam", "doucement", "voorzichtig", "powoli"])
def test_a_single_word(word):
    assert clean(f"The cook {word} stirs the soup.").text == "The cook stirs the soup."


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Chopped 菠菜 spinach goes in.", "Chopped spinach goes in."),
        ("在夜市里, a cook tosses noodles.", "A cook tosses noodles."),
        ("The robot, un juguete caro, sits down.", "The robot sits down."),
        ("A man stands, 微笑着, and waves.", "A man stands, and waves."),
        ("A man waits and 微笑.", "A man waits."),
        ("A man waits (在桥上) for a bus.", "A man waits for a bus."),
        ("A man walks along the pier 在晚上。He sits.", "A man walks along the pier. He sits."),
        # the core was in the other language
        ("A man 拿着 a bag. He sits.", "He sits."),
        ("The 男人 walks. He sits.", "He sits."),
        ("A dog is 跑步. He sits.", "He sits."),
    ],
)
def test_what_is_left_is_whole(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    "text",
    [
        'A banner reads "新年快乐" above the stalls.',
        'A woman says "Bitte nicht füttern" to the child.',
        "Tokyo (東京) lies under snow, and Mount Fuji (富士山) rises behind it.",
        "A sign that reads 出口 glows above the door.",
        "The angle α is wider than π/4.",
        "A cyclist crosses the Place de la Concorde and the Rio de Janeiro stand.",
        "Maria da Silva and Ludwig van der Berg wave from the Playa del Carmen bus.",
        "Two dancers rehearse a pas de deux en pointe beside a crème brûlée.",
        "A cook serves steak à la carte, pasta al dente, and café con leche.",
        "Señora Ibáñez lifts the lid of the paella pan.",
        "A naïve-style mural of São Paulo is rolled out by François and Jürgen.",
        "The mare grazes in the barn, and the hound sits on the court by the gate.",
        "A sari-clad dancer, a mariachi trumpeter, and a judoka share a tatami.",
        "Founded est. 1911, et al., the shop sells s'mores at 6 a.m. and 7 p.m.",
    ],
)
def test_names_loans_and_quotations_stay(text):
    assert clean(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "一个男人走在街上。他停下来，看着 BMW 的橱窗。",
        "Ein Mann geht die Straße entlang. Er bleibt stehen und schaut in ein Fenster.",
        "Un homme marche dans la rue. Il s'arrête devant une vitrine.",
        "Мужчина идёт по улице. Он останавливается.",
    ],
)
def test_a_caption_of_another_language_is_left_alone(text):
    assert "language" not in {edit.code for edit in clean(text).edits}
