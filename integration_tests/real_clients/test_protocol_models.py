"""Every line that the connector printed, read by the models that Airbyte's own programs read it with.

The folder `OUTPUTS` holds a file of lines for each run.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from airbyte_cdk.models import AirbyteMessageSerializer
from airbyte_protocol.models import AirbyteMessage, AirbyteStateBlob
from pydantic import BaseModel

RUNS = sorted(Path(os.environ["OUTPUTS"]).glob("*.jsonl"))
EXPECTED_TYPES = {
    "CATALOG",
    "CONNECTION_STATUS",
    "CONTROL",
    "LOG",
    "RECORD",
    "SPEC",
    "STATE",
    "TRACE ERROR",
    "TRACE ESTIMATE",
    "TRACE STREAM_STATUS",
}


def lines_of(run: Path) -> list[str]:
    # Not `splitlines`: it would also split where JSON may not.
    return run.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def undeclared_fields(value: object, path: str = "") -> Iterator[str]:
    """Names what a model keeps though it does not declare it: a misspelt field would be there."""
    if isinstance(value, AirbyteStateBlob):
        return
    if isinstance(value, BaseModel):
        yield from (f"{path}.{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from undeclared_fields(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for item in value:
            yield from undeclared_fields(item, f"{path}[]")


def lost_values(sent: object, given_back: object, path: str = "") -> Iterator[str]:
    """Names what did not come back. The CDK leaves out nulls, and adds defaults."""
    if isinstance(sent, dict) and isinstance(given_back, dict):
        for name, value in sent.items():
            if value is not None:
                yield from lost_values(value, given_back.get(name), f"{path}.{name}")
    elif isinstance(sent, list) and isinstance(given_back, list) and len(sent) == len(given_back):
        for index, value in enumerate(sent):
            yield from lost_values(value, given_back[index], f"{path}[{index}]")
    elif sent != given_back:
        yield path


def type_of(message: dict[str, Any]) -> str:
    kind: str = message["type"]
    return f"{kind} {message['trace']['type']}" if kind == "TRACE" else kind


@pytest.fixture(params=RUNS, ids=lambda run: run.stem)
def lines(request: pytest.FixtureRequest) -> list[str]:
    return lines_of(request.param)


def test_pydantic_models_declare_every_field_and_give_it_back(lines: list[str]) -> None:
    for line in lines:
        message = AirbyteMessage.model_validate_json(line)
        assert list(undeclared_fields(message)) == [], line[:300]
        given_back = message.model_dump(mode="json", by_alias=True, exclude_unset=True)
        assert given_back == json.loads(line)


def test_dataclasses_of_the_cdk_give_back_every_field(lines: list[str]) -> None:
    for line in lines:
        message = orjson.loads(line)
        given_back = AirbyteMessageSerializer.dump(AirbyteMessageSerializer.load(message))
        assert list(lost_values(message, given_back)) == [], line[:300]


def test_the_runs_hold_messages_of_every_kind() -> None:
    messages = (json.loads(line) for run in RUNS for line in lines_of(run))
    assert {type_of(message) for message in messages} == EXPECTED_TYPES
