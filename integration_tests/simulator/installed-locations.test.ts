import { expect, test } from '@jest/globals';
import { isJsonObject } from '../../src/foundation/json.ts';
import { createSimulator, type Simulator } from './simulator.ts';
import { createTestClient, rowsIn } from './test-client.ts';
import { textOf } from './text-of.ts';

const accessTokenOf = ({ connectorConfig }: Simulator): string => {
  const { credentials } = connectorConfig('oauth');
  return isJsonObject(credentials) ? textOf(credentials['access_token']) : '';
};

test('installed locations come in an order of their own each time, and count all locations of the agency', async () => {
  const simulator = createSimulator({ locations: 30, contactsPerLocation: 1 });
  const [first = ''] = simulator.world.locationIds();
  simulator.admin.uninstall(first);
  const { companyId, appId } = simulator.app;
  const client = createTestClient(simulator, accessTokenOf(simulator));
  const ask = (query = '') =>
    client.get(
      `/oauth/installedLocations?companyId=${companyId}&appId=${appId}&isInstalled=true&limit=100${query}`,
    );
  const [once, again] = [await ask(), await ask()].map((reply) => ({
    ids: rowsIn(reply, 'locations').map((row) => textOf(row['_id'])),
    count: reply.body['count'],
  }));
  expect(once?.ids).not.toEqual(again?.ids);
  expect(once?.ids.toSorted()).toEqual(simulator.world.locationIds().slice(1).toSorted());
  expect(once?.count).toBe(30);
  expect(rowsIn(await ask('&skip=25'), 'locations')).toHaveLength(4);
  simulator.knobs.silentLocationsPage = 3;
  expect(rowsIn(await ask(), 'locations')).toHaveLength(3);
});

test.each([
  [
    '',
    [
      'companyId must be a string',
      'companyId should not be empty',
      'appId must be a string',
      'appId should not be empty',
    ],
  ],
  ['companyId=c&appId=a&limit=101', ['limit must not be greater than 100']],
  ['companyId=c&appId=a&isInstalled=yes', ['isInstalled must be one of the following values: true, false']],
  ['companyId=c&appId=a&pageSize=5', ['property pageSize should not exist']],
])('installed locations with "%s" are refused with 422', async (query, message) => {
  const simulator = createSimulator();
  const client = createTestClient(simulator, accessTokenOf(simulator));
  const reply = await client.get(`/oauth/installedLocations?${query}`);
  expect([reply.status, reply.body['message']]).toEqual([422, message]);
});
