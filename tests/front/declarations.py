"""The browser's table of messages as shapes: a reader of the few forms that `protocol.d.ts` is written in."""

from __future__ import annotations

import re

from shapes import Fields, Shape, Table, literal, union

TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|\s+|(?P<token>[A-Za-z]\w*|"[^"\\\n]*"|\[\]|[{}\[\]<>():;,?|=])', re.DOTALL)
BASES = ("string", "number", "boolean", "null")


class Reader:
    """Reads declarations from the front to the end; whatever it does not know is an error and not skipped."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.types: dict[str, Shape] = {}
        self.objects: dict[str, Fields] = {}
        self.hidden: set[str] = set()

    def table(self) -> Table:
        """All that is exported."""
        while self.tokens:
            exported = self.met("export")
            match self.take():
                case "interface":
                    name = self.interface()
                case "type":
                    name = self.alias()
                case other:
                    raise SyntaxError(f"“{other}” begins no interface and no type.")
            self.hidden |= set() if exported else {name}
        objects = {name: each for name, each in self.objects.items() if name not in self.hidden}
        return Table(objects, {name: each for name, each in self.types.items() if name not in self.hidden})

    def interface(self) -> str:
        name = self.take()
        fields = dict(self.objects[self.take()]) if self.met("extends") else {}
        self.take("{")
        while not self.met("}"):
            field, optional = self.take(), self.met("?")
            self.take(":")
            fields[field] = (not optional, self.type())
            self.take(";")
        self.objects[name] = fields
        return name

    def alias(self) -> str:
        name = self.take()
        self.take("=")
        self.types[name] = self.type()
        self.take(";")
        return name

    def type(self) -> Shape:
        self.met("|")
        parts = [self.listed()]
        while self.met("|"):
            parts.append(self.listed())
        return union(parts)

    def listed(self) -> Shape:
        shape = self.single()
        while self.met("[]"):
            shape = Shape("list", (shape,))
        return shape

    def single(self) -> Shape:
        word = self.take()
        if word == "(":
            shape = self.type()
            self.take(")")
            return shape
        if word == "[":
            return self.tuple()
        if word == "Record":
            return self.record()
        if word.startswith('"'):
            return literal(word[1:-1])
        if word in self.types:
            return self.types[word]
        if word in BASES or word in self.objects:
            return Shape(word)
        raise SyntaxError(f"“{word}” is no type that stands above.")

    def tuple(self) -> Shape:
        parts: list[Shape] = []
        while not self.met("]"):
            if self.tokens[1] == ":":
                del self.tokens[:2]  # a label
            parts.append(self.type())
            self.met(",")
        return Shape("tuple", tuple(parts))

    def record(self) -> Shape:
        for token in ("<", "string", ","):
            self.take(token)
        shape = self.type()
        self.take(">")
        return Shape("record", (shape,))

    def met(self, token: str) -> bool:
        """Whether this token comes next; then it is read."""
        return bool(self.tokens) and self.tokens[0] == token and bool(self.take())

    def take(self, wanted: str | None = None) -> str:
        if not self.tokens or (wanted and self.tokens[0] != wanted):
            raise SyntaxError(f"Not “{wanted}” but “{' '.join(self.tokens[:5]) or 'the end'}”.")
        return self.tokens.pop(0)


def _tokens(text: str) -> list[str]:
    place, found = 0, []
    while place < len(text):
        hit = TOKEN.match(text, place)
        if not hit:
            raise SyntaxError(f"Cannot be read: {text[place : place + 40]!r}")
        found += [hit["token"]] if hit["token"] else []
        place = hit.end()
    return found
