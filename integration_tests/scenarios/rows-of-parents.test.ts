import { describe, expect, test } from '@jest/globals';
import { type JsonObject, textAt } from '../../src/foundation/json.ts';
import { connect } from '../support/connection.ts';
import { type HighLevel, startHighLevel } from '../support/highlevel.ts';
import { onlyLocation } from '../support/only-location.ts';
import { addRow, changeRow, idIn, lackOf, rowsOf, sortedBy, subjectOf } from '../support/subjects.ts';
import { trueIds, truthOf } from '../support/truth.ts';
import { idsOf, repeatsIn } from '../support/warehouse.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const QUIET = { rateLimits: 'off' } as const;

/** Of the items of a parent those that came with its newest version, as the documentation says to take them. */
const currentItems = (records: readonly JsonObject[], parent: string, version: string): readonly string[] => {
  const newest = new Map<string, string>();
  for (const record of records) {
    const [id = '', at = ''] = [textAt(record, parent), textAt(record, version)];
    if (at > (newest.get(id) ?? '')) newest.set(id, at);
  }
  const current = records.filter(
    (record) => newest.get(textAt(record, parent) ?? '') === textAt(record, version),
  );
  return [...new Set(idsOf(current))];
};

describe.each([
  { stream: 'order_items', of: 'orders', under: 'items', parent: 'order_id', version: 'order_updated_at' },
  {
    stream: 'invoice_items',
    of: 'invoices',
    under: 'invoiceItems',
    parent: 'invoice_id',
    version: 'invoice_updated_at',
  },
])('$stream', ({ stream, of, under, parent, version }) => {
  const selection = { [stream]: 'incremental' } as const;
  const item = (id: string): JsonObject => ({ _id: id, name: id, qty: 1, amount: 3 });

  test('that are added, replaced and removed are as HighLevel has them, by the newest version of their parent', async () => {
    const highLevel = await startHighLevel({ knobs: { ...QUIET, silentPageSize: 6 } });
    const locationId = onlyLocation(highLevel);
    const parents = rowsOf(highLevel, subjectOf(of));
    const connection = connect(highLevel);
    const first = await connection.read(selection);
    const records = [...first.records(stream)];
    expect(repeatsIn(records)).toEqual([]);
    const judge = (): void => {
      const wanted = trueIds(highLevel.simulator.world, stream, locationId);
      expect([...currentItems(records, parent, version)].sort()).toEqual(wanted);
    };
    judge();
    highLevel.passTime(3 * HOUR_MS);
    const added = addRow(highLevel, subjectOf(of), { [under]: [item('one'), item('two')] });
    highLevel.passTime(HOUR_MS);
    records.push(...(await connection.read(selection)).records(stream));
    judge();
    highLevel.passTime(3 * HOUR_MS);
    parents.update(added, { [under]: [item('two'), item('three')] });
    highLevel.passTime(HOUR_MS);
    const changed = await connection.read(selection);
    expect(changed.records(stream).map((record) => record['id'])).toEqual(['two', 'three']);
    records.push(...changed.records(stream));
    judge();
    parents.update(idIn(parents.rows()[0] ?? {}), { [under]: [item('late')] });
    highLevel.passTime(8 * DAY_MS);
    records.push(...(await connection.read(selection)).records(stream));
    judge();
  });
});

describe('a parent that is deleted before its children are asked for is passed over', () => {
  const deleteOnAsking = (
    highLevel: HighLevel,
    path: RegExp,
    remove: (id: string) => void,
  ): { readonly ids: readonly string[] } => {
    const ids: string[] = [];
    highLevel.simulator.beforeAnswer((call) => {
      const id = path.exec(call.path)?.[1] ?? (path.test(call.path) ? call.query['funnelId'] : undefined);
      if (id === undefined || ids.length > 0) return;
      ids.push(id);
      remove(id);
    });
    return { ids };
  };

  test.each([
    ['prices', 'products', /^\/products\/([^/]+)\/price$/],
    ['funnel_pages', 'funnels', /^\/funnels\/page$/],
    ['order_items', 'orders', /^\/payments\/orders\/([^/]+)$/],
  ] as const)('%s', async (stream, of, path) => {
    const highLevel = await startHighLevel({ knobs: QUIET });
    const { world } = highLevel.simulator;
    const locationId = onlyLocation(highLevel);
    const gone = deleteOnAsking(highLevel, path, (id) => {
      world.collection(locationId, of).remove(id);
    });
    const run = await connect(highLevel).read({ [stream]: 'incremental' });
    expect(gone.ids).toHaveLength(1);
    expect(run.end(stream)).toBe('COMPLETE');
    expect(idsOf(run.records(stream))).toEqual(trueIds(world, stream, locationId));
  });

  test('a calendar', async () => {
    const highLevel = await startHighLevel({ knobs: QUIET });
    const { world } = highLevel.simulator;
    const locationId = onlyLocation(highLevel);
    let gone = '';
    highLevel.simulator.beforeAnswer(({ path, query }) => {
      if (path !== '/calendars/events' || gone !== '') return;
      gone = query['calendarId'] ?? '';
      world.collection(locationId, 'calendars').remove(gone);
    });
    const run = await connect(highLevel).read({ appointments: 'incremental' });
    expect(gone).not.toBe('');
    expect(lackOf(highLevel, subjectOf('appointments'), run.records('appointments'))).toEqual([]);
  });

  test('a contact', async () => {
    const highLevel = await startHighLevel({ knobs: QUIET });
    const { world } = highLevel.simulator;
    const locationId = onlyLocation(highLevel);
    const gone = deleteOnAsking(highLevel, /^\/contacts\/([^/]+)\/notes$/, (id) => {
      world.deleteContact(locationId, id);
    });
    const connection = connect(highLevel, { settings: { costly_streams: ['contact_notes'] } });
    const run = await connection.read({ contact_notes: 'incremental' });
    expect(gone.ids).toHaveLength(1);
    expect(idsOf(run.records('contact_notes'))).toEqual(trueIds(world, 'contact_notes', locationId));
  });
});

test('a note is read when its contact has changed', async () => {
  const highLevel = await startHighLevel({ knobs: QUIET });
  const { world } = highLevel.simulator;
  const locationId = onlyLocation(highLevel);
  const connection = connect(highLevel, { settings: { costly_streams: ['contact_notes'] } });
  const selection = { contact_notes: 'incremental' } as const;
  const first = await connection.read(selection);
  expect(idsOf(first.records('contact_notes'))).toEqual(trueIds(world, 'contact_notes', locationId));
  highLevel.passTime(3 * HOUR_MS);
  const contactId = idIn(world.contacts(locationId)[0] ?? {});
  const noteId = idIn(world.collection(locationId, 'contact_notes').add({ contactId }));
  highLevel.passTime(HOUR_MS);
  const unnoticed = await connection.read(selection);
  expect(unnoticed.records('contact_notes')).toEqual([]);
  highLevel.passTime(3 * HOUR_MS);
  world.updateContact(locationId, contactId, { city: 'Elsewhere' });
  highLevel.passTime(HOUR_MS);
  const second = await connection.read(selection);
  expect(idsOf(second.records('contact_notes'))).toContain(noteId);
  expect(second.calls.filter(({ path }) => path.endsWith('/notes'))).toHaveLength(1);
});

test('attributions of new contacts come with the next sync, later touches of older ones within thirty days', async () => {
  const highLevel = await startHighLevel({ contactsPerLocation: 25, knobs: { ...QUIET, silentPageSize: 8 } });
  const { world } = highLevel.simulator;
  const locationId = onlyLocation(highLevel);
  const connection = connect(highLevel, { settings: { costly_streams: ['contact_attributions'] } });
  const selection = { contact_attributions: 'incremental' } as const;
  const first = await connection.read(selection);
  expect(idsOf(first.records('contact_attributions'))).toEqual(
    trueIds(world, 'contact_attributions', locationId),
  );
  highLevel.passTime(5 * HOUR_MS);
  const [older = {}] = sortedBy(world.contacts(locationId), 'dateAdded');
  world.updateContact(locationId, idIn(older), {
    attributions: [{ isLast: true, utmSource: 'newsletter', medium: 'email' }],
  });
  const added = world.addContact(locationId);
  highLevel.passTime(HOUR_MS);
  const second = await connection.read(selection);
  expect(idsOf(second.records('contact_attributions'))).toContain(idIn(added));
  expect(idsOf(second.records('contact_attributions'))).not.toContain(idIn(older));
  highLevel.passTime(31 * DAY_MS);
  const monthly = await connection.read(selection);
  const touched = monthly.records('contact_attributions').find(({ id }) => id === idIn(older));
  expect(JSON.stringify(touched)).toContain('newsletter');
});

test('stages come and go with their pipelines', async () => {
  const highLevel = await startHighLevel({ knobs: QUIET });
  const { world } = highLevel.simulator;
  const locationId = onlyLocation(highLevel);
  const connection = connect(highLevel);
  const read = async () =>
    idsOf((await connection.read({ pipeline_stages: 'full_refresh' })).records('pipeline_stages'));
  expect(await read()).toEqual(trueIds(world, 'pipeline_stages', locationId));
  const [pipeline = {}, ...rest] = world.pipelines(locationId);
  world.setList(locationId, 'pipelines', [...rest, { ...pipeline, stages: [{ id: 'new', name: 'New' }] }]);
  expect(await read()).toEqual(trueIds(world, 'pipeline_stages', locationId));
});

test('relations of every record are read, more than a page of them too, while some are deleted', async () => {
  const highLevel = await startHighLevel({
    rows: { relations: 60 },
    knobs: { ...QUIET, silentPageSize: 6 },
  });
  const { world } = highLevel.simulator;
  const locationId = onlyLocation(highLevel);
  const relations = world.collection(locationId, 'relations');
  const connection = connect(highLevel);
  const selection = { relations: 'full_refresh' } as const;
  let isDone = false;
  highLevel.simulator.beforeAnswer(({ path, query }) => {
    if (isDone || !path.startsWith('/associations/relations/') || query['skip'] === '0') return;
    isDone = true;
    const [first = {}] = truthOf(world, 'relations', locationId);
    relations.remove(idIn(first));
  });
  const run = await connection.read(selection);
  expect(isDone).toBe(true);
  const have = new Set(idsOf(run.records('relations')));
  expect(trueIds(world, 'relations', locationId).filter((id) => !have.has(id))).toEqual([]);
});

test('a relation between two records of custom objects comes once', async () => {
  const highLevel = await startHighLevel({ rows: { relations: 60 }, knobs: QUIET });
  const locationId = onlyLocation(highLevel);
  const { world } = highLevel.simulator;
  const run = await connect(highLevel).read({ relations: 'full_refresh' });
  expect(idsOf(run.records('relations'))).toEqual(trueIds(world, 'relations', locationId));
});

test('pages of a funnel that appear, change and disappear between two pages of them take nothing with them', async () => {
  const highLevel = await startHighLevel({
    rows: { funnels: 3, funnel_pages: 40 },
    knobs: { ...QUIET, silentPageSize: 8 },
  });
  const subject = subjectOf('funnel_pages');
  const pages = rowsOf(highLevel, subject);
  const connection = connect(highLevel);
  const selection = { funnel_pages: 'incremental' } as const;
  let isDone = false;
  highLevel.simulator.beforeAnswer(({ path, query }) => {
    if (isDone || path !== '/funnels/page' || query['offset'] === '0') return;
    isDone = true;
    // The newest come first.
    const [newest = '', second = ''] = pages
      .rows()
      .filter(({ funnelId }) => funnelId === query['funnelId'])
      .map(idIn)
      .reverse();
    pages.remove(newest);
    changeRow(highLevel, subject, second, { text: 'changed meanwhile' });
    addRow(highLevel, subject, { funnelId: query['funnelId'] ?? '' });
  });
  const first = await connection.read(selection);
  expect(isDone).toBe(true);
  highLevel.passTime(HOUR_MS);
  const second = await connection.read(selection);
  const both = [...first.records('funnel_pages'), ...second.records('funnel_pages')];
  expect(lackOf(highLevel, subject, both)).toEqual([]);
});
