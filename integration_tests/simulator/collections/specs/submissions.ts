import type { JsonObject, JsonValue } from '../../../../src/foundation/json.ts';
import { personOf } from '../../people.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';

interface Filled {
  readonly kind: 'forms' | 'surveys';
  /** Which form was filled in: ids of folders are not among these. */
  readonly parents: readonly string[];
}

/** What a field of a form may hold; the same field holds the same type in every submission. */
const ANSWERS: readonly ((random: Random) => JsonValue)[] = [
  (random) => random.pick(['Morning', 'Evening', '13']),
  (random) => random.int(1, 500),
  (random) => ['North', 'South', 'East'].slice(0, random.int(0, 3)),
  (random) => ({
    [random.uuid()]: { meta: { fieldname: 'file', size: random.int(1, 9999) }, url: 'https://example.com/f' },
  }),
];

/** Answers to custom fields stand under the fields' ids. */
const customAnswers = (seed: CollectionSeed, random: Random): JsonObject =>
  Object.fromEntries(
    ANSWERS.map((answer, at): [string, JsonValue] => [
      seed.random(-1 - at).id(),
      seed.variations ? answer(random) : 'Morning',
    ]).filter(() => random.chance(0.7)),
  );

const clicks = (random: Random): JsonObject =>
  random.chance(0.5)
    ? {}
    : {
        utm_source: random.pick(['google', 'facebook']),
        utm_medium: 'cpc',
        utm_campaign: 'spring',
        ...(random.chance(0.5) ? { gclid: random.id(40) } : { fbclid: random.id(30) }),
      };

const eventData = (
  seed: CollectionSeed,
  ordinal: number,
  {
    random,
    medium,
    parentId,
  }: { readonly random: Random; readonly medium: string; readonly parentId: string },
): JsonObject => ({
  fbc: '',
  fbp: `fb.1.${seed.addedAt(ordinal)}.${random.int(100_000, 999_999)}`,
  page: { url: 'https://pages.example.com/start', title: 'Start' },
  type: 'page-visit',
  domain: 'pages.example.com',
  medium,
  mediumId: parentId,
  source: random.pick(['Direct traffic', 'Paid Search', 'Organic Search']),
  version: 'v3',
  adSource: random.chance(0.3) ? 'google' : '',
  parentId,
  parentName: `Page ${ordinal}`,
  referrer: random.chance(0.5) ? 'https://www.example.org/' : '',
  documentURL: 'https://pages.example.com/start',
  fbEventId: random.uuid(),
  timestamp: seed.addedAt(ordinal),
  fingerprint: random.hex(32),
  pageVisitType: medium,
  url_params: clicks(random),
  contactSessionIds: random.chance(0.7) ? { ids: [random.uuid()] } : null,
});

const funnelEvent = (random: Random): JsonObject => ({
  funnel_id: random.id(),
  funnel_step_id: random.uuid(),
  page_id: random.id(),
  page_url: 'https://pages.example.com/start',
  domain_name: 'pages.example.com',
  event_type: 'optin',
});

/** Keys that only some pages send along. */
const traces = (random: Random): JsonObject => ({
  ...(random.chance(0.5) ? { funneEventData: funnelEvent(random) } : {}),
  ...(random.chance(0.7) ? { ip: `203.0.113.${random.int(1, 254)}` } : {}),
  ...(random.chance(0.7) ? { sessionId: random.uuid() } : {}),
  ...(random.chance(0.5) ? { submissionId: random.hex(24) } : {}),
  ...(random.chance(0.5) ? { signatureHash: random.hex(64) } : {}),
  ...(random.chance(0.6) ? { Timezone: 'America/New_York (GMT-04:00)' } : {}),
});

const others = (seed: CollectionSeed, ordinal: number, { kind, parents }: Filled): JsonObject => {
  const random = seed.random(ordinal);
  const { firstName, lastName, email, phone } = personOf(random);
  const answers = customAnswers(seed, random);
  const parentId = parents[ordinal % parents.length] ?? '';
  const medium = kind === 'forms' ? 'form' : 'survey';
  return {
    first_name: firstName,
    last_name: lastName,
    ...(email !== null && { email }),
    ...(phone !== null && { phone }),
    ...answers,
    fieldsOriSequance: ['first_name', 'last_name', 'phone', 'email', ...Object.keys(answers)],
    eventData: eventData(seed, ordinal, { random, medium, parentId }),
    ...(seed.variations ? traces(random) : {}),
  };
};

/** A row neither names its location nor tells of changes. */
const submission = (seed: CollectionSeed, ordinal: number, filled: Filled): JsonObject => {
  const { kind, parents } = filled;
  // The same draws as in `others`: who filled it in is one person.
  const { firstName, lastName, email } = personOf(seed.random(ordinal));
  const parentId = parents[ordinal % parents.length];
  return {
    contactId: seed.contactId(ordinal),
    ...(parentId !== undefined && { [kind === 'forms' ? 'formId' : 'surveyId']: parentId }),
    name: `${firstName} ${lastName}`,
    ...(email === null && seed.variations ? {} : { email: email ?? '' }),
    others: others(seed, ordinal, filled),
  };
};

/** Submissions of what `parentsOf` names. */
export const submissionSpec = (
  kind: 'forms' | 'surveys',
  parentsOf: (seed: CollectionSeed) => readonly string[],
): CollectionSpec => ({
  idKey: 'id',
  idShape: 'crm',
  idAt: (seed, ordinal) => seed.random(ordinal).uuid(),
  addedKey: 'createdAt',
  count: 30,
  row: (seed, ordinal) => submission(seed, ordinal, { kind, parents: parentsOf(seed) }),
});
