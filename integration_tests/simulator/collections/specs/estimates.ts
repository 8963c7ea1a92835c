import type { JsonObject } from '../../../../src/foundation/json.ts';
import { isoOf } from '../../location-seed.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { billingItemsOf } from './billing-items.ts';
import { dayNear } from './invoices.ts';
import { businessOf, payerOf, printedContact, thinned } from './payer.ts';

/** The statuses that an estimate may have, which are also those to filter by. */
export const ESTIMATE_STATUSES = ['draft', 'sent', 'accepted', 'declined', 'invoiced', 'viewed'] as const;

const OPTIONAL_KEYS = ['attachments', 'autoInvoice', 'lastVisitedAt', 'sentBy', 'termsNotes', 'updatedBy'];

const frequencyOf = (random: Random, startDate: string): JsonObject => {
  if (random.chance(0.7)) return { enabled: false };
  const rrule = {
    intervalType: 'monthly',
    numOfWeek: 0,
    dayOfMonth: 1,
    interval: 1,
    startDate,
    endType: 'after',
    // A text where the specification has a number.
    count: '5',
  };
  return { enabled: true, schedule: { rrule } };
};

const historyOf = (addedAt: number, status: string): readonly JsonObject[] => [
  { action: 'created', timestamp: isoOf(addedAt) },
  ...(status === 'draft' ? [] : [{ action: status, timestamp: isoOf(addedAt) }]),
];

const writtenDay = (seed: CollectionSeed, random: Random, day: string): string =>
  seed.variations && random.chance(0.3) ? day : `${day}T00:00:00.000Z`;

const estimateRow = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const payer = payerOf(seed, random);
  const addedAt = seed.addedAt(ordinal);
  const status = random.pick(ESTIMATE_STATUSES);
  const { items, discount, total } = billingItemsOf(seed, random);
  const issued = dayNear(addedAt, random.int(-10, 20));
  const row: JsonObject = {
    altId: seed.locationId,
    altType: 'location',
    name: `Estimate for ${payer.name}`,
    title: 'ESTIMATE',
    estimateNumber: 1_001 + ordinal,
    estimateNumberPrefix: 'EST-',
    estimateStatus: status,
    liveMode: random.chance(0.9),
    deleted: false,
    currency: 'USD',
    items,
    discount,
    total,
    totalamountInUSD: total,
    issueDate: writtenDay(seed, random, issued),
    expiryDate: writtenDay(seed, random, dayNear(Date.parse(issued), 30)),
    businessDetails: businessOf(random),
    contactDetails: printedContact(payer, random),
    companyId: random.id(),
    automaticTaxesEnabled: false,
    automaticTaxesCalculated: false,
    termsNotes: '<p>Valid for 30 days.</p>',
    attachments: [],
    autoInvoice: { enabled: random.chance(0.5), directPayments: false },
    meta: {},
    estimateActionHistory: historyOf(addedAt, status),
    frequencySettings: frequencyOf(random, issued),
    sentTo:
      status === 'draft'
        ? { email: [], phoneNo: [] }
        : { email: [payer.email], phoneNo: payer.phone === '' ? [] : [payer.phone] },
    sentBy: seed.userId(ordinal),
    updatedBy: seed.userId(ordinal + 1),
    lastVisitedAt: isoOf(addedAt),
    ['__v']: 0,
  };
  return thinned(row, OPTIONAL_KEYS, { variations: seed.variations, random });
};

export const estimateSpecs: Readonly<Record<'estimates', CollectionSpec>> = {
  ['estimates']: {
    idKey: '_id',
    idShape: 'hex',
    addedKey: 'createdAt',
    updatedKey: 'updatedAt',
    count: 8,
    row: estimateRow,
  },
};
