import type { JsonObject } from '../../../../src/foundation/json.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { submissionSpec } from './submissions.ts';

type Kind = 'forms' | 'form_submissions' | 'surveys' | 'survey_submissions';

const isFolder = (ordinal: number): boolean => ordinal % 6 === 3;

/** Folders stand among the forms. */
const form =
  (noun: string) =>
  ({ locationId }: CollectionSeed, ordinal: number): JsonObject =>
    isFolder(ordinal)
      ? { name: `Folder ${ordinal + 1}`, locationId, type: 'folder' }
      : { name: `${noun} ${ordinal + 1}`, locationId };

/** What can be filled in. */
const fillable =
  (kind: 'forms' | 'surveys') =>
  ({ idsOf }: CollectionSeed): readonly string[] =>
    idsOf(kind).filter((_, ordinal) => !isFolder(ordinal));

export const formSpecs: Readonly<Record<Kind, CollectionSpec>> = {
  forms: { idKey: 'id', idShape: 'crm', count: 14, row: form('Form') },
  form_submissions: submissionSpec('forms', fillable('forms')),
  surveys: { idKey: 'id', idShape: 'crm', count: 12, row: form('Survey') },
  survey_submissions: submissionSpec('surveys', fillable('surveys')),
};
