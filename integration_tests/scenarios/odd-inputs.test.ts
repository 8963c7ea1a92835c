import { describe, expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import { connect } from '../support/connection.ts';
import { startHighLevel } from '../support/highlevel.ts';
import type { ConnectorInputs } from '../support/run-connector.ts';
import { lossOf } from '../support/warehouse.ts';

const CONTACTS = { contacts: 'incremental' } as const;

const stateOf = (name: string, state: JsonObject): JsonObject => ({
  type: 'STREAM',
  stream: { stream_descriptor: { name }, stream_state: state },
});
const entry = (cursor: JsonObject): JsonObject => ({
  states: [{ partition: { location_id: 'LOC' }, cursor }],
});

describe('a catalog with a stream that cannot be read', () => {
  test.each([
    ['because there is none of that name', { nothing_like_it: 'full_refresh' } as const, /nothing_like_it/],
    ['because its sync mode is unknown', { campaigns: 'INVALID' } as const, /campaigns.*sync mode/],
  ])('%s still reads the others', async (_, selection, message) => {
    const highLevel = await startHighLevel();
    const run = await connect(highLevel).read({ ...CONTACTS, ...selection });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toMatchObject([
      { failure_type: 'config_error', message: expect.stringMatching(message) },
    ]);
    expect(run.end('contacts')).toBe('COMPLETE');
    expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
  });

  test('and with nothing else is an error', async () => {
    const highLevel = await startHighLevel();
    const run = await connect(highLevel).read({ nothing_like_it: 'INVALID' });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toMatchObject([
      { failure_type: 'config_error', message: expect.stringMatching(/nothing_like_it/) },
    ]);
  });
});

test('streams that only sync in full may be configured as incremental, as PyAirbyte does', async () => {
  const highLevel = await startHighLevel();
  const connection = connect(highLevel);
  const selection = {
    contacts: 'incremental',
    locations: 'incremental',
    pipelines: 'incremental',
    campaigns: 'incremental',
    custom_fields: 'incremental',
  } as const;
  const first = await connection.read(selection);
  const second = await connection.read(selection);
  for (const run of [first, second]) {
    expect(run.exitCode).toBe(0);
    expect(run.records('pipelines').length).toBeGreaterThan(0);
  }
});

describe('a state that is no error', () => {
  const FUTURE = { date_updated: '2999-01-01T00:00:00.000Z' };

  test.each<[string, ConnectorInputs]>([
    ['an empty list', { state: { json: [] } }],
    ['an empty object', { state: { json: {} } }],
    ['an empty file', { state: { text: '' } }],
    [
      'of a stream that is not selected, and not ours',
      { state: { json: [stateOf('opportunities', { odd: true }), stateOf('deals', { states: 5 })] } },
    ],
    [
      'that was reset',
      {
        state: {
          json: [{ type: 'STREAM', stream: { stream_descriptor: { name: 'contacts' }, stream_state: null } }],
        },
      },
    ],
    ['of a full refresh', { state: { json: [stateOf('contacts', { __ab_no_cursor_state_message: true })] } }],
    [
      'of a location that is not there any more',
      { state: { json: [stateOf('contacts', entry({ date_updated: '2024-01-01T00:00:00.000Z' }))] } },
    ],
  ])('%s', async (_, inputs) => {
    const highLevel = await startHighLevel();
    const run = await connect(highLevel).read(CONTACTS, { inputs });
    expect(run.exitCode).toBe(0);
    expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
  });

  test('from the future reads nothing, and says so', async () => {
    const highLevel = await startHighLevel();
    const [locationId = ''] = highLevel.simulator.world.locationIds();
    const connection = connect(highLevel);
    connection.setState('contacts', { states: [{ partition: { location_id: locationId }, cursor: FUTURE }] });
    const run = await connection.read(CONTACTS);
    expect([run.exitCode, run.records('contacts')]).toEqual([0, []]);
    expect(run.states('contacts').length).toBeGreaterThan(0);
    expect(run.warnings.join(' ')).toContain('future');
  });

  test('of the older shape is taken up', async () => {
    const highLevel = await startHighLevel();
    const [locationId = ''] = highLevel.simulator.world.locationIds();
    const connection = connect(highLevel);
    connection.setState('contacts', { [locationId]: { date_updated: '2026-01-01T00:00:00.000Z' } });
    const run = await connection.read(CONTACTS);
    expect([run.exitCode, run.records('contacts')]).toEqual([0, []]);
    expect(
      run.states('contacts').every(({ states }) => Array.isArray(states) && states.every(isJsonObject)),
    ).toBe(true);
  });
});
