"""Anki: one card for each question and each fact, under ids that never change, so that a later import updates them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from cloudcrib.kit import atomic
from cloudcrib.kit.richtext import block, inline, link
from cloudcrib.question.kinds import Choose, Item, Match, Number, Order, Question, public
from cloudcrib.quizzes.bank import Bank
from cloudcrib.study import flashcards, standing

NAME = "AWS Solutions Architect – Associate"
FIELDS = ("Front", "Back", "Source")
CSS = """.card { font: 18px/1.5 system-ui, sans-serif; text-align: left; max-width: 46rem; margin: 0 auto; padding: 0 12px; }
.source { font-size: 14px; opacity: .75; } li { margin: .3em 0; } code { font-size: .92em; }"""
TEMPLATE = {
    "name": "Card",
    "qfmt": "{{Front}}",
    "afmt": '{{FrontSide}}<hr id="answer">{{Back}}<p class="source">{{Source}}</p>',
}


def number(name: str) -> int:
    """The number that Anki knows a deck or a kind of card by: the same for a name for ever."""
    return int.from_bytes(sha256(f"cloudcrib/{name}".encode()).digest()[:4], "big") % (1 << 30) + (1 << 30)


def write(path: Path, every: Mapping[str, Bank]) -> int:
    """Write a package of decks, one a chapter, in one step; how many cards it holds."""
    import genanki

    place = itertools.count(1)  # in the course, so that new cards come in its order
    decks = [_deck(slug, bank, place) for slug, bank in every.items()]
    with atomic.replacing(path) as beside:
        genanki.Package(decks).write_to_file(beside)
    return sum(len(deck.notes) for deck in decks)


def _deck(slug: str, bank: Bank, place: Iterator[int]) -> Any:
    import genanki

    model = genanki.Model(number("model"), "cloudcrib", [{"name": name} for name in FIELDS], [TEMPLATE], css=CSS)
    deck = genanki.Deck(number(f"deck/{slug}"), f"{NAME}::{standing.title(bank)}")
    for id, front, back, source in _cards(slug, bank):
        guid = genanki.guid_for("cloudcrib", id)
        tags = [f"cloudcrib::{slug}"]
        deck.add_note(genanki.Note(model, [front, back, source], guid=guid, tags=tags, due=next(place)))
    return deck


def _cards(slug: str, bank: Bank) -> Iterator[tuple[str, str, str, str]]:
    for question in bank.keys.values():
        behind = bank.fact_behind(question.id)
        yield f"question/{question.id}", front(question), back(question), _source(behind)
    for fact in bank.facts.values():
        one = flashcards.card(fact)
        yield f"fact/{fact.id}", block(one.front), block(one.back), _source(fact)


def _source(fact: Any) -> str:
    return f"{link(fact.source, 'AWS')}, checked {fact.checked}" if fact else ""


def front(question: Question) -> str:
    """What is asked, with everything there is to choose from."""
    shown = public(question)
    lists = [
        _list(each["text"] for each in shown[name]) for name in ("options", "items", "left", "right") if name in shown
    ]
    return block(question.stem) + "<hr>".join(lists)


def back(question: Question) -> str:
    """The answer, and why it is one and the others are not."""
    match question.body:
        case Choose(options):
            ranked = sorted(options, key=lambda option: not option.right)
            return _list(f"{'✓' if o.right else '✗'} {o.text}\n\n{o.why}" for o in ranked)
        case Number(answer, why, _, unit):
            return block(f"**{answer:,} {unit}**\n\n{why}")
        case Order(items, why):
            return _list((item.text for item in items), "ol") + block(why)
        case Match(left, right, why):
            return _list(f"{each.text} → **{_text(right, each.to)}**" for each in left) + block(why)


def _text(rights: tuple[Item, ...], id: str) -> str:
    return next(each.text for each in rights if each.id == id)


def _list(texts: Any, tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li>{inline(text)}</li>' for text in texts)}</{tag}>"
