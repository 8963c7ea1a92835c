import type { StreamDefinition } from '../../src/stream/definition.ts';

/** Streams that belong together for those who choose among them. */
export interface StreamGroup {
  readonly title: string;
  readonly streams: readonly StreamDefinition[];
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  'Contacts and deals': ['contacts', 'opportunities', 'pipelines', 'campaigns', 'custom_fields', 'locations'],
  'What agencies report on': [
    'appointments',
    'calendars',
    'calendar_groups',
    'users',
    'messages',
    'conversations',
    'form_submissions',
    'forms',
    'survey_submissions',
    'surveys',
  ],
  Money: [
    'invoices',
    'invoice_items',
    'orders',
    'order_items',
    'transactions',
    'subscriptions',
    'products',
    'prices',
    'estimates',
    'coupons',
  ],
  'Sales and work': [
    'pipeline_stages',
    'lost_reasons',
    'companies',
    'tags',
    'tasks',
    'custom_values',
    'workflows',
  ],
  Operations: ['sync_report'],
  Deletions: ['contact_ids', 'opportunity_ids'],
  Depth: [
    'voice_ai_call_logs',
    'object_schemas',
    'object_records',
    'associations',
    'relations',
    'email_campaigns',
    'trigger_links',
    'funnels',
    'funnel_pages',
    'blocked_slots',
  ],
  Costly: ['contact_notes', 'contact_attributions'],
};

/** @throws RangeError for a stream that has no group, or a group that names a stream that does not exist */
export const groupsOf = (streams: readonly StreamDefinition[]): readonly StreamGroup[] => {
  const grouped = new Set(Object.values(NAMES).flat());
  const stray = streams.find(({ name }) => !grouped.has(name));
  if (stray !== undefined) throw new RangeError(`The stream ${stray.name} has no group.`);
  return Object.entries(NAMES).map(([title, names]) => ({
    title,
    streams: names.map((name) => {
      const stream = streams.find((one) => one.name === name);
      if (stream === undefined)
        throw new RangeError(`The group "${title}" names ${name}, which is no stream.`);
      return stream;
    }),
  }));
};
