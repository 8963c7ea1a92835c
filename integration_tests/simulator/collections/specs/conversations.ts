import type { JsonObject } from '../../../../src/foundation/json.ts';
import { personOf } from '../../people.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { callLogSpecs } from './call-logs.ts';
import { messageSpecs } from './messages.ts';

type Kind = 'conversations' | 'messages' | 'voice_ai_call_logs';

const LONGEST_MS = 10 * 86_400_000;
const LAST_MESSAGES: readonly (readonly [type: string, code: number, body: string])[] = [
  ['TYPE_SMS', 2, 'See you on Tuesday!'],
  ['TYPE_EMAIL', 3, 'Your quote is attached.'],
  ['TYPE_CALL', 1, ''],
  ['TYPE_FACEBOOK', 11, 'Do you have something on Friday?'],
  ['TYPE_ACTIVITY_OPPORTUNITY', 28, 'Opportunity created'],
  ['TYPE_SMS', 2, 'Sí, gracias 🙏\nHasta luego'],
];
const TYPES: Readonly<Record<string, string>> = {
  TYPE_EMAIL: 'TYPE_EMAIL',
  TYPE_FACEBOOK: 'TYPE_FB_MESSENGER',
};

/** The last message of two rows in five came in a bulk send, at the same millisecond for both. */
const lastMessageAt = (seed: CollectionSeed, ordinal: number): number => {
  const isBulk = ordinal % 5 >= 3;
  const first = ordinal % 5 === 4 ? ordinal - 1 : ordinal;
  const addedAt = isBulk ? Math.max(seed.addedAt(first), seed.addedAt(first + 1)) : seed.addedAt(first);
  return addedAt + seed.random(-1 - first).int(0, LONGEST_MS);
};

/** Conversations that nobody has written in yet have no such time. */
const lastMessageOf = (seed: CollectionSeed, random: Random, ordinal: number): JsonObject => {
  const [type, , body] = LAST_MESSAGES[ordinal % LAST_MESSAGES.length] ?? ['TYPE_SMS', 2, ''];
  const at = lastMessageAt(seed, ordinal);
  const isAbsent = seed.variations && ordinal % 15 === 7;
  return {
    type: TYPES[type] ?? 'TYPE_PHONE',
    lastMessageType: type,
    ...(seed.variations && body === '' ? {} : { lastMessageBody: body }),
    lastMessageDirection: random.pick(['inbound', 'outbound']),
    ...(random.chance(0.7) && { lastOutboundMessageAction: random.pick(['automated', 'manual']) }),
    ...(!isAbsent && { lastMessageDate: at }),
    ...(!isAbsent && random.chance(0.5) && { lastManualMessageDate: at }),
    isLastMessageInternalComment: random.chance(0.1),
  };
};

/** Names and addresses as the conversation knows them: a person without one has null or no key at all. */
const personFields = ({ variations }: CollectionSeed, random: Random): JsonObject => {
  const { firstName, lastName, email, phone, companyName } = personOf(random);
  const name = `${firstName} ${lastName}`;
  const orAbsent = (key: string, value: string | null): JsonObject =>
    value === null && variations ? {} : { [key]: value };
  return {
    fullName: name,
    contactName: variations && random.chance(0.1) ? name.toLowerCase() : name,
    ...orAbsent('email', email),
    ...orAbsent('phone', phone),
    ...orAbsent('companyName', companyName),
  };
};

const conversation = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const [, code] = LAST_MESSAGES[ordinal % LAST_MESSAGES.length] ?? ['', 2];
  const user = seed.userId(ordinal);
  return {
    locationId: seed.locationId,
    contactId: seed.contactId(ordinal),
    ...personFields(seed, random),
    ...lastMessageOf(seed, random, ordinal),
    unreadCount: random.chance(0.5) ? 0 : random.int(1, 9),
    ...(random.chance(0.6) && { assignedTo: user }),
    followers: random.chance(0.2) ? [user] : [],
    mentions: random.chance(0.1) ? [user] : [],
    tags: random.chance(0.3) ? ['booked call', 'vip'] : [],
    messageTypes: random.chance(0.4) ? [code, 25] : [code],
    scoring: random.chance(0.3) ? [{ id: seed.random(-1).id(), score: random.int(0, 100) }] : [],
    attributed: random.pick(seed.variations ? [true, false, null] : [true, false]),
    starred: random.chance(0.15),
    ...(random.chance(0.2) && { profilePhoto: `https://images.example.com/${random.hex(12)}.jpg` }),
  };
};

export const conversationSpecs: Readonly<Record<Kind, CollectionSpec>> = {
  conversations: {
    idKey: 'id',
    idShape: 'crm',
    addedKey: 'dateAdded',
    updatedKey: 'dateUpdated',
    time: 'epoch_ms',
    isIndexed: true,
    count: 20,
    row: conversation,
  },
  ...messageSpecs,
  ...callLogSpecs,
};
