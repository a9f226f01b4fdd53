"""Leaves out of a picture what draws nothing, so that the page that holds it is read and laid out sooner.

Plotly writes layers, frames of labels and groups for a chart that answers to a pointer, which a picture does not do.
What is left draws the same: no mark, letter, place or colour changes.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

_SVG = "http://www.w3.org/2000/svg"
_GROUP, _DEFS = f"{{{_SVG}}}g", f"{{{_SVG}}}defs"
_LABEL = "annotation-text-g"
"""The group of one label, which keeps its class: whoever checks that no label stands on another looks for it."""
_SAYS_NOTHING = ("class", "data-index", "data-notex", "data-unformatted", "data-math", "pointer-events")
_DEFAULTS = {"opacity": "1", "vector-effect": "none"}
"""Properties that no element takes from the one around it, with the values that change nothing."""
_STILL = re.compile(r"rotate\(0(?:,[-\d.]+,[-\d.]+)?\)|translate\(0(?:,\s*0)?\)")
_REFERENCE = re.compile(r"#([\w-]+)")
_NO_LENGTH = re.compile(r"(?:M\s*[-\d.]+,[-\d.]+\s*)*")
ET.register_namespace("", _SVG)
ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def slim(svg: str) -> str:
    """Return an SVG with fewer elements that looks the same."""
    tree = ET.fromstring(svg)
    used = _find_references(tree)
    _tidy(tree, used)
    if not tree.get("style"):
        tree.attrib.pop("style", None)
    return ET.tostring(tree, encoding="unicode")


def _find_references(tree: ET.Element) -> set[str]:
    return {
        name
        for element in tree.iter()
        for attribute, value in element.attrib.items()
        if attribute != "id" and "#" in value
        for name in _REFERENCE.findall(value)
    }


def _tidy(parent: ET.Element, used: set[str]) -> None:
    """Tidy what is inside an element, from the innermost outwards."""
    kept: list[ET.Element] = []
    for child in parent:
        if not child.tag.startswith(f"{{{_SVG}}}t"):  # the parts of a text are told apart by what holds them
            _tidy(child, used)
        _drop_defaults(child, used)
        for left in _what_is_left(child, used):
            if kept and _is_clipped_alike(kept[-1], left):
                kept[-1].extend(left)
            else:
                kept.append(left)
    parent[:] = kept


def _is_clipped_alike(one: ET.Element, other: ET.Element) -> bool:
    """Tell whether two groups do no more than cut what is in them at the same edge."""
    return (
        one.tag == _GROUP and list(one.attrib) == ["clip-path"] and (one.tag, one.attrib) == (other.tag, other.attrib)
    )


def _drop_defaults(element: ET.Element, used: set[str]) -> None:
    for name in _SAYS_NOTHING:
        if element.get("class") != _LABEL or name != "class":
            element.attrib.pop(name, None)
    if element.get("id", "") not in used:
        element.attrib.pop("id", None)
    if _STILL.fullmatch(element.get("transform", "")):
        del element.attrib["transform"]
    if "style" in element.attrib:
        said = {name: value for name, value in _style(element).items() if _DEFAULTS.get(name) != value}
        element.set("style", ";".join(f"{name}:{value}" for name, value in said.items()))
        if not said:
            del element.attrib["style"]


def _what_is_left(element: ET.Element, used: set[str]) -> list[ET.Element]:
    """Return an element, what stands inside it, or nothing."""
    if element.tag in (_GROUP, _DEFS) and not len(element):
        return []
    if element.tag == f"{{{_SVG}}}clipPath" and element.get("id", "") not in used:
        return []
    if _is_unseen(element):
        return []
    if element.tag != _GROUP or element.get("class"):
        return [element]
    if not element.attrib:
        return list(element)
    if set(element.attrib) == {"transform"} and len(element) == 1:
        only = element[0]
        only.set("transform", f"{element.attrib['transform']} {only.get('transform', '')}".strip())
        return [only]
    return [element]


def _is_unseen(element: ET.Element) -> bool:
    """Tell whether a shape has neither a fill nor a line, or a line of no length."""
    if element.tag not in (f"{{{_SVG}}}path", f"{{{_SVG}}}rect") or "id" in element.attrib:
        return False
    style = _style(element)
    if style.get("opacity") == "0":
        return True
    no_line = style.get("stroke-opacity") == "0" or style.get("stroke-width") in ("0", "0px")
    no_fill = style.get("fill-opacity") == "0" or style.get("fill") == "none"
    if no_line and no_fill:
        return True
    return element.tag == f"{{{_SVG}}}path" and _NO_LENGTH.fullmatch(element.get("d", "")) is not None


def _style(element: ET.Element) -> dict[str, str]:
    parts = (part.partition(":") for part in element.get("style", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in parts if value.strip()}
