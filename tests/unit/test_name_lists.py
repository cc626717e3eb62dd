import pytest

from legation.reading.names import ALL_STEPS, Steps, find_names


def sure(text: str, steps: Steps = ALL_STEPS) -> list[str]:
    return [m.span.cut(text) for m in find_names(text, steps=steps) if m.sure]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lunch with Halifax, Eden and Sikorski.", ["Halifax", "Eden", "Sikorski"]),
        ("Dinner: Halifax, Eden and Sikorski.", ["Halifax", "Eden", "Sikorski"]),
        ("Halifax, Eden and Sikorski came to dinner.", ["Halifax", "Eden", "Sikorski"]),
        ("I saw Halifax, Eden and Lord Cranborne.", ["Halifax", "Eden", "Lord Cranborne"]),
        ("Met Cadogan, Vansittart and Strang.", ["Cadogan", "Vansittart", "Strang"]),
        # Places stay places, alone and beside a person.
        ("Paris, London and Vienna agreed.", []),
        ("He went with Tom to London, Oxford and Eden.", ["Tom"]),
        ("We flew over London, Paris and Vienna.", []),
    ],
)
def test_a_list_of_company_carries_its_names(text: str, names: list[str]):
    assert sure(text) == names


def test_steps_can_be_left_out():
    text = "I saw Halifax, Eden and Lord Cranborne. Cranborne was late."
    assert sure(text, Steps(coordination=False)) == ["Lord Cranborne", "Cranborne"]
    assert sure(text, Steps(coordination=False, consistency=False)) == ["Lord Cranborne"]
    assert sure(text) == ["Halifax", "Eden", "Lord Cranborne", "Cranborne"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They passed the Storekeeper's accounts.", []),
        ("We landed at the old Swan and walked.", []),
        ("To the theatre, where we saw “Henry the Fifth”.", []),
        ("Old Fenwick's letter came.", ["Fenwick"]),
        ("Moss et al. say the same.", ["Moss"]),
        ("It was so (Fenwick & Moss, 1954).", ["Fenwick", "Moss"]),
        ("It was so long ago (London, 1954).", []),
        ("There spoke Lee Cheuk-yan of the union.", ["Lee Cheuk-yan"]),
    ],
)
def test_what_stands_around_a_bare_name(text: str, names: list[str]):
    assert sure(text) == names
