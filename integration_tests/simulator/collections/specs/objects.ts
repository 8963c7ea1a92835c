import type { CollectionSpec } from '../collection-spec.ts';

type Kind = 'object_schemas' | 'object_records' | 'associations' | 'relations';

export const objectSpecs: Readonly<Record<Kind, CollectionSpec>> = {
  ['object_schemas']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['object_records']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['associations']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['relations']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
};
