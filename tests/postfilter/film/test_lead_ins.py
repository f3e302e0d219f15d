"""Sentences about the video, and what becomes of them."""

import pytest

from recaption.postfilter import clean


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        # a participle becomes the verb, in the number of its noun
        ("The video shows two dogs playing in the snow.", "Two dogs are playing in the snow."),
        ("The clip shows people dancing at a party.", "People are dancing at a party."),
        ("The video shows water flowing over rocks.", "Water is flowing over rocks."),
        ("The video shows fish swimming in a tank.", "Fish are swimming in a tank."),
        ("The video shows a person's hands typing on a keyboard.", "A person's hands are typing on a keyboard."),
        ("The video shows a man and a woman dancing.", "A man and a woman are dancing."),
        ("The video shows a man and woman sitting.", "A man and woman are sitting."),
        ("The video shows a black and white cat jumping.", "A black and white cat is jumping."),
        ("The video shows a man slowly walking home.", "A man is slowly walking home."),
        ("The video shows a man wearing a red hat walking his dog.", "A man wearing a red hat is walking his dog."),
        ("The video shows a man with a beard sitting at a table.", "A man with a beard is sitting at a table."),
        ("The video shows her smiling at the camera.", "She is smiling at the camera."),
        ("The video shows her hands holding a cup.", "Her hands are holding a cup."),
        ("The video shows a woman opening a letter.", "A woman is opening a letter."),
        # a relative clause, "as he", "that", "how", "the moment when" become the main clause
        ("This video is about a man who repairs bicycles.", "A man repairs bicycles."),
        ("The video follows a girl as she runs through a field.", "A girl runs through a field."),
        ("In this video, you can see that the boy holds a kite.", "The boy holds a kite."),
        ("The video shows how a potter shapes clay.", "A potter shapes clay."),
        ("The video captures the moment when a diver leaps into the sea.", "A diver leaps into the sea."),
        ("We see a man walk across the street.", "A man walks across the street."),
        ("We see two men walk across the street.", "Two men walk across the street."),
        # where the shape is not plain, a sentence that is right whatever the shape
        ("The video shows a street in Paris.", "There is a street in Paris."),
        ("The video shows a swimming pool in a hotel.", "There is a swimming pool in a hotel."),
        ("The video shows a smiling man.", "There is a smiling man."),
        ("The video shows a park with children playing.", "There is a park with children playing."),
        (
            "The video shows three men, two of them wearing hats, standing near a fence.",
            "There are three men, two of them wearing hats, standing near a fence.",
        ),
        (
            "The video shows a man in a hat and a woman in a dress dancing.",
            "There is a man in a hat and a woman in a dress dancing.",
        ),
        ("The image captures Tokyo at night.", "Tokyo is seen at night."),
        ("The video showcases the process of making bread.", "The process of making bread is seen."),
        # shots, footage, series
        ("The video begins with a close-up of a woman's hands.", "A close-up shows a woman's hands."),
        ("The video provides an aerial view of a town.", "An aerial view shows a town."),
        ("The video shows footage of a rocket rising.", "A rocket is rising."),
        ("The video is a compilation of clips featuring skaters jumping.", "Skaters are jumping."),
        # time is kept
        ("The video then shows a dog running.", "Then, a dog is running."),
        ("The next scene shows a dog running.", "Next, a dog is running."),
        ("The video ends with a dog running.", "At the end, a dog is running."),
        ("Initially, the video shows a dog running.", "Initially, a dog is running."),
        ("On the left, we can see a dog running.", "On the left, a dog is running."),
        ("At the beginning of the video, a cat sleeps.", "At the beginning, a cat sleeps."),
        ("Towards the end of the video, a cat sleeps.", "At the end, a cat sleeps."),
        ("Later in the video, a cat sleeps.", "Later, a cat sleeps."),
        # openings
        ("As the video progresses, a cat sleeps.", "A cat sleeps."),
        ("Further into the video, a cat sleeps.", "A cat sleeps."),
        ("As we move further into the video, a cat sleeps.", "A cat sleeps."),
        ("In the opening scene, a cat sleeps.", "A cat sleeps."),
        ("In the image, there is a cat.", "There is a cat."),
        ("As the scene unfolds, in the video, we see a cat sleeping.", "A cat is sleeping."),
        # what is no announcement gets another subject
        ("The video transitions to a beach.", "The scene transitions to a beach."),
        ("This image sets a tone of calm.", "The scene sets a tone of calm."),
        ("The video pans across a field.", "The camera pans across a field."),
        ("The video follows a cyclist through a pass.", "The camera follows a cyclist through a pass."),
        ("The video is shot from a low angle.", "The scene is shot from a low angle."),
        # a hedge stays a hedge
        ("The video appears to show a knife lying on a table.", "A knife appears to be lying on a table."),
        ("The image seems to depict a street in Paris.", "There seems to be a street in Paris."),
        ("The video shows what appears to be a dog running.", "What appears to be a dog is running."),
        # a second verb of the video
        (
            "The video shows a man cooking and then cuts to a family eating.",
            "A man is cooking. The scene then cuts to a family eating.",
        ),
        # no lead-in, in any place
        ("A video of a man walking down a street.", "A man is walking down a street."),
        ("Overall, the video presents a calm street.", "Overall, there is a calm street."),
    ],
)
def test_lead_in(raw, expected):
    cleaned = clean(raw, without=["opinion", "hedge"])
    assert cleaned.text == expected
    assert cleaned.flags == ()
