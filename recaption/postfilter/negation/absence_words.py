"""The words with which captions say that something is not there, as alternatives in patterns."""

from __future__ import annotations

import re
from collections.abc import Callable

from recaption.postfilter.english import words as w
from recaption.postfilter.vocabulary import any_of

# What comes into a scene, is part of it or exists at all.
_APPEAR = """
    appear emerge exist occur feature figure surface arise materialize materialise intrude participate attend belong
    form crop_up pop_up show_up turn_up come_up build_up come_along come_by come_in step_in join_in drop_by pass_by
    set_foot come_into_view come_into_sight come_into_play come_into_frame come_into_shot come_into_the_picture
    come_into_the_frame come_into_the_scene come_within_view come_on_the_scene come_on_screen come_to_light
    come_before_the_camera enter_the_frame enter_the_picture enter_the_scene enter_the_shot enter_the_view enter_view
    enter_into_view enter_frame move_into_view move_into_frame get_into_the_picture get_into_the_frame get_into_shot
    make_an_appearance put_in_an_appearance make_it_into_the_frame make_it_into_the_picture make_it_into_view
    make_it_into_shot take_part take_any_part form_part play_a_part play_a_role find_a_place find_mention
    find_their_way have_a_place have_a_part meet_the_eye catch_the_eye show_themselves show_itself
    make_themselves_seen make_themselves_heard be_there be_seen be_found be_visible be_present be_shown
    cross_the_frame cross_the_picture cross_the_view cross_the_scene
"""
# How people and things take up a place in it.
_STAY = """
    stand sit lie hang wait walk pass cross gather assemble linger loiter roam wander stroll line crowd throng flank
    fill occupy populate inhabit surround accompany join share drive ride run swim fly sail drift float play work live
    dwell grow bloom sprout rise loom tower adorn decorate dot mark break interrupt disturb mar obstruct block cover
    clutter venture stray step travel circulate park lurk perch rest crouch hover glide circle soar shine glow burn
    twinkle border compete perform dance visit watch look mill mingle queue cheer greet serve come go arrive stick
    protrude spoil hide peek peer peep sound ring ply moor anchor dock graze nest settle land patrol frequent grace
    enliven punctuate name identify explain face alight lean span separate divide connect link support protect guard
    shield shade light brighten illuminate secure warn announce indicate frame crown edge back dangle swing wave flap
    sway trail escort shelter screen drape hem fence spring jut emanate issue rush hurry sweep roll rumble overlook
    stretch lead point fall await assist help attend flit flutter buzz crawl climb bathe paddle row cycle jog enter
    follow approach set_out head_out fill_in pull_in pull_up drop_in sit_down step_up get_on take_a_seat
    take_their_seats take_a_place take_their_places move_about move_around hang_around walk_around stand_around
    walk_about stand_by look_on sit_around
"""
_PARTICIPLES = {
    "stand": "stood", "sit": "sat", "lie": "lain", "hang": "hung", "drive": "driven", "ride": "ridden", "run": "run",
    "swim": "swum", "fly": "flown", "grow": "grown", "rise": "risen", "break": "broken", "come": "come", "go": "gone",
    "arise": "arisen", "set": "set", "take": "taken", "make": "made", "find": "found", "put": "put", "stick": "stuck",
    "get": "got", "lead": "led", "hide": "hidden", "be": "been", "show": "shown", "shine": "shone", "ring": "rung",
    "fall": "fallen", "swing": "swung", "spring": "sprung", "sweep": "swept", "light": "lit", "meet": "met",
    "catch": "caught", "have": "had", "build": "built",
}  # fmt: skip


def _doubles(verb: str) -> bool:
    """Whether the last letter is written twice in "sitting"."""
    return bool(re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb))


def _present(verb: str) -> str:
    return {"have": "has", "be": "is"}.get(verb) or w.third_person(verb)


def _gerund(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and verb not in ("be", "see"):
        return verb[:-1] + "ing"
    return verb + verb[-1] * _doubles(verb) + "ing"


def _participle(verb: str) -> str:
    if irregular := _PARTICIPLES.get(verb):
        return irregular
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + verb[-1] * _doubles(verb) + "ed"


_MADE: dict[str, Callable[[str], str]] = {
    "base": str,
    "present": _present,
    "gerund": _gerund,
    "participle": _participle,
}


def _forms(bases: str, *forms: str) -> str:
    made = []
    for base in bases.split():
        verb, *rest = base.split("_")
        made += ["_".join((_MADE[form](verb), *rest)) for form in forms]
    return any_of(" ".join(made))


APPEAR, APPEARS, APPEARED = (_forms(_APPEAR, form) for form in ("base", "present", "participle"))
STAY, STAYED, STAYING = (_forms(_APPEAR + _STAY, form) for form in ("base", "participle", "gerund"))
STAYS = _forms(_APPEAR + _STAY, "present", "base")

VIEW = (
    r"(?:(?:the |this |our |its )?(?:whole |entire |same )?(?:view|frame|shot|picture|scene|image|sight|field of view"
    r"|line of sight|camera's view))"
)
VISIBLE = any_of(
    """visible seen shown depicted pictured featured included captured revealed present made_out found discernible
    displayed portrayed spotted discerned filmed to_be_seen to_be_found in_evidence"""
)
PRESENT = (
    "(?:"
    + any_of(
        """visible present apparent evident discernible noticeable detectable perceptible recogni[sz]able
        identifiable legible readable distinguishable observable audible available involved represented nearby about
        around there here anywhere inside outside close_by near alongside aboard ashore overhead upstairs afoot up
        left among(?:st)? amid(?:st)? one_of_the at_hand to_hand at_work in_place in_position in_evidence
        in_attendance on_board on_deck on_stage on_display on_show on_view on_hand on_screen on_duty on_site
        on_offer out_and_about out_(?:on|in|at) (?:a_)?members?_of (?:an?_)?(?:part|element|feature|component)_of
        to_be_(?:seen|found|spotted|heard|had|discovered|discerned|noticed)
        to_be_(?:made_out|observed|detected|glimpsed)"""
    )
    + rf"|(?:in|within) {VIEW})"
)
PERCEIVED = any_of(
    """seen found spotted observed noticed noted made_out identified discerned detected distinguished shown
    displayed depicted featured included captured pictured portrayed presented recorded filmed heard glimpsed
    encountered sighted located recogni[sz]ed perceived discovered put_on_(?:display|show|view) placed parked
    provided set_up caught revealed met visible posted stationed installed mounted erected pitched laid_out moored
    planted hung drawn painted printed written reflected tied_up accompanied joined followed surrounded watched
    flanked lit switched_on taken_away attached added overlaid superimposed built to_be_\\w+ come_across witnessed
    viewed picked_out listed given marked used worn fitted seated strung set_out laid put(?:_up|_out|_down)? fixed
    fastened raised hoisted stretched spread tied applied employed carried served offered kept stored stacked piled
    lined_up gathered grouped assembled tracked involved represented brought taken_along invited admitted
    let_(?:in|into|onto|out|on) led driven turned_out allowed_(?:in|into|onto) ranged arranged scattered visited
    passed"""
)
_STATES = any_of(
    """hurry use place order danger time tune step agreement motion ease rest fire sale bloom flower focus way
    trouble charge pain control risk fault position sync contact touch turn line_with"""
)
# At a place, but in no state: not "in a hurry".
AT = (
    "(?:"
    + any_of(
        """on in at by near beside behind under beneath along across above among between before inside outside
        within below aboard atop opposite next_to around over beyond about up down in_front_of close_to to_the_left
        to_the_right throughout with(?=_him\\b|_her\\b|_them\\b)"""
    )
    + rf" (?!(?:an? )?{_STATES}\b))"
)
SOMEWHERE = any_of("in on at of by near behind around beside among inside outside across along from with")

NO = (
    r"(?:no(?! (?:sooner|fewer|less|longer|matter|wonder|doubt|man's|amount|two|way|need|more than|one\b|lack|shortage"
    r"|end))"
    r"|not (?:a|an|one|any|even (?:a|an|one|the))(?: single| solitary| lone| other)?|not so much as an?|nary an?"
    r"|none of"
    r"|not one of|not the (?:slightest|faintest|least|smallest)|hardly a|never an?)"
)
NOBODY = r"(?:nobody|no one|no-one|nothing|none|not a soul|no soul|neither)(?: else| other)?"
# "There is no doubt": no things.
UNREAL = any_of(
    """doubt question mistaking denying stopping telling need way escape hurry rush turning point reason use end
    shortage lack exception better longer fewer less response answer reply reaction camera cuts? zoom pan sooner
    limit cause stranger match comparison hesitation resistance time_to more_than choice excuse harm room_for"""
)
EYE = any_of(
    """one you we viewers a_viewer an_observer the_(?:viewer|camera|eye|onlooker|observer|lens)s? anyone_(?:looking"
    "|watching)"""
)
SEE = any_of(
    """see make_out find spot come_across discover detect observe notice encounter glimpse discern witness meet
    recogni[sz]e hear catch_sight_of catch_a_glimpse_of get_to_see show reveal capture include contain feature
    record display hold have depict present pick_out identify locate perceive get look_at be_shown get_a_glimpse_of
    come_upon run_into catch"""
)
SEES = any_of(
    """sees? makes?_out finds? spots? comes?_across discovers? detects? observes? notices? encounters? discerns?
    meets? hears? shows? reveals? captures? includes? contains? features? records? displays? depicts? presents?
    offers? provides? boasts? knows? gives? accommodates? catch(?:es)? (?:falls?|lights?|rests?)_(?:up)?on"""
)
HOLDS = any_of("holds? has have bears? carries hosts? harbou?rs? houses? comes?_with")
# Where a scene is; what it has not is not in the scene. A thing may be without what a thing has.
ROOM = any_of(
    """scene shot frame view picture image setting background foreground composition surroundings area place
    environment landscape location site space vicinity backdrop scenery footage video clip recording sequence
    soundtrack audio street streets road roads lane alley path trail highway motorway pavement sidewalk square plaza
    yard courtyard garden park field meadow lawn pasture hill hillside slope mountain valley desert beach shore
    coast sea ocean water lake pond river canal stream bay harbou?r port quay forest wood woods jungle sky horizon
    skyline ground room hall kitchen office studio workshop shop store market station track tracks stadium arena
    pitch court stands bleachers gallery corridor hallway aisle classroom church interior exterior rink pool gym
    garage runway airport village town city district neighbou?rhood course lobby car_park parking_lot waiting_room"""
)
THING = any_of(
    """house building wall walls bridge train bus carriage floor map page pier jetty deck dock stage staircase
    terrace balcony platform cockpit screen interface shelf shelves table counter ceiling boat ship"""
)
# Whoever and whatever is often said not to be there, and what they may fail to do all the same.
CROWD = any_of(
    """people persons? humans? pedestrians? passers-by passersby bystanders? onlookers? spectators? audience crowds?
    crew visitors? customers? shoppers? guests? tourists? passengers? commuters? travell?ers? swimmers? bathers?
    surfers? anglers? cyclists? hikers? climbers? skiers? children kids adults? parents? colleagues? co-?workers?
    team-?mates? opponents? competitors? rivals? players? fans? musicians? judges? referees? coaches lifeguards?
    police officers? soldiers? firefighters? workers? staff waiters? helpers? assistants? pupils? students? figures?
    riders? vehicles? cars? trucks? lorries buses trams? bikes? bicycles? boats? ships? planes? helicopters? traffic
    animals? dogs? cats? birds? gulls? pigeons? horses? cows? insects pets? buildings? houses skyscrapers? trees?
    bushes vegetation clouds? furniture chairs? benches text captions? subtitles? logos? watermarks? overlays?
    graphics? lettering signage dialogue music narration speech voice-?overs? branding decorations? props? posters?"""
)
SCENERY = f"(?:{CROWD}|objects?|signs?|labels?|writing|audio|sounds?|effects)"
ACTS = any_of(
    """notices? react(?:s|ed)? hears? minds? flinch(?:es)? knows? cares? stops? moves? reply replies answers?
    touch(?:es)? hits? reach(?:es)? fits? gives? lets? tak(?:es?|en)_notice seems? blinks? speaks? talks? listens?
    laughs? smiles? wins? loses? scores? catch(?:es)? sees? cries barks? sinks? crash(?:es)? jumps? dives? wakes?
    sleeps? dares? manages? wants? makes? gets? finds? eats? drinks? screams? shouts? sings? applauds?
    surviv(?:es?|ed) budges? stirs? helps? cheers? claps? fall(?:s|en)?"""
)
