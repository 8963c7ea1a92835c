/**
 * What the connector is measured against: the least that can be done to bring the contacts of a location from HighLevel to
 * standard output. One page after the other, no quota, no state, no schema, no second try.
 */
import { once } from 'node:events';

interface Page {
  readonly contacts: readonly { readonly searchAfter: unknown }[];
}

const [url = '', locationId = '', token = ''] = process.argv.slice(2);
const PAGE_SIZE = 500;
const headers = {
  authorization: `Bearer ${token}`,
  version: '2021-07-28',
  'content-type': 'application/json',
  'user-agent': 'floor',
};

const fetchPage = async (searchAfter: unknown): Promise<Page> => {
  const sort = [{ field: 'dateAdded', direction: 'asc' }];
  const body = JSON.stringify({ locationId, pageLimit: PAGE_SIZE, sort, searchAfter });
  const response = await fetch(`${url}/contacts/search`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return JSON.parse(await response.text()) as Page;
};

const lineOf = (data: unknown): string =>
  `${JSON.stringify({ type: 'RECORD', record: { stream: 'contacts', emitted_at: Date.now(), data } })}\n`;

let searchAfter: unknown;
for (;;) {
  const { contacts } = await fetchPage(searchAfter);
  if (contacts.length === 0) break;
  const isTaken = process.stdout.write(contacts.map(lineOf).join(''));
  if (!isTaken) await once(process.stdout, 'drain');
  searchAfter = contacts.at(-1)?.searchAfter;
}
