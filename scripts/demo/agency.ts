import type { CollectionCounts } from '../../integration_tests/simulator/collections/create-collections.ts';
import {
  DEFAULT_RATE_LIMITS,
  type LocationOptions,
  type RateLimits,
} from '../../integration_tests/simulator/options.ts';
import { type Served, serve } from '../../integration_tests/simulator/serve.ts';
import { createSimulator, type Simulator } from '../../integration_tests/simulator/simulator.ts';

/** An agency in a simulated HighLevel, served on loopback, and the clock of its servers. */
export interface Agency {
  readonly simulator: Simulator;
  readonly served: Served;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly passHours: (hours: number) => void;
}

const HOUR_MS = 3_600_000;
/** The newest seeded rows are older than a sync reads again, so that the second sync shows what the day has changed. */
const QUIET_HOURS = 3;

/** A hundred times what HighLevel grants, which would stretch the first sync to minutes. */
const QUOTA: RateLimits = { ...DEFAULT_RATE_LIMITS, intervalMs: DEFAULT_RATE_LIMITS.intervalMs / 100 };

/** Of what costs a request or more each. */
const FEW: CollectionCounts = { email_campaigns: 12, funnels: 12, funnel_pages: 18, object_records: 12 };

const LOCATIONS: readonly LocationOptions[] = [
  {
    name: 'Bright Dental',
    contacts: 300,
    opportunities: 120,
    pipelines: 1,
    campaigns: 2,
    rows: {
      ...{ users: 6, calendars: 6, calendar_groups: 2, appointments: 240, blocked_slots: 24 },
      ...{ conversations: 120, messages: 400, form_submissions: 90, survey_submissions: 30 },
      ...{ orders: 40, transactions: 120, invoices: 50, subscriptions: 12, tasks: 60, contact_notes: 90 },
    },
  },
  {
    name: 'Lakeside Realty',
    contacts: 420,
    opportunities: 240,
    pipelines: 2,
    campaigns: 0,
    rows: {
      ...{ users: 9, calendars: 5, calendar_groups: 1, appointments: 150, blocked_slots: 18 },
      ...{ conversations: 160, messages: 560, form_submissions: 120, survey_submissions: 20 },
      ...{ orders: 20, transactions: 50, invoices: 60, subscriptions: 4, tasks: 100, contact_notes: 120 },
    },
  },
  {
    name: 'Summit Fitness',
    contacts: 160,
    opportunities: 80,
    pipelines: 1,
    campaigns: 3,
    rows: {
      ...{ users: 4, calendars: 8, calendar_groups: 3, appointments: 300, blocked_slots: 12 },
      ...{ conversations: 80, messages: 300, form_submissions: 60, survey_submissions: 40 },
      ...{ orders: 60, transactions: 160, invoices: 30, subscriptions: 30, tasks: 40, contact_notes: 40 },
    },
  },
];

/** The same agency every time, down to the last name; only its times go with the clock. */
export const startAgency = async (): Promise<Agency> => {
  let aheadMs = 0;
  const now = (): number => new Date().getTime() + aheadMs;
  const simulator = createSimulator({
    seed: 'demo',
    now,
    newestRowAt: now() - QUIET_HOURS * HOUR_MS,
    locations: LOCATIONS,
    rows: FEW,
    shareNeverUpdated: 0.02,
    knobs: { rateLimits: QUOTA },
  });
  return {
    simulator,
    served: await serve(simulator),
    now,
    passHours: (hours) => {
      aheadMs += hours * HOUR_MS;
    },
  };
};
