import type { CollectionSpec } from '../collection-spec.ts';

type Kind = 'forms' | 'form_submissions' | 'surveys' | 'survey_submissions';

export const formSpecs: Readonly<Record<Kind, CollectionSpec>> = {
  ['forms']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['form_submissions']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['surveys']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['survey_submissions']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
};
