import type { CollectionSpec } from '../collection-spec.ts';

type Kind = 'email_campaigns' | 'trigger_links' | 'funnels' | 'funnel_pages';

export const marketingSpecs: Readonly<Record<Kind, CollectionSpec>> = {
  ['email_campaigns']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['trigger_links']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['funnels']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['funnel_pages']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
};
