import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.facts.candidates import Reading
from legation.people.register import Register, promote
from legation.reading.names import find_names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Был у г-на Идена, потом гулял.", [("г-на Идена", ("mr",), (), "Идена")]),
        ("Встретил господина Черчилля.", [("господина Черчилля", ("mr",), (), "Черчилля")]),
        ("Говорил с тов. Сталиным.", [("тов. Сталиным", ("comrade",), (), "Сталиным")]),
        ("Видел Максима Литвинова в Москве.", [("Максима Литвинова", (), ("Максима",), "Литвинова")]),
        ("Είδα τον κύριο Παπαδόπουλο.", [("κύριο Παπαδόπουλο", ("mr",), (), "Παπαδόπουλο")]),
        ("Ο κ. Βενιζέλος ήρθε στην Αθήνα.", [("κ. Βενιζέλος", ("mr",), (), "Βενιζέλος")]),
        ("Μίλησα με τον Γεώργιο Σεφέρη.", [("Γεώργιο Σεφέρη", (), ("Γεώργιο",), "Σεφέρη")]),
        ("今天见了周恩来先生。", [("周恩来先生", ("mr",), ("恩来",), "周")]),
        ("와 王将军。", [("王将军", ("general",), (), "王")]),
        ("قابلت السيد محمد علي في القاهرة", [("السيد محمد علي", ("mr",), ("محمد",), "علي")]),
        ("وصل والدكتور طه حسين معه", [("الدكتور طه حسين", ("doctor",), ("طه",), "حسين")]),
        ("ثم جاء جمال عبد الناصر إلى البيت", [("جمال عبد الناصر", (), ("جمال", "عبد"), "الناصر")]),
    ],
)
def test_names_with_a_title_or_in_full(text, found):
    sure = [m for m in find_names(text) if m.sure]
    assert [(m.span.cut(text), m.titles, m.given, m.surname) for m in sure] == found


@pytest.mark.parametrize(
    "text",
    [
        "Я был в Москве и в Лондоне.",
        "Сегодня обедал дома.",
        "Στην Αθήνα βρέχει.",
        "今天天气很好。",
        "ذهبت إلى القاهرة",
    ],
)
def test_words_that_name_nobody(text):
    assert [m.span.cut(text) for m in find_names(text) if m.sure] == []


def test_a_lone_chinese_word_is_left_to_the_address_book():
    text = "来客：周恩来、陈毅。"
    reading = Reading("entry", mentions=find_names(text))
    assert [m.span.cut(text) for m in reading.mentions] == ["周恩来", "陈毅"]
    assert promote(reading, Register()) == (False, False)
    assert promote(reading, Register(), frozenset({"恩来 周"})) == (True, False)


@given(st.text(alphabet=st.sampled_from("周王先生将军、。 المحمدعليوبن السيد гнИваκΑ.a\n"), max_size=60))
def test_every_name_lies_in_its_text_in_order(text):
    found = find_names(text)
    assert all(m.span.end <= len(text) for m in found)
    assert list(found) == sorted(found, key=lambda m: m.span)
