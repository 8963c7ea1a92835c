import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import { isJsonArray, isJsonObject } from '../../src/foundation/json.ts';
import type { SimulatorOptions } from './options.ts';
import { createSimulator } from './simulator.ts';
import { createTestClient, firstLocation, idsOf, type Reply, rowAt, rowsIn } from './test-client.ts';
import { textOf } from './text-of.ts';

const STATUSES = ['active', 'pause', 'complete', 'cancelled', 'retry', 'draft', 'resend-scheduled'];

const open = (options: SimulatorOptions = {}) => {
  const simulator = createSimulator({ now: () => Date.UTC(2025, 6, 1), ...options });
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  const ask = (path: string, query = '') => client.get(`${path}?locationId=${locationId}${query}`);
  return {
    ...simulator,
    ask,
    client,
    campaigns: async (query = '') => rowsIn(await ask('/emails/schedule', query), 'schedules'),
    funnels: async (query = '') => rowsIn(await ask('/funnels/funnel/list', query), 'funnels'),
    pages: (query = '') => ask('/funnels/page', query),
    rows: (kind: 'email_campaigns' | 'funnels' | 'funnel_pages' | 'trigger_links') =>
      simulator.world.collection(locationId, kind),
  };
};

const bareRows = ({ text }: Reply): readonly JsonObject[] => {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value.filter((row) => isJsonObject(row)) : [];
};
const keysOf = (rows: readonly JsonObject[]) => rows.map((row) => textOf(row['_id']));
const isFolder = (row: JsonObject): boolean => row['campaignType'] === 'folder' || row['type'] === 'folder';

test('campaigns that are active and sent come by default, with the folders among them, both ids and a listed total', async () => {
  const { ask } = open();
  const reply = await ask('/emails/schedule', '&limit=100');
  const rows = rowsIn(reply, 'schedules');
  expect(rows.filter(isFolder)).toHaveLength(5);
  for (const row of rows.filter((each) => !isFolder(each)))
    expect(row).toMatchObject({ status: 'active', emailStatus: 'complete', archived: false, _id: row['id'] });
  expect(rows.length).toBeGreaterThan(6);
  expect(reply.body['total']).toEqual([rows.length]);
});

test('every campaign is found by who asks for each status, each folder and the archive', async () => {
  const { campaigns, rows } = open();
  const folders = ['', ...idsOf((await campaigns('&limit=100')).filter(isFolder))];
  const queries = folders.flatMap((folder) =>
    STATUSES.flatMap((status) =>
      [true, false].map(
        (archived) =>
          `&limit=100&emailStatus=all&status=${status}&archived=${archived}${folder === '' ? '' : `&parentId=${folder}`}`,
      ),
    ),
  );
  const pages = await Promise.all(queries.map((query) => campaigns(query)));
  expect([...new Set(idsOf(pages.flat()))].toSorted()).toEqual(
    idsOf(rows('email_campaigns').rows()).toSorted(),
  );
});

test('a campaign in a folder comes only with the folder, which knows its children', async () => {
  const { campaigns, rows } = open();
  const inside = rowAt(
    rows('email_campaigns')
      .rows()
      .filter(({ parentId, archived }) => textOf(parentId) !== '' && archived === false),
    0,
  );
  const query = `&limit=100&emailStatus=all&status=${textOf(inside['status'])}`;
  expect(idsOf(await campaigns(query))).not.toContain(inside['id']);
  expect(idsOf(await campaigns(`${query}&parentId=${textOf(inside['parentId'])}`))).toContain(inside['id']);
  const { child = null, childCount } = rows('email_campaigns').find(textOf(inside['parentId'])) ?? {};
  expect(child).toContain(inside['id']);
  expect(isJsonArray(child) && child.length).toBe(childCount);
});

test('folders come whatever the status, but neither to campaignsOnly nor to the archive', async () => {
  const { campaigns } = open();
  const folders = async (query: string) => (await campaigns(`&limit=100${query}`)).filter(isFolder).length;
  expect([
    await folders('&status=draft'),
    await folders('&campaignsOnly=true'),
    await folders('&archived=true'),
  ]).toEqual([5, 0, 0]);
});

test('campaigns are shown with few fields or without their statistics when asked to', async () => {
  const { campaigns } = open();
  const view = async (query: string) =>
    Object.keys(rowAt(await campaigns(`&campaignsOnly=true${query}`), 0)).toSorted();
  expect(await view('')).toEqual(expect.arrayContaining(['_id', 'name', 'stats']));
  expect(await view('&showStats=false')).not.toContain('stats');
  expect(await view('&limitedFields=true')).toEqual(
    [
      ...['downloadUrl', 'id', 'isPlainText', 'templateDataDownloadUrl'],
      ...['templateId', 'templateType', 'type', 'updatedAt'],
    ].toSorted(),
  );
});

test('a campaign added between two pages shifts the others', async () => {
  const { campaigns, rows } = open();
  const first = await campaigns('&limit=3');
  rows('email_campaigns').add({ status: 'active', emailStatus: 'complete', archived: false });
  expect(rowAt(await campaigns('&limit=3&offset=3'), 0)['id']).toBe(rowAt(first, 2)['id']);
});

test.each(['/links/', '/links'])('trigger links at %s are all there at once', async (path) => {
  const { ask, rows, knobs } = open();
  knobs.silentPageSize = 6;
  const links = rowsIn(await ask(path), 'links');
  expect(links).toEqual(rows('trigger_links').rows().toReversed());
  expect(rowAt(links, 0)['fieldKey']).toBe(`{{trigger_link.${textOf(rowAt(links, 0)['id'])}}}`);
});

test('the top level of the funnels has folders in it, and nothing of what is in them', async () => {
  const { ask, funnels, rows } = open();
  const reply = await ask('/funnels/funnel/list', '&limit=100');
  const top = rowsIn(reply, 'funnels');
  const folders = top.filter(isFolder);
  expect([top.length, folders.length, reply.body['count']]).toEqual([13, 3, 13]);
  const inside = await Promise.all(keysOf(folders).map((id) => funnels(`&limit=100&parentId=${id}`)));
  expect([...keysOf(top), ...keysOf(inside.flat())].toSorted()).toEqual(
    keysOf(rows('funnels').rows()).toSorted(),
  );
  expect(await funnels('&limit=100&type=folder')).toHaveLength(3);
});

test('funnels come ten a page, and pages may be cut', async () => {
  const { funnels, knobs } = open();
  expect([(await funnels()).length, (await funnels('&offset=10')).length]).toEqual([10, 3]);
  knobs.silentPageSize = 6;
  expect((await funnels('&offset=6')).length).toBe(6);
});

test("a funnel's pages come as a bare list, the deleted among them, and are its steps", async () => {
  const { pages, rows } = open();
  const funnel = rowAt(
    rows('funnels')
      .rows()
      .filter((row) => !isFolder(row)),
    0,
  );
  const found = bareRows(await pages(`&funnelId=${textOf(funnel['_id'])}&limit=20&offset=0`));
  const steps = funnel['steps'];
  const stepIds = isJsonArray(steps) ? steps.map((step) => (isJsonObject(step) ? step['id'] : '')) : [];
  expect(found).toHaveLength(12);
  expect(found.map(({ stepId }) => stepId).toReversed()).toEqual(stepIds);
  expect(new Set(found.map(({ deleted }) => deleted))).toEqual(new Set([true, false]));
  expect(rowAt(found, 0)).not.toHaveProperty('id');
});

test('every page is of a funnel that is no folder', () => {
  const { rows } = open();
  const funnels = new Set(
    keysOf(
      rows('funnels')
        .rows()
        .filter((row) => !isFolder(row)),
    ),
  );
  const parents = rows('funnel_pages')
    .rows()
    .map(({ funnelId }) => textOf(funnelId));
  expect(parents.filter((id) => !funnels.has(id))).toEqual([]);
});

test('pages of an unknown funnel and of a folder are refused', async () => {
  const { pages, funnels } = open();
  const [folder = ''] = keysOf(await funnels('&type=folder'));
  for (const id of ['nope', folder]) {
    const reply = await pages(`&funnelId=${id}&limit=10&offset=0`);
    expect([reply.status, reply.body['message']]).toEqual([400, 'Funnel not found']);
  }
});

test('rows survive parents that are not there', () => {
  const { rows } = open({ rows: { funnels: 0 } });
  expect(rowAt(rows('funnel_pages').rows(), 0)['funnelId']).toBe('');
});

test.each([
  ['/emails/schedule', '&limit=101', ['limit must not be greater than 100']],
  ['/emails/schedule', '&status=sent', [expect.stringContaining('status must be one of')]],
  ['/emails/schedule', '&status=all', [expect.stringContaining('status must be one of')]],
  ['/emails/schedule', '&archived=yes', [expect.stringContaining('true, false')]],
  ['/emails/schedule', '&page=1', ['property page should not exist']],
  ['/links/', '&limit=10', ['property limit should not exist']],
  ['/funnels/funnel/list', '&limit=101', ['limit must not be greater than 100']],
  ['/funnels/funnel/list', '&skip=1', ['property skip should not exist']],
  ['/funnels/page', '&funnelId=x&limit=1', ['offset must be a string', 'offset should not be empty']],
  ['/funnels/page', '&funnelId=x&limit=101&offset=0', expect.anything()],
])('%s with %s is refused with 422', async (path, query, message) => {
  const { ask, rows } = open();
  const id = textOf(rowAt(rows('funnels').rows(), 1)['_id']);
  const reply = await ask(path, query.replace('funnelId=x', `funnelId=${id}`));
  expect([reply.status, reply.body['message']]).toEqual([422, message]);
});

test.each([
  ['/emails/schedule', 'emails/schedule.readonly'],
  ['/links/', 'links.readonly'],
  ['/funnels/funnel/list', 'funnels/funnel.readonly'],
  ['/funnels/page', 'funnels/page.readonly'],
])('%s needs a location and the scope %s', async (path, scope) => {
  const { ask, client, admin } = open();
  expect((await client.get(path)).status).toBe(422);
  admin.removeScope(scope);
  expect((await ask(path)).status).toBe(401);
});
