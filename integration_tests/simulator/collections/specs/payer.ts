import type { JsonObject } from '../../../../src/foundation/json.ts';
import { companyNameOf, personOf, placeOf } from '../../people.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed } from '../collection-spec.ts';

/** Whoever pays, with what payments and invoices copy of the contact. */
export interface Payer {
  readonly contactId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly name: string;
  readonly email: string;
  /** Empty for a payer without one. */
  readonly phone: string;
}

const MOST_CONTACTS = 9_999;

export const payerOf = (seed: CollectionSeed, random: Random): Payer => {
  const { firstName, lastName, email, phone } = personOf(random);
  return {
    contactId: seed.contactId(random.int(0, MOST_CONTACTS)),
    firstName,
    lastName,
    name: `${firstName} ${lastName}`,
    email: email ?? `${random.id(8).toLowerCase()}@example.com`,
    phone: phone ?? '',
  };
};

/** The id of another collection's row, if it has any. */
export const someId = (ids: readonly string[], ordinal: number): string =>
  ids.length === 0 ? '' : (ids[ordinal % ids.length] ?? '');

/** To whole cents, which sums of fractions are not. */
export const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** The row without some keys, as it is now and then in the wild. */
export const thinned = (
  row: JsonObject,
  keys: readonly string[],
  { variations, random }: { readonly variations: boolean; readonly random: Random },
): JsonObject => {
  const lost = variations ? keys.filter(() => random.chance(0.15)) : [];
  return Object.fromEntries(Object.entries(row).filter(([key]) => !lost.includes(key)));
};

const addressOf = (random: Random): JsonObject => {
  const { city, state, postalCode } = placeOf(random);
  return { addressLine1: `${random.int(1, 900)} Example Way`, city, state, countryCode: 'US', postalCode };
};

export const businessOf = (random: Random): JsonObject => ({
  logoUrl: '',
  name: companyNameOf(random),
  phoneNo: '+15125550100',
  address: addressOf(random),
  website: 'www.example.com',
  customValues: [],
});

/** The contact as invoices and estimates print it. */
export const printedContact = (payer: Payer, random: Random): JsonObject => ({
  id: payer.contactId,
  name: payer.name,
  phoneNo: payer.phone,
  email: payer.email,
  companyName: random.chance(0.3) ? companyNameOf(random) : '',
  address: random.chance(0.6) ? addressOf(random) : { countryCode: 'US' },
  customFields: random.chance(0.2) ? [{ id: random.id(), value: 'Net 30' }] : [],
});

export const paidBy = ({ contactId, name, email }: Payer): JsonObject => ({
  contactId,
  contactName: name,
  contactEmail: email,
});
