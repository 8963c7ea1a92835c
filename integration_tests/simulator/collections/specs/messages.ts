import type { JsonObject } from '../../../../src/foundation/json.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';

const BUSINESS_NUMBER = '+15125550100';
const BUSINESS_ADDRESS = 'hello@harbor-dental.example';
const TEXTS = [
  'Hi there',
  'Can we move it to 3 pm?',
  'Gracias 🙏\nHasta mañana',
  'STOP',
  'Your visit is confirmed.',
];
const STATUSES = ['sent', 'delivered', 'read', 'failed', 'undelivered', 'pending'];
const CALL_STATUSES = ['completed', 'answered', 'busy', 'no-answer', 'failed', 'canceled', 'voicemail'];
const CHATS: readonly (readonly [messageType: string, type: number])[] = [
  ['TYPE_WHATSAPP', 19],
  ['TYPE_INSTAGRAM', 18],
  ['TYPE_FACEBOOK', 11],
  ['TYPE_LIVE_CHAT', 29],
];

/** The part of a message that its type decides. */
type Part = (seed: CollectionSeed, random: Random, ordinal: number) => JsonObject;

/** Who it went from and to; rows of some providers have neither. */
const ends = (seed: CollectionSeed, random: Random, ours: string, theirs: string): JsonObject => {
  const isInbound = random.chance(0.5);
  const addresses = isInbound ? { from: theirs, to: ours } : { from: ours, to: theirs };
  return {
    direction: isInbound ? 'inbound' : 'outbound',
    ...(!(seed.variations && random.chance(0.2)) && addresses),
    ...(!isInbound && random.chance(0.6) && { userId: seed.userId(random.int(0, 9)) }),
  };
};

const phoneOf = (random: Random): string => `+1${random.int(201, 989)}555${random.int(1000, 9999)}`;

const sms: Part = (seed, random) => ({
  type: 2,
  messageType: 'TYPE_SMS',
  contentType: 'text/plain',
  body: random.pick(TEXTS),
  attachments: random.chance(0.2) ? [`https://files.example.com/${random.uuid()}.jpg`] : [],
  status: random.pick(STATUSES),
  ...ends(seed, random, BUSINESS_NUMBER, phoneOf(random)),
  ...(random.chance(0.3) && { conversationProviderId: random.hex(24) }),
});

const email: Part = (seed, random) => ({
  type: 3,
  messageType: 'TYPE_EMAIL',
  contentType: 'text/html',
  body: '<p>Please find the quote attached.</p>',
  attachments: [],
  status: random.pick(['sent', 'delivered', 'opened', 'clicked', 'failed']),
  ...ends(seed, random, BUSINESS_ADDRESS, `person${random.int(1, 9999)}@example.com`),
  ...(random.chance(0.3) && { subType: 'CampaignEmail' }),
  meta: { email: { messageIds: Array.from({ length: random.int(1, 3) }, () => random.id()) } },
});

/** Real calls carry an object of their own where the specification has two keys, of which one is a number as text. */
const callMeta = ({ variations }: CollectionSeed, random: Random): JsonObject => {
  const [duration, status] = [random.int(0, 900), random.pick(CALL_STATUSES)];
  if (variations && random.chance(0.5)) return { call: { duration, status } };
  return { callDuration: `${duration}`, callStatus: status };
};

const call: Part = (seed, random) => ({
  type: 1,
  messageType: 'TYPE_CALL',
  contentType: 'text/plain',
  attachments: [],
  status: random.pick(['connected', 'failed', 'pending']),
  ...ends(seed, random, BUSINESS_NUMBER, phoneOf(random)),
  meta: callMeta(seed, random),
});

/** What happened to a deal, told in the conversation of its contact; nobody sent it, so it has no status. */
const activity: Part = ({ userId, variations }, random, ordinal) => ({
  type: 28,
  messageType: 'TYPE_ACTIVITY_OPPORTUNITY',
  contentType: 'text/plain',
  body: random.pick(['Opportunity created', 'Opportunity updated']),
  direction: 'outbound',
  ...(!variations && { status: 'delivered' }),
  activity: {
    type: 'opportunity',
    title: random.pick(['Opportunity created', 'Opportunity updated']),
    data: { id: random.id(), stage: 'New lead', userId: userId(ordinal) },
  },
});

const chat: Part = (_seed, random) => {
  const [messageType, type] = random.pick(CHATS);
  return {
    type,
    messageType,
    contentType: 'text/plain',
    body: random.pick(TEXTS),
    attachments: [],
    direction: 'inbound',
    status: 'delivered',
    ...(messageType === 'TYPE_LIVE_CHAT' && { chatWidgetId: random.hex(24) }),
  };
};

const PARTS: readonly Part[] = [sms, email, call, activity, sms, email, call, chat];

const message = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const part = PARTS[ordinal % PARTS.length] ?? sms;
  const conversations = seed.idsOf('conversations');
  const parent = conversations.length === 0 ? ordinal : ordinal % conversations.length;
  return {
    locationId: seed.locationId,
    // The contact is the one of the conversation of the same number.
    contactId: seed.contactId(parent),
    conversationId: conversations[parent] ?? '',
    ...part(seed, random, ordinal),
    ...(random.chance(0.8) && {
      source: random.pick(['workflow', 'bulk_actions', 'campaign', 'api', 'app']),
    }),
  };
};

export const messageSpecs: Readonly<Record<'messages', CollectionSpec>> = {
  messages: {
    idKey: 'id',
    idShape: 'crm',
    addedKey: 'dateAdded',
    updatedKey: 'dateUpdated',
    isIndexed: true,
    count: 30,
    row: message,
  },
};
