/** Streams of the demo's table, location by location. */
export const MAIN_STREAMS: readonly string[] = [
  'contacts',
  'opportunities',
  'appointments',
  'conversations',
  'messages',
  'form_submissions',
  'orders',
  'transactions',
  'invoices',
  'tasks',
];

/** The others, of which the demo tells only the sums. A stream that is in no group is told of under "more". */
export const STREAM_GROUPS: Readonly<Record<string, readonly string[]>> = {
  agency: ['locations', 'users', 'sync_report'],
  contacts: ['contact_ids', 'contact_notes', 'contact_attributions', 'companies', 'tags', 'custom_fields'],
  sales: ['opportunity_ids', 'pipelines', 'pipeline_stages', 'lost_reasons'],
  calendars: ['calendars', 'calendar_groups', 'blocked_slots'],
  marketing: [
    ...['forms', 'surveys', 'survey_submissions', 'campaigns', 'email_campaigns', 'trigger_links'],
    ...['funnels', 'funnel_pages', 'workflows', 'custom_values', 'voice_ai_call_logs'],
  ],
  money: [...['order_items', 'invoice_items', 'subscriptions', 'estimates', 'products', 'prices', 'coupons']],
  objects: ['object_schemas', 'object_records', 'associations', 'relations'],
};
