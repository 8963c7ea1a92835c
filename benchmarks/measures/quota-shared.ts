import { withSimulator } from '../bench.ts';
import type { Finding, Measure } from '../measure.ts';
import { countByWindow, QUOTA, WINDOW_MS } from '../quota-windows.ts';
import { readStreams } from '../read-streams.ts';
import type { ServerFigures } from '../server-messages.ts';
import { count, percent } from '../words.ts';

const CONTACTS = 500_000;
const PAGE_SIZE = 500;
const SHARE = 80;
/** Of the bucket, what the other client takes. */
const OTHER_SHARE = 0.5;
const MOST_REFUSED = 0.005;

const findingsOf = ({ calls, otherRequestsAt }: ServerFigures, name: string): readonly Finding[] => {
  const searches = calls.filter(({ path }) => path === '/contacts/search');
  const refused = searches.filter(({ status }) => status === 429).length / searches.length;
  const start = otherRequestsAt[0] ?? Number.POSITIVE_INFINITY;
  const range = { start, end: searches.at(-1)?.at ?? 0 };
  const sent = countByWindow(
    searches.map(({ at }) => at),
    range,
  );
  const theirs = countByWindow(otherRequestsAt, range);
  const tooMany = sent.findLastIndex((ours, window) => ours + (theirs[window] ?? 0) > QUOTA);
  const windows = tooMany + 1;
  const told = sent.map((ours, window) => `${ours}+${theirs[window] ?? 0}`).join(' ');
  return [
    {
      name: `${name}, windows to give way`,
      value: sent.length < 2 ? 'no two full windows' : `${windows} of ${sent.length} (ours+theirs: ${told})`,
      wanted: '≤ 1',
      isMet: sent.length < 2 ? undefined : windows <= 1,
    },
    {
      name: 'answers 429 of the same',
      value: percent(refused),
      wanted: `< ${percent(MOST_REFUSED)}`,
      isMet: refused < MOST_REFUSED,
    },
  ];
};

/** Whether we make room for another client of the same bucket. */
export const quotaShared: Measure = {
  name: 'quota-shared',
  run: (bench) => {
    const { latencyMs } = bench;
    const contacts = bench.sized(CONTACTS, 2_000);
    const otherClient = {
      afterCalls: Math.ceil(contacts / PAGE_SIZE / 2),
      perSecond: (QUOTA * OTHER_SHARE * 1000) / WINDOW_MS,
    };
    const world = { locations: 1, contactsPerLocation: contacts, latencyMs, otherClient };
    return withSimulator(bench, world, async (simulator) => {
      const settings = { max_quota_share: SHARE };
      await readStreams(bench, { simulator, streams: ['contacts'], settings, records: contacts });
      const name = `share ${SHARE}, another client takes ${percent(OTHER_SHARE)} half-way, ${count(contacts)} contacts`;
      return findingsOf(await simulator.figures(), name);
    });
  },
};
