"""Rows in, rows out; transactions that happen whole or not at all."""

from __future__ import annotations

import pytest

from legation.store.store import Store
from legation.store.tx import chunks


@pytest.fixture
def store():
    made = Store(None)
    yield made
    made.close()


def row(name: str, **values):
    return {"name": name, "value": "v", **values}


def test_insert_put_keep(store):
    with store.writing() as tx:
        before = tx.count("settings")
        tx.insert("settings", [row("a"), row("b")])
        tx.put("settings", [row("a", value="new")])
        tx.keep("settings", [row("b", value="lost"), row("c")])
        assert [tx.setting(n) for n in "abc"] == ["new", "v", "v"]
        tx.insert("settings", [])
        assert tx.count("settings") == before + 3
        assert tx.count("settings", value="new") == 1


def test_load_with_conditions_order_and_limit(store):
    with store.writing() as tx:
        tx.clear("settings")
        tx.insert("settings", [row(n, value=str(i % 2)) for i, n in enumerate("abcde")])
        assert [r["name"] for r in tx.load("settings", order=("-name",), limit=2, offset=1)] == ["d", "c"]
        assert [r["name"] for r in tx.load("settings", value="1", order=("name",), columns=("name",))] == [
            "b",
            "d",
        ]
        assert tx.load("arrivals", document=None) == []


def test_keys_of_every_number_and_kind(store):
    with store.writing() as tx:
        tx.clear("settings")
        names = [f"n{n}" for n in range(12_000)] + ["quote'\"", "\u2028", "Ёж", "back\\slash", ""]
        tx.insert("settings", [row(n) for n in names])
        assert {r["name"] for r in tx.load_in("settings", "name", names)} == set(names)
        assert tx.load_in("settings", "name", []) == []
        tx.delete("settings", "name", [n for n in names if n != "Ёж"])
        assert [r["name"] for r in tx.load("settings")] == ["Ёж"]


def test_update_sets_the_other_columns(store):
    with store.writing() as tx:
        tx.insert("settings", [row("a"), row("b")])
        tx.update("settings", "name", [row("a", value="1"), row("b", value="2")])
        tx.update("settings", "name", [])
        assert (tx.setting("a"), tx.setting("b"), tx.setting("none")) == ("1", "2", "")


def test_a_failed_transaction_leaves_nothing(store):
    def fail(tx):
        tx.set_setting("a", "1")
        raise RuntimeError

    with pytest.raises(RuntimeError), store.writing() as tx:
        fail(tx)
    with store.looking() as tx:
        assert tx.setting("a") == ""


def test_looking_does_not_write(store):
    with store.looking() as tx:
        tx.set_setting("a", "1")
    with store.looking() as tx:
        assert tx.setting("a") == ""


def test_one_state_throughout(tmp_path):
    store = Store(tmp_path / "ledger.sqlite", create=True)
    with store.looking() as before:
        assert before.setting("a") == ""
        with store.writing() as tx:
            tx.set_setting("a", "1")
        assert before.setting("a") == ""
    with store.looking() as after:
        assert after.setting("a") == "1"
    store.close()


def test_unknown_tables_are_refused(store):
    with store.writing() as tx:
        for call in (
            lambda: tx.load("no_table"),
            lambda: tx.insert("no_table", [row("a")]),
            lambda: tx.delete("no_table; DROP TABLE arrivals", "a", ["b"]),
            lambda: tx.clear("no_table"),
        ):
            with pytest.raises(KeyError):
                call()


def test_work_is_noted_once(store):
    with store.writing() as tx:
        tx.add_pending("item", ["a", "b", "a"])
        tx.add_pending("item", ["b"])
        assert tx.load_pending() == {"item": {"a", "b"}}


def test_full_text_follows_the_texts(store):
    def hits(tx, word):
        return tx.query("SELECT rowid FROM search WHERE search MATCH :word", word=word)

    with store.writing() as tx:
        text = {"item": "i-1", "title": "", "body": "Déjeuner with Halifax"}
        tx.insert("texts", [text])
        assert len(hits(tx, "dejeuner")) == 1
        tx.update("texts", "item", [{"item": "i-1", "body": "Dinner"}])
        assert (len(hits(tx, "dejeuner")), len(hits(tx, "dinner"))) == (0, 1)
        tx.delete("texts", "item", ["i-1"])
        assert hits(tx, "dinner") == []


def test_paths_below(store):
    def arrive(number: int, path: str):
        return {
            "arrival": f"r-{number}", "item": f"i-{number}", "source": "s", "path": path, "part": "", "ordinal": 0,
            "document": None, "kind": "text", "author": "", "mapping": "{}", "previous": "", "arrived_at": "",
        }  # fmt: skip

    paths = ["a/b", "a/c/d", "ab", "A/b", "a%b/c", "a_b/c"]
    with store.writing() as tx:
        tx.insert("arrivals", [arrive(n, p) for n, p in enumerate(paths)])
        assert [r["path"] for r in tx.current_arrivals(under="a")] == ["a/b", "a/c/d"]
        assert [r["path"] for r in tx.current_arrivals(under="a/b")] == ["a/b"]
        assert [r["path"] for r in tx.current_arrivals(under="a%b/")] == ["a%b/c"]
        assert len(tx.current_arrivals()) == 6


def test_chunks():
    assert list(chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(chunks([], 2)) == []
