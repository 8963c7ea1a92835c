import { describe, expect, test } from '@jest/globals';
import { isJsonArray, isJsonObject } from '../../src/foundation/json.ts';
import { connect } from '../support/connection.ts';
import { type HighLevel, startHighLevel } from '../support/highlevel.ts';
import { addRow, changeRow, idIn, lackOf, rowsOf, sortedBy, subjectOf } from '../support/subjects.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const QUIET = { rateLimits: 'off' } as const;

describe('a total that claims one row too many', () => {
  const STREAMS = ['form_submissions', 'orders', 'messages', 'invoices', 'companies', 'voice_ai_call_logs'];

  test.each([1, 17])('and %i rows a page ends every list, and loses nothing', async (extra) => {
    const highLevel = await startHighLevel({
      knobs: { ...QUIET, silentPageSize: extra === 1 ? 5 : 100, reportedTotal: (total) => total + 1 },
    });
    const connection = connect(highLevel);
    const selection = Object.fromEntries(STREAMS.map((stream) => [stream, 'incremental' as const]));
    const run = await connection.read(selection);
    expect(run.exitCode).toBe(0);
    for (const stream of STREAMS) {
      expect(lackOf(highLevel, subjectOf(stream), run.records(stream))).toEqual([]);
    }
  });
});

test('a list that is one row short of its total keeps the checkpoint where it was', async () => {
  const highLevel = await startHighLevel({ knobs: QUIET });
  const invoices = subjectOf('invoices');
  const connection = connect(highLevel);
  const selection = { invoices: 'incremental' } as const;
  const records = [...(await connection.read(selection)).records('invoices')];
  const before = connection.states().get('invoices');
  highLevel.passTime(5 * HOUR_MS);
  addRow(highLevel, invoices);
  highLevel.simulator.knobs.reportedTotal = (total) => total + 1;
  const short = await connection.read(selection);
  records.push(...short.records('invoices'));
  expect(short.warnings.join(' ')).toContain('cannot be read');
  expect(lackOf(highLevel, invoices, records)).toEqual([]);
  expect(connection.states().get('invoices')).toEqual(before);
});

/** Leaves a row out of every list, whose totals go on counting it. @returns what brings it back */
const hide = (highLevel: HighLevel, id: string): (() => void) => {
  let isHidden = true;
  highLevel.rewriteAnswers((body) => {
    const key = ['data', 'invoices', 'submissions'].find((name) => isJsonArray(body[name]));
    const list = key === undefined ? undefined : body[key];
    if (!isHidden || key === undefined || !isJsonArray(list)) return undefined;
    return { ...body, [key]: list.filter((row) => !isJsonObject(row) || idIn(row) !== id) };
  });
  return () => {
    isHidden = false;
  };
};

/** The id of the row that was made before all others. */
const oldestOf = (highLevel: HighLevel, stream: string): string => {
  const rows = rowsOf(highLevel, subjectOf(stream)).rows();
  const [oldest = {}] = sortedBy(rows, 'createdAt');
  return idIn(oldest);
};

describe('a row that a list hides, though its total counts it,', () => {
  test.each(['orders', 'transactions', 'invoices', 'form_submissions'])(
    'is told of, and read once the list shows it (%s)',
    async (stream) => {
      const highLevel = await startHighLevel({ knobs: QUIET });
      const show = hide(highLevel, oldestOf(highLevel, stream));
      const connection = connect(highLevel);
      const selection = { [stream]: 'incremental' } as const;
      const first = await connection.read(selection);
      expect(first.warnings.join(' ')).toContain('cannot be read');
      show();
      highLevel.passTime(8 * DAY_MS);
      const second = await connection.read(selection);
      const both = [...first.records(stream), ...second.records(stream)];
      expect(lackOf(highLevel, subjectOf(stream), both)).toEqual([]);
    },
  );

  test.each(['orders', 'invoices', 'form_submissions'])(
    'is told of and stops nothing, wherever in the list it stands (%s)',
    async (stream) => {
      const highLevel = await startHighLevel({ knobs: QUIET });
      const rows = rowsOf(highLevel, subjectOf(stream)).rows();
      hide(highLevel, idIn(sortedBy(rows, 'createdAt').at(-2) ?? {}));
      const run = await connect(highLevel).read({ [stream]: 'incremental' });
      expect(run.errors.map(({ message }) => message)).toEqual([]);
      expect(run.warnings.join(' ')).toContain('cannot be read');
      expect(run.records(stream)).toHaveLength(rows.length - 1);
    },
  );

  test('and that a weekly pass therefore does not see is read by the next one', async () => {
    const highLevel = await startHighLevel({ knobs: QUIET });
    const orders = subjectOf('orders');
    const selection = { orders: 'incremental' } as const;
    const connection = connect(highLevel);
    const records = [...(await connection.read(selection)).records('orders')];
    const oldest = oldestOf(highLevel, 'orders');
    highLevel.passTime(DAY_MS);
    changeRow(highLevel, orders, oldest, { text: 'changed' });
    const show = hide(highLevel, oldest);
    highLevel.passTime(7 * DAY_MS);
    const blind = await connection.read(selection);
    expect(blind.warnings.join(' ')).toContain('cannot be read');
    show();
    highLevel.passTime(8 * DAY_MS);
    records.push(...(await connection.read(selection)).records('orders'));
    expect(lackOf(highLevel, orders, records)).toEqual([]);
  });
});
