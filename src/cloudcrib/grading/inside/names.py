"""Names in the code of a cell: what it takes from outside, and what it binds."""

from __future__ import annotations

import ast
import symtable


def used(source: str) -> set[str]:
    """Names that a cell takes from outside: read as globals, in whatever function, and not bound at its top level."""
    try:
        top = symtable.symtable(source, "cell", "exec")
    except (SyntaxError, ValueError):
        return set()
    own = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    read, tables = set(), [top]
    while tables:
        table = tables.pop()
        outer = table is top
        read |= {s.get_name() for s in table.get_symbols() if s.is_referenced() and (outer or s.is_global())}
        tables.extend(table.get_children())
    return read - own


def bound(tree: ast.Module) -> set[str]:
    """Names that a cell binds at its top level."""
    found: set[str] = set()
    queue: list[ast.AST] = list(tree.body)
    while queue:
        node = queue.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
            continue
        if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            continue
        if isinstance(node, ast.alias):
            found.add((node.asname or node.name).partition(".")[0])
        if isinstance(node, ast.ExceptHandler) and node.name:
            found.add(node.name)
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        queue.extend(ast.iter_child_nodes(node))
    return found
