import type { JsonObject } from '../../../../src/foundation/json.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { childrenOf, folderPlaceAt } from './folders.ts';

const STATUSES = ['active', 'complete', 'draft', 'pause', 'cancelled', 'retry', 'resend-scheduled'];
const UNFINISHED = ['not-started', 'paused', 'processing', 'next-drip', 'error', 'queued', 'scheduled'];
const NAMES = ['Black Friday', 'Spring newsletter', 'Reactivation', 'Untitled new campaign', 'Über uns'];

const folderRow = (seed: CollectionSeed, ids: readonly string[], ordinal: number): JsonObject => {
  const children = childrenOf(ids, ids[ordinal] ?? '');
  return {
    name: `Folder ${ordinal + 1}`,
    campaignType: 'folder',
    parentId: null,
    locationId: seed.locationId,
    childCount: children.length,
    child: children,
    deleted: false,
    archived: false,
    __v: 0,
  };
};

/** Where the mail itself lies. */
const templateOf = (random: Random): JsonObject => {
  const templateId = random.hex(24);
  const url = `https://storage.example.com/email-builder/${templateId}`;
  return {
    type: 'html',
    templateId,
    templateType: random.pick(['builder', 'html', 'blank']),
    documentId: random.id(),
    downloadUrl: `${url}.html?token=${random.uuid()}`,
    templateDataDownloadUrl: `${url}.json?token=${random.uuid()}`,
    isPlainText: random.chance(0.1),
  };
};

const statsOf = (random: Random): JsonObject => {
  const delivered = random.int(10, 5_000);
  const opened = random.int(0, delivered);
  return {
    delivered,
    opened,
    clicked: random.int(0, opened),
    ...(random.chance(0.3) && { revenue: 1_250.5 }),
  };
};

const campaign = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const ids = seed.idsOf('email_campaigns');
  const { isFolder, parentId, item } = folderPlaceAt(ids, ordinal);
  if (isFolder) return folderRow(seed, ids, ordinal);
  return {
    name: `${random.pick(NAMES)} ${item + 1}`,
    campaignType: random.pick(['email', 'ab-test', 'rss']),
    parentId,
    childCount: 0,
    child: [],
    status: STATUSES[item % STATUSES.length] ?? 'draft',
    emailStatus: item % 4 === 3 ? random.pick(UNFINISHED) : 'complete',
    archived: item % 5 === 4,
    deleted: false,
    migrated: random.chance(0.2),
    bulkActionVersion: 'v2',
    locationId: seed.locationId,
    // A number as text, and nothing at all on rows that are sent once.
    ...(!(seed.variations && random.chance(0.5)) && { repeatAfter: `${random.int(0, 7)}` }),
    sendDays: random.chance(0.3) ? ['Mon', 'Thu'] : [],
    hasTracking: random.chance(0.8),
    hasUtmTracking: random.chance(0.3),
    enableResendToUnopened: random.chance(0.2),
    ...templateOf(random),
    stats: statsOf(random),
    __v: 0,
  };
};

export const campaignSpecs: Readonly<Record<'email_campaigns', CollectionSpec>> = {
  ['email_campaigns']: {
    idKey: 'id',
    idShape: 'hex',
    addedKey: 'createdAt',
    updatedKey: 'updatedAt',
    count: 30,
    row: campaign,
  },
};
