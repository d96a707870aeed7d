"""What is likely wrong with a text that is no TOML, in plain words: tomllib says at which character it gave up, and not why."""

from __future__ import annotations

import re
from collections.abc import Callable

from cloudcrib.course.scan import end_of_line, state_at, tokens

CURLY = "“”„‟‘’‚‛«»"
SHOWN = 72  # characters of the line that a sentence shows
STATEMENT = re.compile(r"""\s*([\w."'-]+\s*=(?!=)|\[\[?\s*[\w."' -]+\]\]?\s*(#.*)?$)""")
WORDS = {"True": "true", "False": "false", "yes": "true", "no": "false", "None": "nothing: leave the line out"}
Said = tuple[int, str]  # the offset of the line that is wrong, and what is wrong there


def explain(text: str, complaint: str) -> tuple[int, str]:
    """The line and the sentence for what tomllib complains of."""
    at = _offset(text, complaint)
    said = re.sub(r"\s*\(at [^)]*\)$", "", complaint)
    place, sentence = next(filter(None, (look(text, at, said) for look in LOOKS)), (at, f"This is not TOML: {said}."))
    line = text.count("\n", 0, place) + 1
    shown = text.split("\n")[line - 1].strip()
    cut = shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"
    return line, f"{sentence} The line: {cut}" if cut else sentence


def _offset(text: str, complaint: str) -> int:
    found = re.search(r"at line (\d+), column (\d+)", complaint)
    if not found:
        return len(text.rstrip())
    above = text.split("\n")[: int(found[1]) - 1]
    return min(sum(len(line) + 1 for line in above) + int(found[2]) - 1, len(text))


def _line_at(text: str, at: int) -> tuple[int, str]:
    start = text.rfind("\n", 0, at) + 1
    return start, text[start : end_of_line(text, start)]


def _number(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _merge(text: str, at: int, said: str) -> Said | None:
    found = re.search(r"^(<{7}|={7}|>{7})( |$)", text, re.MULTILINE)
    return (found.start(), "This line is left from a merge; keep one of the two versions.") if found else None


def _open_text(text: str, at: int, said: str) -> Said | None:
    """A text whose closing quotes are missing."""
    opened = state_at(text, at).opened
    if not opened:
        return None
    quotes, start = opened
    if len(quotes) == 3:
        return start, f"The text that opens here with {quotes} is never closed; end it with {quotes}."
    if "Illegal character" not in said:
        return None
    if any(sign in text[start : end_of_line(text, start)] for sign in CURLY):
        return start, f"The text that opens here with {quotes} ends with a curly quotation mark; end it with {quotes}."
    return start, f"The text that opens here with {quotes} is not closed on this line; end it with {quotes}."


def _swallowed(text: str, at: int, said: str) -> Said | None:
    """A long text without its end runs on to where the next one opens, and ends there."""
    for kind, start, stop in tokens(text, at):
        if kind in ('"""', "'''") and stop > 0:
            *_, last = text[start:stop].split("\n")
            if re.fullmatch(rf"\s*[\w-]+\s*=\s*{kind}", last):
                return start, f"The text that opens here with {kind} is never closed; end it with {kind}."
    return None


def _open_bracket(text: str, at: int, said: str) -> Said | None:
    """A list or an inline table whose end is missing, so that the next statement seems to stand in it."""
    if said.startswith("Cannot"):
        return None
    start, line = _line_at(text, at)
    brackets = state_at(text, start).brackets
    if brackets and (STATEMENT.match(line) or at >= len(text.rstrip())):
        kind, place = brackets[-1]
        if kind == "{":
            return place, "A table between { and } stands on one line; this one is not closed there."
        return place, "The list that opens here with [ is never closed; end it with ]."
    if at >= len(text.rstrip()) and (inner := state_at(text, at).brackets):
        return inner[-1][1], f"What opens here with {inner[-1][0]} is never closed."
    return None


def _comma(text: str, at: int, said: str) -> Said | None:
    """Two values side by side in a list or an inline table."""
    if not said.startswith("Unclosed"):
        return None
    start, stop = state_at(text, at).last
    rest = text[at : end_of_line(text, at)].strip()
    if said == "Unclosed inline table" and (not rest or rest.startswith("#")):
        return start, "A table between { and } stands on one line; this one is not closed there."
    if rest[:1] in ("]", "}"):
        return at, f"The brackets do not match: {rest[0]} closes what another bracket opens."
    return start, f"A comma is missing behind {_cut(text[start:stop])}."


def _cut(value: str) -> str:
    return value if len(value) <= 30 else value[:14] + " … " + value[-10:]


def _curly(text: str, at: int, said: str) -> Said | None:
    """Quotes as a word processor writes them."""
    start, line = _line_at(text, at)
    bare = re.sub(r'"(?:\\.|[^"\\])*"|' r"'[^']*'", "", line)
    if any(sign in bare for sign in CURLY):
        return start, 'These quotation marks are curly; TOML wants straight ones: "…".'
    return None


def _value(text: str, at: int, said: str) -> Said | None:
    """Something that is no value where one is asked for."""
    if said != "Invalid value":
        return None
    rest = re.sub(r"\s+#.*", "", text[at : end_of_line(text, at)]).strip()
    if not rest:
        return at, "Nothing stands behind the equals sign."
    word = re.split(r"[\s,\]}]", rest)[0]
    if word in WORDS:
        return at, f"{word} is no value of TOML; write {WORDS[word]}."
    whole = re.split(r"[,\]}]", rest)[0].strip().strip("\"'")
    return at, f'A text stands between quotation marks: write "{_cut(whole)}".'


def _trailing(text: str, at: int, said: str) -> Said | None:
    """More on a line than one value."""
    if not said.startswith("Expected newline or end of document"):
        return None
    start, line = _line_at(text, at)
    value, rest = line.partition("=")[2].strip(), text[at : end_of_line(text, at)].strip()
    if re.match(r"\d{4}-\d\d-\d\d\b", value):
        return start, "There is no such day; a date is written year-month-day: 2026-11-24."
    if re.match(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}", value):
        return start, "A date is written year-month-day, without quotes: 2026-11-24."
    if re.match(r"-?\d+,\d", value):
        return start, "A number has a point before its decimals and no commas: 0.5, 1000."
    if re.match(r"-?\d", value):
        return start, "A number stands alone, and what holds letters too stands between quotation marks."
    if rest[:1] in ("]", "}"):
        return start, f"There is one {rest[0]} too many."
    if value[:1] in "\"'" and value[:1] and value[0] in rest:
        instead = 'write \\" there' if value[0] == '"' else 'enclose the whole text in " instead'
        return start, f"A {value[0]} inside a text ends it; {instead}."
    return start, "Behind a value the line ends; more stands here."


def _key(text: str, at: int, said: str) -> Said | None:
    """What stands where a name is asked for, or behind it."""
    start, line = _line_at(text, at)
    rest = text[at : end_of_line(text, at)].strip()
    if said.startswith("Expected '=' after a key"):
        if rest.startswith(":"):
            return start, "A name and its value are joined by =, not by a colon."
        return (
            start,
            "A line is a name, an equals sign and a value; a text of several lines stands between three quotation marks.",
        )
    if said.startswith("Invalid initial character for a key part"):
        if "{{" in re.sub(r'"(?:\\.|[^"\\])*"', "", line):
            return start, 'A placeholder stands inside of a text: "{{fact-id.key}}".'
        if rest.startswith("}"):
            return start, "No comma stands before the } of a table on one line."
        if not rest:
            return state_at(text, at).last[0], "A table between { and } stands on one line; this one goes on below."
    if said == "Invalid statement" and rest[:1] in ("]", "}"):
        return start, f"This {rest[0]} closes nothing; its opening bracket is missing, or was closed above."
    return None


def _twice(text: str, at: int, said: str) -> Said | None:
    """A name that one table has twice, or a table that stands there twice."""
    if said.startswith("Duplicate inline table key"):
        return at, f"The name {said.split()[-1]} stands twice in this table; one is too many."
    if not said.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate", "Cannot redefine")):
        return None
    start, line = _line_at(text, at)
    while start and (not STATEMENT.match(line) or state_at(text, start).brackets):
        start, line = _line_at(text, start - 1)
    name = re.split(r"\s*=", line.strip())[0]
    earlier = [m.start() for m in re.finditer(rf"^[ \t]*{re.escape(name)}[ \t]*(=|$)", text[:start], re.MULTILINE)]
    where = f"line {_number(text, earlier[-1])}" if earlier else "above"
    if name.startswith("["):
        unlike = f"{name} does not fit what stands above: [[…]] is one of several, […] stands alone."
        return start, f"{name} stands already on {where}; a table is written once." if earlier else unlike
    return start, f"`{name}` stands already on {where}, in the same table; one is too many."


def _rest(text: str, at: int, said: str) -> Said | None:
    if said.startswith("Expected ']"):
        return (
            at,
            f"The name of a table ends with {said.split()[1].strip(chr(39))}, as many brackets as it begins with.",
        )
    if said.startswith("Unescaped") or "hex value" in said:
        return at, 'A backslash in a text between " and " is written twice: \\\\.'
    if said.startswith("Invalid date"):
        return at, "There is no such day; a date is written year-month-day: 2026-11-24."
    if said.startswith("Illegal character"):
        return at, "This line holds a character that cannot be seen and that TOML forbids; type the line again."
    return None


LOOKS: tuple[Callable[[str, int, str], Said | None], ...] = (
    _merge, _swallowed, _open_text, _curly, _open_bracket, _comma, _value, _trailing, _key, _twice, _rest,
)  # fmt: skip
