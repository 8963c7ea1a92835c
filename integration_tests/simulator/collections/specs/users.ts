import type { JsonObject } from '../../../../src/foundation/json.ts';
import { isoOf } from '../../location-seed.ts';
import { personOf } from '../../people.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';

/** Who contacts, deals and appointments of a location are assigned to. */
const KNOWN_USERS = 4;

const PERMISSIONS = (
  'campaignsEnabled campaignsReadOnly contactsEnabled workflowsEnabled workflowsReadOnly triggersEnabled ' +
  'funnelsEnabled websitesEnabled opportunitiesEnabled dashboardStatsEnabled bulkRequestsEnabled ' +
  'appointmentsEnabled reviewsEnabled onlineListingsEnabled phoneCallEnabled conversationsEnabled ' +
  'assignedDataOnly adwordsReportingEnabled membershipEnabled facebookAdsReportingEnabled ' +
  'attributionsReportingEnabled settingsEnabled tagsEnabled leadValueEnabled marketingEnabled ' +
  'agentReportingEnabled botService socialPlanner bloggingEnabled invoiceEnabled affiliateManagerEnabled ' +
  'contentAiEnabled refundsEnabled recordPaymentEnabled cancelSubscriptionEnabled paymentsEnabled ' +
  'communitiesEnabled exportPaymentsEnabled'
).split(' ');
const SCOPES = ['contacts.write', 'calendars.readonly', 'workflows.readonly', 'opportunities.write'];

const permissions = (random: Random): JsonObject =>
  Object.fromEntries(PERMISSIONS.map((name) => [name, random.chance(0.8)]));

const userName = (random: Random): JsonObject => {
  const { firstName, lastName, email, phone } = personOf(random);
  return {
    name: `${firstName} ${lastName}`,
    firstName,
    lastName,
    email: email ?? `${random.id(8).toLowerCase()}@example.com`,
    phone: phone ?? '',
  };
};

/** Only some rows tell when they were written, and none can be relied on to. */
const userTimes = (seed: CollectionSeed, ordinal: number): JsonObject => {
  if (!seed.variations || ordinal % 2 === 0) return {};
  const at = isoOf(seed.addedAt(ordinal));
  return { dateAdded: at, dateUpdated: at };
};

/** One in four is deleted. A row names its location only among those of its role. */
const user = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const isAgency = random.chance(0.2);
  const scopes = SCOPES.filter(() => random.chance(0.6));
  const deleted = ordinal % 4 === 3;
  return {
    ...userName(random),
    extension: random.chance(0.2) ? `${random.int(10, 99)}` : '',
    permissions: permissions(random),
    // Documented as a text, while its values are those of a list.
    scopes: seed.variations && random.chance(0.5) ? scopes.join(' ') : scopes,
    roles: {
      type: isAgency ? 'agency' : 'account',
      role: random.pick(['admin', 'user']),
      locationIds: [seed.locationId],
      restrictSubAccount: random.chance(0.3),
    },
    // Users who were never deleted do not always say so.
    ...(deleted || !seed.variations || random.chance(0.7) ? { deleted } : {}),
    lcPhone: random.chance(0.4) ? { [seed.locationId]: `+1512555${random.int(1000, 9999)}` } : {},
    ...(random.chance(0.5) ? { platformLanguage: random.pick(['en_US', 'es', 'pt_BR']) } : {}),
    ...userTimes(seed, ordinal),
  };
};

export const userSpec: CollectionSpec = {
  idKey: 'id',
  idShape: 'crm',
  idAt: (seed, ordinal) => (ordinal < KNOWN_USERS ? seed.userId(ordinal) : undefined),
  count: KNOWN_USERS,
  row: user,
};
