import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import type { CustomFieldDefinition } from './custom-field-definitions.ts';
import { isoOf } from './location-seed.ts';
import type { Random } from './random.ts';

const WORDS = [
  'Pat',
  'Sam',
  'asked to call back',
  'prefers mornings',
  '“two dogs”',
  'line one\nline two',
  '很好',
];
const SHARE_FILLED = 0.3;

const fileMap = (random: Random): JsonObject => {
  const uuid = random.uuid();
  const meta = {
    fieldname: random.id(),
    originalname: 'consent form.pdf',
    encoding: '7bit',
    mimetype: 'application/pdf',
    size: random.int(1_000, 900_000),
    uuid,
  };
  return { [uuid]: { meta, url: `https://files.example.com/${uuid}`, documentId: random.id() } };
};

const dayOf = (random: Random): number =>
  Date.UTC(random.int(2013, 2027), random.int(0, 11), random.int(1, 28));

type ValueOf = (random: Random, options: readonly string[], variations: boolean) => JsonValue;

const numberOrText = (random: Random, value: number, variations: boolean): JsonValue =>
  variations && random.chance(0.3) ? String(value) : value;

const textBoxes: ValueOf = (random, options) =>
  Object.fromEntries(
    options.map((option) => [`${option.toLowerCase()}-${random.hex(6)}`, `${random.int(1, 99)} in`]),
  );

const VALUES: ReadonlyMap<string, ValueOf> = new Map<string, ValueOf>([
  ['SINGLE_OPTIONS', (random, options) => random.pick(options)],
  ['MULTIPLE_OPTIONS', (random, options) => options.filter(() => random.chance(0.6))],
  ['NUMERICAL', (random, _options, variations) => numberOrText(random, random.int(0, 12), variations)],
  [
    'MONETORY',
    (random, _options, variations) => numberOrText(random, random.int(0, 500_000) / 100, variations),
  ],
  ['DATE', (random) => isoOf(dayOf(random))],
  ['FILE_UPLOAD', fileMap],
  ['TEXTBOX_LIST', textBoxes],
  ['CHECKBOX', (random, options, variations) => (variations && random.chance(0.3) ? true : options)],
]);

const textValue: ValueOf = (random) => random.pick(WORDS);

/** Only filled fields are listed, by id, without key or name; the value's type follows the field's, mostly. */
export const contactCustomFields = (
  random: Random,
  definitions: readonly CustomFieldDefinition[],
  variations: boolean,
): readonly JsonObject[] =>
  definitions
    .filter(({ model }) => model === 'contact' && random.chance(SHARE_FILLED))
    .map(({ id, dataType, options }) => ({
      id,
      value: (VALUES.get(dataType) ?? textValue)(random, options, variations),
    }));
