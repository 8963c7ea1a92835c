import type { JsonObject } from '../../src/foundation/json.ts';
import { companyNameOf, personOf, placeOf } from './people.ts';
import { createRandom, hashOf } from './random.ts';

const SOCIAL =
  'facebookUrl googlePlus linkedIn foursquare twitter yelp instagram youtube pinterest blogRss googlePlacesId'.split(
    ' ',
  );
const PERMISSIONS = (
  'dashboardStatsEnabled phoneCallEnabled opportunitiesEnabled contactsEnabled workflowsEnabled triggersEnabled ' +
  'funnelsEnabled websitesEnabled campaignsEnabled conversationsEnabled appointmentsEnabled tagsEnabled ' +
  'leadValueEnabled marketingEnabled settingsEnabled bulkRequestsEnabled attributionsReportingEnabled'
).split(' ');

const settings: JsonObject = {
  allowDuplicateContact: false,
  allowDuplicateOpportunity: false,
  allowFacebookNameMerge: false,
  disableContactTimezone: false,
};

const detailedSettings: JsonObject = {
  ...settings,
  contactUniqueIdentifiers: ['email', 'phone'],
  crmSettings: { deSyncOwners: false, syncFollowers: { contact: false, opportunity: false } },
  saasSettings: { saasMode: 'not_activated', twilioRebilling: { markup: 10, enabled: false } },
};

export interface LocationIdentity {
  readonly id: string;
  readonly companyId: string;
  readonly seed: number;
  readonly name?: string | undefined;
}

/** A location as `GET /locations/{id}` tells it: empty texts rather than nulls, and no update time. */
export const locationRow = ({ id, companyId, seed, name }: LocationIdentity): JsonObject => {
  const random = createRandom(hashOf(seed, 1));
  const place = placeOf(random);
  const owner = personOf(random);
  const title = name ?? companyNameOf(random);
  const address = {
    address: `${random.int(1, 900)} Example Way`,
    city: place.city,
    state: place.state,
    country: 'US',
    postalCode: place.postalCode,
    website: random.chance(0.5) ? `https://${random.id(8).toLowerCase()}.example.com` : '',
    timezone: place.timezone,
  };
  return {
    id,
    brandId: random.hex(24),
    companyId,
    name: title,
    ...address,
    firstName: owner.firstName,
    lastName: owner.lastName,
    email: owner.email ?? '',
    phone: owner.phone ?? '',
    logoUrl: '',
    automaticMobileAppInvite: false,
    business: { name: title, ...address },
    social: Object.fromEntries(SOCIAL.map((key) => [key, ''])),
    settings: detailedSettings,
    dateAdded: new Date(Date.UTC(2023, random.int(0, 11), random.int(1, 28), 16, 0, 51, 806)).toISOString(),
    domain: '',
    currency: random.chance(0.3) ? 'USD' : '',
    // An object where the documentation has a boolean, as observed.
    isAgencySubAccount: {},
    defaultEmailService: '',
    permissions: Object.fromEntries(PERMISSIONS.map((key) => [key, random.chance(0.9)])),
    ...(random.chance(0.7) ? { snapshotId: '' } : {}),
  };
};

const LISTED =
  'id companyId name email phone address city state country postalCode website timezone social'.split(' ');

/** The part of a location that `GET /locations/search` lists. */
export const listedLocation = (row: JsonObject): JsonObject => ({
  ...Object.fromEntries(Object.entries(row).filter(([key]) => LISTED.includes(key))),
  settings,
});
