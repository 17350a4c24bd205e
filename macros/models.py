"""What a pydantic model holds, by the names that YAML uses.

Enters: a model. Leaves: its fields, and the models inside them.
"""

from __future__ import annotations

from keyword import iskeyword
from typing import Any, Literal, get_origin

from pydantic import BaseModel


def field_names(model: type[BaseModel]) -> dict[str, Any]:
    """The fields of `model` by the names that YAML uses; an entry's id comes from its file."""
    return {field.alias or name: field for name, field in model.model_fields.items() if not field.exclude}


def attribute_of(name: str) -> str:
    """The Python attribute of a field whose name is a word of Python: `try` is `try_`."""
    return f"{name}_" if iskeyword(name) else name


def model_within(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation such as `tuple[Citation, ...]` or `Review | None` holds, or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (model_within(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in inner if model), None)


def is_list(annotation: Any) -> bool:
    """Whether an annotation such as `tuple[Slug, ...] | None` holds a list."""
    parts = getattr(annotation, "__args__", ())
    return getattr(annotation, "__origin__", None) is tuple or any(is_list(part) for part in parts)


def choices_of(annotation: Any) -> tuple[str, ...]:
    """The words that an annotation such as `Literal["arch", "rings"] | None` allows; none where it allows any."""
    if get_origin(annotation) is Literal:
        return annotation.__args__
    inner = (choices_of(part) for part in getattr(annotation, "__args__", ()))
    return next((choices for choices in inner if choices), ())
