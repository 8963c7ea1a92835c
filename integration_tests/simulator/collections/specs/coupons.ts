import type { JsonObject } from '../../../../src/foundation/json.ts';
import { isoOf } from '../../location-seed.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { thinned } from './payer.ts';

/** The statuses that a coupon may have, which are also those to filter by. */
export const COUPON_STATUSES = ['scheduled', 'active', 'expired'] as const;

const MONTH_MS = 30 * 86_400_000;
const OPTIONAL_KEYS = ['endDate', 'userId', 'limitPerCustomer'];
const WORDS = ['SPRING', 'WELCOME', 'VIP', 'DEAL'];

const couponRow = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const code = `${random.pick(WORDS)}${ordinal + 1}`;
  const discountType = random.pick(['percentage', 'amount']);
  const startsAt = seed.addedAt(ordinal) + random.int(0, MONTH_MS);
  const applyToFuturePayments = random.chance(0.5);
  const row: JsonObject = {
    altId: seed.locationId,
    altType: 'location',
    name: `${code} campaign`,
    code,
    discountType,
    discountValue: discountType === 'percentage' ? random.int(1, 20) * 5 : random.int(500, 5_000) / 100,
    status: random.pick(COUPON_STATUSES),
    usageCount: random.int(0, 60),
    limitPerCustomer: random.int(0, 5),
    startDate: isoOf(startsAt),
    endDate: isoOf(startsAt + MONTH_MS),
    applyToFuturePayments,
    applyToFuturePaymentsConfig: applyToFuturePayments
      ? { type: 'fixed', duration: 3, durationType: 'months' }
      : { type: 'forever' },
    userId: seed.userId(ordinal),
  };
  return thinned(row, OPTIONAL_KEYS, { variations: seed.variations, random });
};

export const couponSpecs: Readonly<Record<'coupons', CollectionSpec>> = {
  ['coupons']: {
    idKey: '_id',
    idShape: 'hex',
    addedKey: 'createdAt',
    updatedKey: 'updatedAt',
    count: 8,
    row: couponRow,
  },
};
