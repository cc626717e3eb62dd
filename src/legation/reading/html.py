"""Plain text of an HTML message body: what a reader sees, nothing that acts or tracks."""

from __future__ import annotations

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: Quotations within quotations that are still marked one by one.
_QUOTE_LIMIT = 20
#: Nesting, and nesting times number of tags, from which a body is taken for an attack: building the
#: tree of such a page costs the product of the two. Its tags are cut out instead.
_DEPTH_LIMIT = 2_000
_WORK_LIMIT = 50_000_000
_DROPPED = [
    "script", "style", "head", "template", "noscript", "iframe", "object", "embed", "svg", "math",
    "canvas", "audio", "video", "select", "textarea", "title",
]  # fmt: skip
_BLOCKS = frozenset(
    "address article aside blockquote center dd details div dl dt fieldset figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul "
    "body".split()
)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote pre ul ol table".split())
_SELF_CLOSING = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td tr th dt dd "
    "option tbody thead tfoot".split()
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ACTIVE = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def html_to_text(html: str) -> str:
    """Make HTML plain: entities decoded, one line a block, quotations marked by `> `.

    Scripts, styles, forms' contents, pictures and what is hidden by an attribute are left out;
    links keep their words only. Nesting of any depth is fine.
    """
    if not html.strip():
        return ""
    if _is_hostile(html):
        return _cut_tags(html)
    tree = LexborHTMLParser(html.replace("\x00", ""))
    tree.strip_tags(_DROPPED)
    root = tree.body or tree.root
    if root is None:
        return ""
    writer = _Writer()
    _walk(root, writer)
    return writer.finish()


def _is_hostile(html: str) -> bool:
    depth = deepest = count = 0
    for match in _TAG.finditer(html):
        count += 1
        if match.group(1):
            depth = max(depth - 1, 0)
        elif match.group(2).lower() not in _SELF_CLOSING:
            depth += 1
            deepest = max(deepest, depth)
    return deepest > _DEPTH_LIMIT or deepest * count > _WORK_LIMIT


def _cut_tags(html: str) -> str:
    text = _ACTIVE.sub(" ", html)
    text = unescape(re.sub(r"<[^<>]*>", "\n", text))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


class _Writer:
    """Collects words into lines; white space is one blank, unless it is preformatted."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pieces: list[str] = []
        self.quotes = 0
        self.preformatted = 0

    def add(self, text: str) -> None:
        if self.preformatted:
            first, *rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self.pieces.append(first)
            for line in rest:
                self.end_line(force=True)
                self.pieces.append(line)
        else:
            self.pieces.append(_SPACE.sub(" ", text))

    def end_line(self, *, force: bool = False) -> None:
        line = "".join(self.pieces).replace("\xa0", " ")
        if not self.preformatted:
            line = re.sub(r" {2,}", " ", line).strip()
        self.pieces = []
        if line.strip() or force:
            self.lines.append("> " * min(self.quotes, _QUOTE_LIMIT) + line.rstrip())

    def blank(self) -> None:
        self.end_line()
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def finish(self) -> str:
        self.end_line()
        return _BLANK_LINES.sub("\n\n", "\n".join(self.lines)).strip("\n")


def _walk(root: LexborNode, writer: _Writer) -> None:
    """Visit the nodes in order without recursion: a message may nest a million elements."""
    root_id = root.mem_id  # comparing nodes would serialise both
    node: LexborNode | None = root
    while node is not None:
        entered = _enter(node, writer)
        child = node.child if entered else None
        if child is not None:
            node = child
            continue
        while node is not None:
            if entered:
                _leave(node, writer)
            if node.mem_id == root_id:
                return
            if node.next is not None:
                node = node.next
                break
            node = node.parent
            entered = True


def _enter(node: LexborNode, writer: _Writer) -> bool:
    tag = node.tag
    if tag == "-text":
        writer.add(node.text_content or "")
        return False
    if tag is None or tag.startswith(("-", "!", "_")):
        return False
    if tag == "br":
        writer.end_line(force=True)
        return False
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower() if attributes else ""
    if attributes and ("hidden" in attributes or "display:none" in style):
        return False
    if tag in _PARAGRAPHS:
        writer.blank()
    elif tag in _BLOCKS:
        writer.end_line()
    if tag == "blockquote":
        writer.quotes += 1
    elif tag == "pre":
        writer.preformatted += 1
    elif tag == "li":
        writer.add("- ")
    elif tag in {"td", "th"}:
        writer.add(" ")
    return True


def _leave(node: LexborNode, writer: _Writer) -> None:
    tag = node.tag or ""
    if tag not in _BLOCKS:
        return
    if tag in _PARAGRAPHS:
        writer.blank()
    else:
        writer.end_line()
    if tag == "blockquote":
        writer.quotes = max(writer.quotes - 1, 0)
    elif tag == "pre":
        writer.preformatted = max(writer.preformatted - 1, 0)
