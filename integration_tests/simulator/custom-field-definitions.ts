import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import { createRandom, hashOf, type Random } from './random.ts';

export type FieldModel = 'contact' | 'opportunity';

export interface CustomFieldDefinition {
  readonly id: string;
  readonly model: FieldModel;
  readonly dataType: string;
  readonly options: readonly string[];
  readonly row: JsonObject;
}

interface Template {
  readonly model: FieldModel;
  readonly name: string;
  readonly dataType: string;
  readonly options?: readonly string[];
}

const TEMPLATES: readonly Template[] = [
  { model: 'contact', name: 'SDR', dataType: 'TEXT' },
  { model: 'contact', name: 'Notes for the crew', dataType: 'LARGE_TEXT' },
  {
    model: 'contact',
    name: 'Call outcome',
    dataType: 'SINGLE_OPTIONS',
    options: ['No answer', 'Booked', 'Lost'],
  },
  {
    model: 'contact',
    name: 'Interests',
    dataType: 'MULTIPLE_OPTIONS',
    options: ['Whitening', 'Implants', 'Cleaning'],
  },
  { model: 'contact', name: 'Household size', dataType: 'NUMERICAL' },
  { model: 'contact', name: 'Monthly budget', dataType: 'MONETORY' },
  { model: 'contact', name: 'Move-in date', dataType: 'DATE' },
  { model: 'contact', name: 'Signed forms', dataType: 'FILE_UPLOAD' },
  { model: 'contact', name: 'Measurements', dataType: 'TEXTBOX_LIST', options: ['Width', 'Height'] },
  { model: 'contact', name: 'Consent', dataType: 'CHECKBOX', options: ['Yes'] },
  { model: 'opportunity', name: 'Competitor', dataType: 'TEXT' },
  { model: 'opportunity', name: 'Seats', dataType: 'NUMERICAL' },
  { model: 'opportunity', name: 'Decision date', dataType: 'DATE' },
  {
    model: 'opportunity',
    name: 'Modules',
    dataType: 'MULTIPLE_OPTIONS',
    options: ['CRM', 'Calls', 'Funnels'],
  },
  { model: 'opportunity', name: 'Proposal', dataType: 'FILE_UPLOAD' },
];

const keyOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]+/g, '_');

/** Plain texts, but objects for lists of text boxes. */
const picklistOf = ({ dataType, options = [] }: Template, random: Random): JsonValue =>
  dataType === 'TEXTBOX_LIST'
    ? options.map((label) => ({ id: random.uuid(), label, prefillValue: '' }))
    : options;

const createDefinition = (template: Template, locationId: string, at: number, random: Random) => {
  const id = random.id();
  const { model, name, dataType, options } = template;
  const row: JsonObject = {
    id,
    name,
    model,
    fieldKey: `${model}.${keyOf(name)}`,
    placeholder: random.chance(0.5) ? `${name}?` : '',
    dataType,
    position: at * 50,
    documentType: 'field',
    parentId: random.id(),
    locationId,
    dateAdded: new Date(Date.UTC(2024, 6, 2, 15, at, 9, 590)).toISOString(),
    standard: false,
    ...(options === undefined ? {} : { picklistOptions: picklistOf(template, random) }),
    ...(dataType === 'FILE_UPLOAD' ? { isMultiFileAllowed: true, maxFileLimit: 4 } : {}),
  };
  return { id, model, dataType, options: options ?? [], row };
};

/** A location's custom fields, of both models. */
export const customFieldDefinitions = (seed: number, locationId: string): readonly CustomFieldDefinition[] =>
  TEMPLATES.map((template, at) => createDefinition(template, locationId, at, createRandom(hashOf(seed, at))));
