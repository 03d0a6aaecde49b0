"""Settings: pincite.toml, overridden by PINCITE_* variables, overridden by flags.

Unknown keys are errors in each of the three, because a misspelt setting that is quietly ignored
is the hardest to find.
"""

import difflib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from index.errors import UsageError
from index.model_specs import DEFAULT_EMBEDDER, DEFAULT_LLM, DEFAULT_READER

FILE = "pincite.toml"
NO_LLM = "none"
NO_READER = "none"

_SEPARATORS = {"exclude": r"[,\n]", "examples": r"\n"}
"""What parts the values of a variable; a question may hold a comma, a pattern hardly does."""

_NO_LIST = 'not a list: write ["one", "two"]'

_Given = tuple[str, str, Any]
"""Where a setting stands, which it is, and its value."""

_LIST = re.compile(r"\s*\[\s*[\"'\]]")
"""Not the pattern ``[ab]*.txt``."""

_USER_INFO = re.compile("//[^/?#]*@")

NO_ADDRESS = 'not the address of a server: write one such as "http://127.0.0.1:11434/v1"'


class Settings(BaseModel):
    """What can be set. Relative paths count from the current directory."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: Path = Field(Path(".pincite"), description="where the index lives (PINCITE_HOME)")
    corpus: Path = Field(Path("seeds"), description="the folder of documents")
    exclude: tuple[str, ...] = Field(
        (), description="files and folders of it to leave out, in the syntax of .gitignore"
    )
    examples: tuple[str, ...] = Field((), description="questions offered in an empty chat")
    embedder: str = Field(
        DEFAULT_EMBEDDER,
        description="a pulled model's name, or a sentence-transformers model's folder or Hub name",
    )
    precision: Literal["auto", "float32", "bfloat16"] = Field(
        "auto",
        description="of the embedder; auto keeps an index's own and measures for a new one",
    )
    reader: str = Field(
        DEFAULT_READER,
        description="as embedder; reads the best paragraphs closely; none takes the embedder",
    )
    reranker: str = Field(
        "",
        description="a sentence-transformers cross-encoder's folder or Hub name; empty for none",
    )
    llm: str = Field(
        DEFAULT_LLM,
        description="a pulled model's name, a .gguf file, the server's model name, or none",
    )
    llm_base_url: str = Field("", description="an OpenAI-compatible server; empty runs locally")
    llm_api_key: SecretStr = Field(SecretStr(""), description="its key")
    llm_timeout_s: float = Field(
        180.0, gt=0, allow_inf_nan=False, description="longest wait for a whole reply"
    )
    llm_first_token_s: float = Field(
        60.0,
        gt=0,
        allow_inf_nan=False,
        description="longest wait for a reply to begin, or to go on",
    )
    llm_parallel: int = Field(
        0,
        ge=0,
        le=64,
        description="answers a server writes at once; 0 takes 1 on this machine and 4 elsewhere",
    )
    threads: int = Field(0, ge=0, description="threads for the models; 0 takes every core")
    context_tokens: int = Field(
        700, ge=100, le=100_000, description="most tokens of sources shown to the model"
    )
    answer_tokens: int = Field(96, ge=16, le=4096, description="most tokens of an answer")
    refuse_below: float | None = Field(
        None, ge=0, le=1, description="refuse below this probability; unset takes the fitted one"
    )
    upload_max_bytes: int = Field(50_000_000, ge=1, description="largest file taken by upload")
    upload_max_files: int = Field(
        10_000, ge=0, description="most files of the folder for uploads to be taken; 0 takes none"
    )
    host: str = Field("127.0.0.1", description="address the chat binds (GRADIO_SERVER_NAME)")
    port: int = Field(7860, ge=1, le=65535, description="its port (GRADIO_SERVER_PORT)")
    password: SecretStr = Field(SecretStr(""), description="needed for any address but loopback")

    @field_validator("llm_base_url", "llm_api_key", mode="before")
    @classmethod
    def _without_blanks(cls, value: object) -> object:
        """Neither holds any; a line break comes along with what is read from a file."""
        return value.strip() if isinstance(value, str) else value

    @field_validator("llm_base_url")
    @classmethod
    def _address(cls, url: str) -> str:
        if url and not is_address(url):
            raise PydanticCustomError("address", NO_ADDRESS)
        return url

    @property
    def close_reader(self) -> str:
        """The reader's name; "" where the embedder reads."""
        return "" if self.reader == NO_READER else self.reader

    @property
    def server_shown(self) -> str:
        """The model server's address as it may be told: a password in it is masked."""
        return _USER_INFO.sub("//***@", self.llm_base_url)


def load_settings(
    environment: Mapping[str, str], flags: Mapping[str, Any] | None = None, folder: Path = Path()
) -> Settings:
    """Merge the three sources; raises ``UsageError`` naming the source and the key."""
    merged: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for source, key, value in (
        *_from_file(folder / FILE),
        *_from_environment(environment),
        *(("the command line", *flag) for flag in (flags or {}).items()),
    ):
        if key not in Settings.model_fields:
            raise UsageError(f"{source}: unknown setting {key!r}{_nearest(key)}")
        merged[key] = value
        origin[key] = source
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        lines = [
            f"{origin.get(str(e['loc'][0]), 'settings')}: {e['loc'][0]}: "
            + (_NO_LIST if e["type"] == "tuple_type" else e["msg"])
            for e in error.errors()
        ]
        raise UsageError("\n".join(lines)) from None


def is_address(url: str) -> bool:
    """Whether a model server may be there: an http or https address with a host."""
    with suppress(ValueError):
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    return False


def masked(settings: Settings) -> dict[str, Any]:
    """The effective values, ready for JSON, with secrets as ``***``."""
    values = settings.model_dump(mode="json")
    for key, value in settings:
        if isinstance(value, SecretStr):
            values[key] = "***" if value.get_secret_value() else ""
    values["llm_base_url"] = settings.server_shown
    return values


def _from_file(file: Path) -> Iterator[_Given]:
    try:
        # Editors on Windows put a mark before the first line.
        values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{file}: not readable as TOML: {error}") from error
    for key, value in values.items():
        yield str(file), key, value


def _from_environment(environment: Mapping[str, str]) -> Iterator[_Given]:
    """What Gradio's variables say first, and ``PINCITE_HOME`` last: it decides."""
    for name, key in (("GRADIO_SERVER_NAME", "host"), ("GRADIO_SERVER_PORT", "port")):
        if environment.get(name):
            yield f"the environment: {name}", key, environment[name]
    for name, value in environment.items():
        if not name.startswith("PINCITE_") or name == "PINCITE_HOME":
            continue
        key = name.removeprefix("PINCITE_").lower()
        # As with other such variables, empty is as good as unset, but where empty says "none".
        if value or key not in Settings.model_fields or _is_none_when_empty(key):
            listed = _listed(name, value, _SEPARATORS[key]) if key in _SEPARATORS else value
            yield f"the environment: {name}", key, listed
    if environment.get("PINCITE_HOME"):
        yield "the environment: PINCITE_HOME", "state", environment["PINCITE_HOME"]


def _is_none_when_empty(key: str) -> bool:
    return Settings.model_fields[key].default in ("", SecretStr(""))


def _listed(name: str, text: str, separators: str) -> Any:
    """A variable's list: as TOML or JSON write one, or values between separators."""
    if not _LIST.match(text):
        return [part.strip() for part in re.split(separators, text) if part.strip()]
    with suppress(ValueError):
        return json.loads(text)
    with suppress(ValueError):
        return tomllib.loads(f"_ = {text}")["_"]
    raise UsageError(f'the environment: {name}: not readable as a list: write ["one", "two"]')


def _nearest(key: str) -> str:
    near = difflib.get_close_matches(key, Settings.model_fields, n=1)
    known = ", ".join(Settings.model_fields)
    return f" (did you mean {near[0]!r}?)" if near else f"; known are: {known}"
