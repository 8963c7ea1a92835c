"""The connector driven by PyAirbyte: what its programs do besides reading everything.

`CONNECTOR` is its executable and `CONFIG` a configuration whose access token has expired.
"""

import copy
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import airbyte as ab
import pytest
from airbyte.caches import DuckDBCache
from airbyte.exceptions import AirbyteConnectorCheckFailedError, AirbyteConnectorFailedError

CONNECTOR = os.environ["CONNECTOR"]
CONFIG = Path(os.environ["CONFIG"])
Config = dict[str, Any]


def source_of(config: Config, keep: Callable[[Config], None] | None = None) -> ab.Source:
    return ab.get_source(
        "source-highlevel",
        local_executable=CONNECTOR,
        config=config,
        config_change_callback=keep,
    )


def stored_config() -> Config:
    config: Config = json.loads(CONFIG.read_text())
    return config


def keep(config: Config) -> None:
    CONFIG.write_text(json.dumps(config))


@pytest.fixture
def cache(tmp_path: Path) -> DuckDBCache:
    return DuckDBCache(db_path=tmp_path / "cache.duckdb")


def test_the_callback_of_check_gets_the_whole_config_with_the_rotated_tokens() -> None:
    before = stored_config()
    changed: list[Config] = []
    source_of(copy.deepcopy(before), lambda config: (changed.append(config), keep(config))[0]).check()
    (after,) = changed
    tokens = {"access_token", "refresh_token", "token_expiry_date"}
    for name in ("access_token", "refresh_token"):
        assert after["credentials"][name] != before["credentials"][name]
    for config in (before, after):
        for name in tokens:
            config["credentials"].pop(name, None)
    assert after == before


def test_a_config_with_the_rotated_tokens_passes_validation_and_check() -> None:
    source = source_of(stored_config(), keep)
    source.validate_config()
    source.check()


def test_check_tells_what_is_wrong_in_the_words_of_the_connector() -> None:
    config = stored_config()
    config["location_ids"] = ["nowhere"]
    with pytest.raises(AirbyteConnectorCheckFailedError) as raised:
        source_of(config, keep).check()
    assert "nowhere" in str(raised.value)


def test_selected_streams_are_read_and_their_rows_can_be_used(cache: DuckDBCache) -> None:
    source = source_of(stored_config(), keep)
    source.select_streams(["contacts", "pipelines"])
    result = source.read(cache=cache)
    assert set(result.streams) == {"contacts", "pipelines"}
    contacts = list(result["contacts"])
    assert result.processed_records == len(contacts) + len(result["pipelines"])
    assert {type(row["date_added"]).__name__ for row in contacts} == {"datetime"}
    assert {column for row in contacts for column in row} >= {"location_id", "id", "email"}


def test_rows_are_given_without_a_cache() -> None:
    rows = list(source_of(stored_config(), keep).get_records("calendars"))
    assert len(rows) > 0
    assert {type(row["location_id"]) for row in rows} == {str}


def test_a_full_refresh_is_forced_over_a_state(cache: DuckDBCache) -> None:
    source = source_of(stored_config(), keep)
    source.select_streams(["contacts"])
    first, second, third = (
        source.read(cache=cache, force_full_refresh=force).processed_records
        for force in (False, False, True)
    )
    assert (second, third) == (0, first)


def test_a_read_that_fails_raises_and_saves_no_state(cache: DuckDBCache) -> None:
    config = stored_config()
    config["location_ids"] = ["nowhere"]
    source = source_of(config, keep)
    source.select_streams(["contacts"])
    with pytest.raises(AirbyteConnectorFailedError):
        source.read(cache=cache)
    assert not list(cache.get_state_provider("source-highlevel").known_stream_names)
