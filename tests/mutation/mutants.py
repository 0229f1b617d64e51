"""Small wrong changes to a module, one at a time: what a test suite ought to notice.

``mutations`` walks a syntax tree and yields every change that can be made to it, always in the same order, so that the
same source always has the same mutants. A text is replaced as a whole, a sentence with its values too. Left alone is
what no test of behaviour could notice: docstrings, annotations, ``__all__``, imports, how titles in tables are worded,
the size of a cache, and ``zip(strict=True)``, which only guards against ourselves.
"""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
TELLING = (ast.BinOp, ast.Compare, ast.Call, ast.Subscript, ast.Slice, ast.UnaryOp, ast.IfExp, ast.keyword)
"""What is shown around a constant that changes, for telling one 1 from another."""
CALLED_INSTEAD = {"min": "max", "max": "min", "any": "all", "all": "any", "reversed": "iter"}
OTHER_TEXT = "XX"
CODE = re.compile(r"[a-z0-9_.@/-]*")
"""What a code looks like, and not a title."""
LONGEST_CHANGE = 160
Function = tuple[str, int, int]
"""The path of names to a function, and the first and the last line of its body; 0 outside of any."""


@dataclass(frozen=True)
class Mutant:
    """One wrong change. ``first`` to ``last`` are the lines of the function that it is in, or 0 outside of any.

    ``name`` says which change it is without a line number, so that it stays the same when other things move.
    """

    module: str
    path: Path
    number: int
    line: int
    first: int
    last: int
    place: str
    change: str
    nth: int

    @property
    def name(self) -> str:
        return f"{self.module}:{self.place} | {self.change} | {self.nth}"

    @property
    def is_in_body(self) -> bool:
        """Whether it is in the body of a function, and not in its defaults or outside of any."""
        return 0 < self.first <= self.line

    def compiled(self) -> Any:
        """Return the code of the module with this change."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        next(islice(mutations(tree), self.number, None)).make()
        return compile(ast.fix_missing_locations(tree), str(self.path), "exec")


@dataclass(frozen=True)
class Site:
    """A node where it hangs in the tree. ``above`` is the expression around it, for telling one 1 from another."""

    node: ast.AST
    above: ast.AST
    replace: Callable[[ast.AST], None]
    in_index: bool


@dataclass(frozen=True)
class Mutation:
    """A change that can be made to a tree, in this function."""

    function: Function
    site: Site
    replacement: ast.AST

    @property
    def line(self) -> int:
        return getattr(self.site.node, "lineno", getattr(self.site.above, "lineno", 0))

    def make(self) -> None:
        self.site.replace(self.replacement)

    def told(self) -> str:
        """Return how the place reads before and after."""
        line, half = " ".join(" -> ".join(_told(self.site, self.replacement)).split()), LONGEST_CHANGE // 2
        return line if len(line) <= LONGEST_CHANGE else f"{line[:half]} … {line[-half:]}"


def mutants_of(module: str, path: Path) -> list[Mutant]:
    """Return all mutants of a module, in the order of its text."""
    found: list[Mutant] = []
    seen: Counter[tuple[str, str]] = Counter()
    for number, mutation in enumerate(mutations(ast.parse(path.read_text(encoding="utf-8")))):
        (place, first, last), change = mutation.function, mutation.told()
        seen[place, change] += 1
        found.append(Mutant(module, path, number, mutation.line, first, last, place, change, seen[place, change]))
    return found


def mutations(tree: ast.Module) -> Iterator[Mutation]:
    """Yield every change. Make at most one: the tree is changed in place."""
    for function, site in _sites(tree):
        for replacement in _replacements(site):
            yield Mutation(function, site, replacement)


def _told(site: Site, replacement: ast.AST) -> tuple[str, str]:
    """Return how the place reads before and after, with what is around a bare constant."""
    if isinstance(site.node, ast.If | ast.While) and isinstance(replacement, ast.If | ast.While):
        return f"if {ast.unparse(site.node.test)}", f"if {ast.unparse(replacement.test)}"
    if not isinstance(site.node, ast.Constant) or not isinstance(site.above, TELLING):
        return ast.unparse(site.node), ast.unparse(replacement)
    before = ast.unparse(site.above)
    site.replace(replacement)
    after = ast.unparse(site.above)
    site.replace(site.node)
    return before, after


def _sites(tree: ast.Module) -> Iterator[tuple[Function, Site]]:
    """Yield every node that may be changed, with the outermost function that it stands in."""

    def below(node: ast.AST, function: Function, above: ast.AST, in_index: bool) -> Iterator[Any]:
        for name, value in ast.iter_fields(node):
            for at, child in enumerate(value if isinstance(value, list) else [value]):
                if not isinstance(child, ast.AST) or _is_left_alone(node, name, child, outside=not function[1]):
                    continue
                inside = _function_of(child, function, in_body=name == "body")
                indexed = isinstance(node, ast.Subscript | ast.Slice) or (in_index and isinstance(node, ast.UnaryOp))
                replace = _replacer(node, name, at if isinstance(value, list) else None)
                yield inside, Site(child, node, replace, indexed)
                yield from below(child, inside, node, indexed)

    yield from below(tree, ("", 0, 0), tree, False)


def _function_of(node: ast.AST, outer: Function, *, in_body: bool) -> Function:
    """Return the function a node is in: its path of names, and the lines of its body."""
    name, first, _ = outer
    if isinstance(node, ast.ClassDef):
        return f"{name}.{node.name}".strip("."), *outer[1:]
    if isinstance(node, ast.FunctionDef) and not first:
        return f"{name}.{node.name}".strip("."), node.body[0].lineno, node.end_lineno or 0
    return outer


def _replacer(parent: ast.AST, name: str, at: int | None) -> Callable[[ast.AST], None]:
    if at is None:
        return lambda node: setattr(parent, name, node)
    return lambda node: getattr(parent, name).__setitem__(at, node)


def _is_left_alone(parent: ast.AST, name: str, child: ast.AST, *, outside: bool) -> bool:
    match child:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):  # such an expression is a docstring
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.Call(func=ast.Name(id="lru_cache" | "cast")):
            return True
        case ast.Constant(value=str(text)) if outside and not CODE.fullmatch(text):
            return True
        case ast.keyword(arg="strict"):
            return isinstance(parent, ast.Call)
    return name in ("annotation", "returns", "format_spec") or (isinstance(parent, ast.JoinedStr) and _is_text(child))


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _replacements(site: Site) -> list[ast.AST]:
    node = site.node
    if isinstance(node, ast.Constant):
        return _other_constants(node.value, in_index=site.in_index)
    if isinstance(node, ast.JoinedStr):
        return [ast.Constant(OTHER_TEXT)]
    if isinstance(node, ast.expr):
        return _other_expressions(node, in_slice=isinstance(site.above, ast.Slice))
    if isinstance(node, ast.comprehension):
        return [_with(node, ifs=[*node.ifs[:at], *node.ifs[at + 1 :]]) for at in range(len(node.ifs))]
    return _other_statements(node) if isinstance(node, ast.stmt) else []


def _other_constants(value: object, *, in_index: bool) -> list[ast.AST]:
    if isinstance(value, bool):
        return [ast.Constant(not value)]
    if isinstance(value, int):
        return [ast.Constant(value + 1), *([ast.Constant(value - 1)] if in_index else [])]
    if isinstance(value, float):
        return [ast.Constant(value + 1)]
    if isinstance(value, str):
        return [ast.Constant(OTHER_TEXT)]
    return []


def _other_expressions(node: ast.expr, *, in_slice: bool) -> list[ast.AST]:
    found: list[ast.AST] = []
    if in_slice and not isinstance(node, ast.UnaryOp):
        found = [ast.BinOp(node, operator(), ast.Constant(1)) for operator in (ast.Add, ast.Sub)]
    match node:
        case ast.BinOp(op=operator) if type(operator) in SWAPPED:
            found.append(_with(node, op=SWAPPED[type(operator)]()))
        case ast.BoolOp():
            found += _other_conditions(node)
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert(), operand=operand):
            found.append(operand)
        case ast.Compare(ops=operators):
            swaps = [[*operators[:at], SWAPPED[type(one)](), *operators[at + 1 :]] for at, one in enumerate(operators)]
            found += [_with(node, ops=ops) for ops in swaps]
        case ast.IfExp(body=body, orelse=orelse):
            found += [body, orelse]
        case ast.Call(func=ast.Name(id=name)) if name in CALLED_INSTEAD:
            found.append(_with(node, func=ast.Name(CALLED_INSTEAD[name], ast.Load())))
        case ast.Call(func=ast.Name(id="sorted"), args=arguments):
            found.append(ast.Call(ast.Name("list", ast.Load()), arguments, []))
        case ast.Yield(value=ast.expr()):
            found.append(ast.Yield(ast.Constant(None)))
    return found


def _other_conditions(node: ast.BoolOp) -> list[ast.AST]:
    """Return "or" for "and", and the condition without each of its parts."""
    fewer = [node.values[:at] + node.values[at + 1 :] for at in range(len(node.values))]
    left = [some[0] if len(some) == 1 else _with(node, values=some) for some in fewer]
    return [_with(node, op=SWAPPED[type(node.op)]()), *left]


def _other_statements(node: ast.stmt) -> list[ast.AST]:
    found: list[ast.AST] = []
    match node:
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            found.append(ast.Return(ast.Constant(None)))
        case ast.If():
            found += [_with(node, test=ast.Constant(truth)) for truth in (True, False)]
        case ast.While():
            found.append(_with(node, test=ast.Constant(False)))
        case ast.Expr(value=ast.Call()):
            found.append(ast.Pass())
        case ast.AugAssign(op=operator):
            found.append(ast.Pass())
            if swapped := SWAPPED.get(type(operator)):
                found.append(_with(node, op=swapped()))
        case ast.Continue() | ast.Break():
            found.append(ast.Break() if isinstance(node, ast.Continue) else ast.Continue())
    return found


def _with(node: Any, **parts: Any) -> Any:
    """Return a copy of the node with other parts."""
    fields = {name: getattr(node, name) for name in node._fields} | parts
    return ast.copy_location(type(node)(**fields), node)
