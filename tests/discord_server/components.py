"""Takes the components of a message or modal; notes what Discord would refuse about them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from .errors import FormErrors, Json, Path

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SECTION, TEXT_DISPLAY, LABEL = 9, 10, 18
SELECTS = frozenset({3, 5, 6, 7, 8})
LAYOUT = frozenset({1, 9, 10, 12, 13, 14, 17})
LINK, PREMIUM = 5, 6

_DUPLICATE = "Component custom id cannot be duplicated"


def check_components(errors: FormErrors, path: Path, components: list[Json]) -> None:
    """Note the faults of legacy components: at most 5 rows of 5 buttons or one select."""
    if len(components) > 5:
        errors.add(path, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    seen: set[str] = set()
    for index, row in enumerate(components):
        at = (*path, index)
        if row.get("type") != ROW:
            text = 'Value of field "type" must be one of (1,).'
            errors.add((*at, "type"), "UNION_TYPE_CHOICES", text)
            continue
        _row(errors, at, row, seen)


def check_components_v2(errors: FormErrors, path: Path, components: list[Json]) -> None:
    """Note the faults of Components V2: at most 40 in all, 4000 characters of text."""
    seen: set[str] = set()
    everything = list(walk(components))
    if not everything:
        errors.required(path)
    if len(everything) > 40:
        text = "The total number of components must be 40 or fewer."
        errors.add(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", text)
    shown = sum(len(str(c.get("content", ""))) for c in everything if c["type"] == TEXT_DISPLAY)
    if shown > 4000:
        text = "The text of all components must be 4000 or fewer in length."
        errors.add(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", text)
    for index, component in enumerate(components):
        if component.get("type") not in LAYOUT:
            text = f'Value of field "type" must be one of {tuple(sorted(LAYOUT))}.'
            errors.add((*path, index, "type"), "UNION_TYPE_CHOICES", text)
    for index, component in enumerate(everything):
        if component["type"] == ROW:
            _row(errors, (*path, index), component, seen)
        elif component["type"] == SECTION:
            _section(errors, (*path, index), component, seen)


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component with the ones inside it, depth first."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        for key in ("accessory", "component"):
            if key in component:
                yield from walk([component[key]])


def _section(errors: FormErrors, at: Path, section: Json, seen: set[str]) -> None:
    texts = section.get("components") or []
    if not 1 <= len(texts) <= 3:
        text = "Must be between 1 and 3 in length."
        errors.add((*at, "components"), "BASE_TYPE_BAD_LENGTH", text)
    accessory = section.get("accessory")
    if accessory is None:
        errors.required((*at, "accessory"))
    elif accessory["type"] == BUTTON:
        _button(errors, (*at, "accessory"), accessory, seen)


def _row(errors: FormErrors, at: Path, row: Json, seen: set[str]) -> None:
    children = row.get("components") or []
    selects = sum(child.get("type") in SELECTS for child in children)
    if not 1 <= len(children) <= 5 or (selects and len(children) > 1):
        text = "Must be between 1 and 5 in length."
        errors.add((*at, "components"), "BASE_TYPE_BAD_LENGTH", text)
    for index, child in enumerate(children):
        place = (*at, "components", index)
        if child.get("type") == BUTTON:
            _button(errors, place, child, seen)
        elif child.get("type") in SELECTS:
            _select(errors, place, child, seen)
        else:
            text = 'Value of field "type" must be one of (2, 3, 5, 6, 7, 8).'
            errors.add((*place, "type"), "UNION_TYPE_CHOICES", text)


def _custom_id(errors: FormErrors, at: Path, component: Json, seen: set[str]) -> None:
    custom_id = component.get("custom_id")
    path = (*at, "custom_id")
    if not custom_id:
        errors.required(path)
    elif len(custom_id) > 100:
        errors.add(path, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    elif custom_id in seen:
        errors.add(path, "COMPONENT_CUSTOM_ID_DUPLICATED", _DUPLICATE)
    else:
        seen.add(custom_id)


def _button(errors: FormErrors, at: Path, button: Json, seen: set[str]) -> None:
    style = button.get("style")
    if style not in range(1, 7):
        errors.add((*at, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.")
    elif style == LINK:
        url = str(button.get("url") or "")
        if not url:
            errors.required((*at, "url"))
        elif len(url) > 512:
            errors.too_long((*at, "url"), 512)
        elif urlsplit(url).scheme not in ("http", "https", "discord"):
            text = "Scheme must be one of ('http', 'https', 'discord')."
            errors.add((*at, "url"), "URL_TYPE_INVALID_SCHEME", text)
        if button.get("custom_id"):
            text = "A custom id and url cannot both be specified"
            errors.add(at, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", text)
    elif style != PREMIUM:
        _custom_id(errors, at, button, seen)
    if len(button.get("label") or "") > 80:
        errors.too_long((*at, "label"), 80)
    if style != PREMIUM and not button.get("label") and not button.get("emoji"):
        text = "A label or emoji must be specified"
        errors.add(at, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", text)


def _select(errors: FormErrors, at: Path, select: Json, seen: set[str]) -> None:
    _custom_id(errors, at, select, seen)
    if len(select.get("placeholder") or "") > 150:
        errors.too_long((*at, "placeholder"), 150)
    if select["type"] != STRING_SELECT:
        return
    options = select.get("options") or []
    if not 1 <= len(options) <= 25:
        text = "Must be between 1 and 25 in length."
        errors.add((*at, "options"), "BASE_TYPE_BAD_LENGTH", text)
    values: set[str] = set()
    for index, option in enumerate(options):
        place = (*at, "options", index)
        for key in ("label", "value"):
            if not option.get(key):
                errors.required((*place, key))
        for key in ("label", "value", "description"):
            if len(option.get(key) or "") > 100:
                errors.too_long((*place, key), 100)
        if option.get("value") in values:
            text = "The specified option value is already used"
            errors.add((*place, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", text)
        values.add(str(option.get("value")))


def check_modal(errors: FormErrors, path: Path, modal: Json) -> None:
    """Note the faults of a modal: title 45, custom_id 100, 1 to 5 components, text inputs."""
    title, custom_id = modal.get("title") or "", modal.get("custom_id") or ""
    for key, value, most in (("title", title, 45), ("custom_id", custom_id, 100)):
        if not value:
            errors.required((*path, key))
        elif len(value) > most:
            errors.too_long((*path, key), most)
    components = modal.get("components") or []
    if not 1 <= len(components) <= 5:
        text = "Must be between 1 and 5 in length."
        errors.add((*path, "components"), "BASE_TYPE_BAD_LENGTH", text)
    seen: set[str] = set()
    for index, component in enumerate(walk(components)):
        at = (*path, "components", index)
        if component["type"] in (ROW, TEXT_DISPLAY):
            continue
        if component["type"] == LABEL:
            if not 1 <= len(component.get("label") or "") <= 45:
                text = "Must be between 1 and 45 in length."
                errors.add((*at, "label"), "BASE_TYPE_BAD_LENGTH", text)
            continue
        _custom_id(errors, at, component, seen)
        if component["type"] == TEXT_INPUT and len(component.get("label") or "") > 45:
            errors.too_long((*at, "label"), 45)
