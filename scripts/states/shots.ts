import type { SimulatorOptions } from '../../integration_tests/simulator/options.ts';
import type { Shot } from './shot.ts';
import { earlierStart, manyAppointments, manyChanges, syncFirst } from './stories.ts';

const DAY_MS = 86_400_000;
const JOB = '7';

/** Small pages, so that there are states in the middle. */
const SEARCHED: SimulatorOptions = {
  locations: 2,
  contactsPerLocation: 25,
  opportunitiesPerLocation: 25,
  shareNeverUpdated: 0.1,
  // Tokens of the simulator that the states come from are to be good for another one.
  knobs: { rateLimits: 'off', silentPageSize: 6, tokenBinding: 'shape' },
};
/** Enough pages for several lanes. */
const DIVIDED: SimulatorOptions = { ...SEARCHED, contactsPerLocation: 200 };
const LISTED: SimulatorOptions = { locations: 2, knobs: { rateLimits: 'off', silentPageSize: 30 } };
const windowed = (kind: 'messages' | 'orders' | 'appointments'): SimulatorOptions => ({
  ...LISTED,
  rows: { [kind]: 120 },
});
const ATTRIBUTED: SimulatorOptions = { ...LISTED, contactsPerLocation: 120 };
const COSTLY = { costly_streams: ['contact_attributions'] };

const contacts = { stream: 'contacts', mode: 'incremental' } as const;
const messages = { stream: 'messages', mode: 'incremental' } as const;
const appointments = { stream: 'appointments', mode: 'incremental' } as const;
const attributions = { stream: 'contact_attributions', mode: 'incremental', settings: COSTLY } as const;
const started = { settings: { start_date: '2024-10-01T00:00:00Z' } } as const;

/** One state for each shape of cursor, and for each way to read. */
export const SHOTS: readonly Shot[] = [
  {
    ...{ ...contacts, world: SEARCHED, name: 'search-backfill', wanted: /"backfill":\{"date_added"/ },
    description: 'A backfill by search on its way.',
  },
  {
    ...{
      ...contacts,
      ...started,
      world: SEARCHED,
      name: 'search-backfill-start-date',
      wanted: /"backfill":\{"date_added"/,
    },
    description: 'A backfill by search on its way, from a start date on.',
  },
  {
    ...contacts,
    world: SEARCHED,
    name: 'search-incremental',
    description: 'A search that has been read to its end.',
  },
  {
    ...{
      stream: 'opportunities',
      mode: 'incremental',
      world: SEARCHED,
      name: 'search-incremental-opportunities',
    },
    description: 'The same, of a stream whose columns have other names.',
  },
  {
    ...{ ...contacts, world: SEARCHED, name: 'search-created', before: manyChanges, wanted: /"created":\{/ },
    changesRows: true,
    description: 'An incremental read by search, in the middle of the rows that count by creation.',
  },
  {
    ...{
      ...contacts,
      ...started,
      world: SEARCHED,
      name: 'search-gap',
      before: earlierStart,
      wanted: /"date_added":"[^"]*","until":"[^"]*","updated_before"/,
    },
    changesRows: true,
    description: 'The gap before an earlier start date is being filled.',
  },
  {
    ...{
      ...contacts,
      world: SEARCHED,
      name: 'search-full-refresh',
      mode: 'full_refresh',
      job: JOB,
      wanted: /"after"/,
    },
    description: 'A full refresh by search on its way.',
  },
  {
    ...{
      ...contacts,
      world: DIVIDED,
      name: 'search-backfill-pieces',
      wanted: /"unread":\[\{[^\]]*\},\{/,
    },
    description: 'A backfill by search that is read in several pieces at once.',
  },
  {
    ...{
      ...contacts,
      world: DIVIDED,
      name: 'search-full-refresh-pieces',
      mode: 'full_refresh',
      job: JOB,
      wanted: /"unread":\[\{"(since|before)[^\]]*"after"/,
    },
    description: 'A full refresh by search that is read in several pieces at once.',
  },
  {
    ...{ ...contacts, world: SEARCHED, name: 'search-full-refresh-done', mode: 'full_refresh', job: JOB },
    description: 'A full refresh by search that is done.',
  },
  {
    stream: 'invoices',
    mode: 'incremental',
    world: LISTED,
    name: 'list-changed',
    description: 'A list whose rows say when they changed.',
  },
  {
    ...{ stream: 'invoices', mode: 'full_refresh', world: LISTED, name: 'list-full-refresh-done', job: JOB },
    description: 'A full refresh of a list that is done.',
  },
  {
    ...{
      ...messages,
      world: windowed('messages'),
      name: 'windows-first-pass',
      wanted: /"cursor":\{"reading"/,
    },
    description: 'The first pass over windows on its way.',
  },
  {
    ...{
      ...messages,
      ...started,
      world: windowed('messages'),
      name: 'windows-first-pass-start-date',
      wanted: /"cursor":\{"reading"/,
    },
    description: 'The first pass over windows on its way, from a start date on.',
  },
  {
    ...messages,
    world: windowed('messages'),
    name: 'windows-incremental',
    description: 'Windows that have been read to their end.',
  },
  {
    ...{
      ...appointments,
      world: windowed('appointments'),
      name: 'windows-trailing-pass',
      before: manyAppointments,
    },
    ...{ changesRows: true, wanted: /"date_updated":"[^"]*","reading"/ },
    description: 'The trailing windows being read again.',
  },
  {
    ...{
      ...appointments,
      world: windowed('appointments'),
      name: 'windows-deep-pass',
      wanted: /"deep_reading"/,
    },
    before: syncFirst(appointments, 8 * DAY_MS),
    description: 'A weekly pass over windows on its way.',
  },
  {
    ...{
      ...messages,
      world: windowed('messages'),
      name: 'windows-full-refresh',
      mode: 'full_refresh',
      job: JOB,
      wanted: /"reading"/,
    },
    description: 'A full refresh by windows on its way.',
  },
  {
    ...{
      ...attributions,
      world: ATTRIBUTED,
      name: 'newest-first-first-pass',
      wanted: /"cursor":\{"full_reading"/,
    },
    description: 'The first full pass from the newest row down.',
  },
  {
    ...attributions,
    world: ATTRIBUTED,
    name: 'newest-first-incremental',
    description: 'Rows read from the newest down, to their end.',
  },
  {
    ...{
      ...attributions,
      world: ATTRIBUTED,
      name: 'newest-first-full-pass',
      wanted: /"full_pass":"[^"]*","full_reading"/,
    },
    before: syncFirst(attributions, 31 * DAY_MS),
    description: 'A later full pass from the newest row down.',
  },
  {
    ...{
      ...attributions,
      world: ATTRIBUTED,
      name: 'newest-first-full-refresh',
      mode: 'full_refresh',
      job: JOB,
      wanted: /"after"/,
    },
    description: 'A full refresh from the newest row down, on its way.',
  },
  {
    ...{
      stream: 'order_items',
      mode: 'incremental',
      world: windowed('orders'),
      name: 'children-of-windows',
      wanted: /"reading"/,
    },
    description: 'Children, with the cursor of their parents, which are read by windows.',
  },
  {
    ...{ stream: 'invoice_items', mode: 'incremental', world: LISTED, name: 'children-of-a-list' },
    description: 'Children, with the cursor of their parents, which are a list.',
  },
  {
    ...{ stream: 'prices', mode: 'incremental', world: LISTED, name: 'children-changed' },
    description: 'Children that say themselves when they changed.',
  },
  {
    ...{
      ...contacts,
      world: { ...SEARCHED, locations: [{}, {}, { access: 'suspended' }] },
      name: 'skipped-locations',
    },
    wanted: /"skipped_locations"/,
    description: 'A location was skipped knowingly.',
  },
];
