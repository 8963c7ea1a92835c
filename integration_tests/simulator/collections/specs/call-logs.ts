import type { JsonObject } from '../../../../src/foundation/json.ts';
import { isoOf } from '../../location-seed.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';

const AGENTS = 3;

type Action = readonly [type: string, name: string, parameters: (random: Random) => JsonObject];

const ACTIONS: readonly Action[] = [
  [
    'SMS',
    'Send confirmation',
    () => ({
      triggerPrompt: 'When the caller asks for a confirmation',
      triggerMessage: 'I will text you.',
      messageBody: 'Your visit is confirmed.',
    }),
  ],
  [
    'CALL_TRANSFER',
    'Transfer to the office',
    () => ({
      transferToType: 'number',
      transferToValue: '+15125550100',
      triggerMessage: 'One moment, please.',
      hearWhisperMessage: true,
    }),
  ],
  [
    'DATA_EXTRACTION',
    'Extract the phone number',
    (random) => ({
      contactFieldId: random.id(),
      description: 'The number to call back',
      examples: ['+15125550142'],
      overwriteExistingValue: false,
    }),
  ],
  [
    'APPOINTMENT_BOOKING',
    'Book a visit',
    (random) => ({ calendarId: random.id(), daysOfOfferingDates: 3, slotsPerDay: 3, hoursBetweenSlots: 1 }),
  ],
];

const actionOf = (random: Random, startedAt: number): JsonObject => {
  const [actionType, actionName, parameters] = random.pick(ACTIONS);
  const triggeredAt = startedAt + random.int(5_000, 60_000);
  return {
    actionId: random.hex(24),
    actionType,
    actionName,
    actionParameters: parameters(random),
    executedAt: isoOf(triggeredAt + 900),
    triggerReceivedAt: isoOf(triggeredAt),
  };
};

const callLog = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const isUnknownCaller = seed.variations && random.chance(0.15);
  const actions = Array.from({ length: random.int(0, 2) }, () => actionOf(random, seed.addedAt(ordinal)));
  return {
    ...(!isUnknownCaller && { contactId: seed.contactId(ordinal) }),
    agentId: seed.random(-1 - (ordinal % AGENTS)).hex(24),
    isAgentDeleted: ordinal % AGENTS === AGENTS - 1,
    fromNumber: isUnknownCaller ? '' : `+1512555${random.int(1000, 9999)}`,
    messageId: random.id(),
    duration: random.int(0, 600),
    trialCall: ordinal % 4 === 2,
    summary: 'The caller asked for the opening hours.',
    transcript: 'bot: Hello!\nhuman: Are you open on Saturday?\nbot: From nine to one.',
    executedCallActions: actions,
    ...(!(seed.variations && random.chance(0.3)) && {
      extractedData: { appointmentWanted: random.chance(0.5) },
    }),
    translation: random.chance(0.2) ? { enabled: true, language: 'es' } : { enabled: false },
  };
};

export const callLogSpecs: Readonly<Record<'voice_ai_call_logs', CollectionSpec>> = {
  ['voice_ai_call_logs']: {
    idKey: 'id',
    idShape: 'hex',
    addedKey: 'createdAt',
    count: 14,
    row: callLog,
  },
};
