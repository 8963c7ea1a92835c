import type { CollectionSpec } from '../collection-spec.ts';

type Kind = 'lost_reasons' | 'companies' | 'tags' | 'tasks' | 'custom_values' | 'workflows' | 'contact_notes';

export const crmSpecs: Readonly<Record<Kind, CollectionSpec>> = {
  ['lost_reasons']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['companies']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['tags']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['tasks']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['custom_values']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['workflows']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['contact_notes']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
};
