"""The connector driven with what the CDK gives to the authors of connectors.

`CONNECTOR` is its executable and `CONFIG` a configuration that works.
"""

import os
import subprocess
from dataclasses import asdict
from pathlib import Path

import orjson
import pytest
from airbyte_cdk.models import (
    AirbyteStateMessage,
    AirbyteStateMessageSerializer,
    AirbyteStream,
    AirbyteStreamStatus,
    ConfiguredAirbyteCatalog,
    SyncMode,
    Type,
)
from airbyte_cdk.test.catalog_builder import CatalogBuilder, ConfiguredAirbyteStreamBuilder
from airbyte_cdk.test.entrypoint_wrapper import EntrypointOutput
from airbyte_cdk.test.state_builder import StateBuilder

CONNECTOR = os.environ["CONNECTOR"]
CONFIG = os.environ["CONFIG"]
ENDED_WELL = [AirbyteStreamStatus.STARTED, AirbyteStreamStatus.RUNNING, AirbyteStreamStatus.COMPLETE]


def run(*arguments: str) -> EntrypointOutput:
    ended = subprocess.run([CONNECTOR, *arguments], capture_output=True, text=True, check=False)
    # As the CDK's own docker tests split it; a separator inside a record would break the record.
    lines = ended.stdout.splitlines()
    output = EntrypointOutput(messages=lines)
    assert ended.returncode == (1 if output.errors else 0), ended.stderr
    assert not [log for log in output.logs if log.log and log.log.message in lines], "no message"
    return output


def read(
    folder: Path, catalog: ConfiguredAirbyteCatalog, state: list[AirbyteStateMessage] | None = None
) -> EntrypointOutput:
    catalog_file = folder / "catalog.json"
    catalog_file.write_bytes(orjson.dumps(asdict(catalog)))
    arguments = ["read", "--config", CONFIG, "--catalog", str(catalog_file)]
    if state is not None:
        state_file = folder / "state.json"
        state_file.write_bytes(orjson.dumps([AirbyteStateMessageSerializer.dump(message) for message in state]))
        arguments += ["--state", str(state_file)]
    return run(*arguments)


@pytest.fixture(scope="module")
def streams() -> list[AirbyteStream]:
    discovered = run("discover", "--config", CONFIG).catalog.catalog
    assert discovered is not None
    return list(discovered.streams)


def catalog_of(streams: list[AirbyteStream], sync_mode: SyncMode) -> ConfiguredAirbyteCatalog:
    builder = CatalogBuilder()
    for stream in streams:
        builder.with_stream(
            ConfiguredAirbyteStreamBuilder()
            .with_name(stream.name)
            .with_sync_mode(sync_mode)
            .with_primary_key(stream.source_defined_primary_key or [])
            .with_json_schema(stream.json_schema)
        )
    return builder.build()


def test_entrypoint_output_finds_one_spec_and_one_status() -> None:
    assert len(run("spec").spec_messages) == 1
    (message,) = run("check", "--config", CONFIG, "--debug").connection_status_messages
    assert message.connectionStatus and message.connectionStatus.status.value == "SUCCEEDED"


def test_a_full_refresh_by_catalog_builder_completes_every_stream(
    tmp_path: Path, streams: list[AirbyteStream]
) -> None:
    output = read(tmp_path, catalog_of(streams, SyncMode.full_refresh))
    output.raise_if_errors()
    for stream in streams:
        assert output.get_stream_statuses(stream.name) == ENDED_WELL
    assert {message.record.stream for message in output.records if message.record} == {
        stream.name for stream in streams
    }
    assert output.most_recent_state is not None


def test_the_counts_in_states_are_those_of_the_records_before(
    tmp_path: Path, streams: list[AirbyteStream]
) -> None:
    output = read(tmp_path, catalog_of(streams, SyncMode.incremental))
    counts = dict.fromkeys((stream.name for stream in streams), 0)
    for message in output.records_and_state_messages:
        if message.type == Type.RECORD and message.record:
            counts[message.record.stream] += 1
        elif message.state and message.state.stream and message.state.sourceStats:
            name = message.state.stream.stream_descriptor.name
            assert message.state.sourceStats.recordCount == counts[name]
            counts[name] = 0
    assert set(counts.values()) == {0}


def test_a_state_by_state_builder_is_gone_on_from(
    tmp_path: Path, streams: list[AirbyteStream]
) -> None:
    chosen = [stream for stream in streams if stream.name in {"contacts", "opportunities"}]
    catalog = catalog_of(chosen, SyncMode.incremental)
    first = read(tmp_path, catalog)
    states = {
        message.state.stream.stream_descriptor.name: message.state.stream.stream_state
        for message in first.state_messages
        if message.state and message.state.stream
    }
    builder = StateBuilder()
    for name, state in states.items():
        builder.with_stream_state(name, state)
    second = read(tmp_path, catalog, builder.build())
    second.raise_if_errors()
    counts = [len(output.records) for output in (first, second)]
    assert counts[0] > 0
    assert counts[1] == 0
    for stream in chosen:
        assert second.get_stream_statuses(stream.name)[-1] == AirbyteStreamStatus.COMPLETE


def test_a_stream_that_does_not_exist_is_an_error_trace(tmp_path: Path) -> None:
    output = read(tmp_path, CatalogBuilder().with_stream("nonsense", SyncMode.full_refresh).build())
    assert [error.trace.error.failure_type.value for error in output.errors] == ["config_error"]
