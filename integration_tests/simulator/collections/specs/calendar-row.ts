import type { JsonObject, JsonValue } from '../../../../src/foundation/json.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed } from '../collection-spec.ts';

const NAMES = ['Discovery call', 'Consultation', 'Cleaning', 'Roof inspection', 'Group class', 'Follow-up'];
const TYPES = ['round_robin', 'event', 'class_booking', 'collective', 'service_booking', 'personal'];

/** The group of a seeded calendar; one calendar in four stands alone. */
export const groupOfCalendar = ({ idsOf }: CollectionSeed, ordinal: number): string | undefined => {
  const groups = idsOf('calendar_groups');
  return ordinal % 4 === 3 ? undefined : groups[ordinal % groups.length];
};

const meetingPlaces = (random: Random): readonly JsonObject[] => [
  random.chance(0.5)
    ? { kind: 'zoom_conference', meetingId: 'zoom_conference_0' }
    : { kind: 'physical', location: `${random.int(1, 900)} Example Way`, meetingId: 'physical_0' },
];

const teamMember = (random: Random, userId: string): JsonObject => ({
  userId,
  priority: random.pick([0, 0.5, 1]),
  selected: true,
  isPrimary: random.chance(0.5),
  // A flag written as a text.
  isZoomAdded: random.pick(['true', 'false']),
  locationConfigurations: meetingPlaces(random),
});

const timing = (random: Random): JsonObject => ({
  slotDuration: random.pick([15, 30, 45, 60]),
  slotDurationUnit: 'mins',
  slotInterval: random.pick([15, 30]),
  slotIntervalUnit: 'mins',
  slotBuffer: random.pick([0, 10]),
  slotBufferUnit: 'mins',
  preBuffer: 0,
  preBufferUnit: 'mins',
  allowBookingAfter: random.int(0, 3),
  allowBookingAfterUnit: random.pick(['hours', 'days']),
  allowBookingFor: random.int(1, 12),
  allowBookingForUnit: random.pick(['days', 'weeks', 'months']),
  openHours: [1, 2, 3, 4, 5].map((day) => ({
    daysOfTheWeek: [day],
    hours: [{ openHour: 8, openMinute: 30, closeHour: 17, closeMinute: 0 }],
  })),
  availabilityType: random.int(0, 1),
  availabilities: random.chance(0.3)
    ? [
        {
          date: '2025-12-24T00:00:00.000Z',
          hours: [{ openHour: 9, openMinute: 0, closeHour: 12, closeMinute: 0 }],
          deleted: false,
        },
      ]
    : [],
});

/** The key that HighLevel misspells; some rows have it spelled both ways. */
const seats = (seed: CollectionSeed, random: Random): JsonObject => {
  const count = random.int(1, 12);
  return {
    appoinmentPerSlot: count,
    ...(seed.variations && random.chance(0.4) ? { appointmentPerSlot: count } : {}),
    // Where nobody set a limit, there is no key.
    ...(seed.variations && random.chance(0.3) ? {} : { appoinmentPerDay: random.int(1, 20) }),
  };
};

const recurring = (random: Random): JsonObject => {
  const enableRecurring = random.chance(0.2);
  const rule = {
    freq: random.pick(['DAILY', 'WEEKLY', 'MONTHLY']),
    count: random.int(2, 24),
    bookingOption: random.pick(['skip', 'continue', 'book_next']),
    bookingOverlapDefaultStatus: 'confirmed',
  };
  return { enableRecurring, recurring: enableRecurring ? rule : {} };
};

const booking = (random: Random, formId: string | undefined): JsonObject => ({
  // Calendars without a form of their own use the built-in one.
  ...(formId !== undefined && random.chance(0.7) ? { formId } : {}),
  stickyContact: random.chance(0.5),
  isLivePaymentMode: random.chance(0.2),
  autoConfirm: random.chance(0.8),
  shouldSendAlertEmailsToAssignedMember: random.chance(0.5),
  alertEmail: random.chance(0.3) ? 'front-desk@example.com' : '',
  googleInvitationEmails: random.chance(0.2),
  allowReschedule: random.chance(0.9),
  allowCancellation: random.chance(0.9),
  shouldAssignContactToTeamMember: random.chance(0.5),
  shouldSkipAssigningContactForExisting: random.chance(0.5),
  formSubmitType: random.pick(['RedirectURL', 'ThankYouMessage']),
  formSubmitRedirectURL: '',
  formSubmitThanksMessage: 'Thank you for your appointment request.',
  guestType: random.pick(['count_only', 'collect_detail']),
  consentLabel: 'I agree to receive messages.',
  notes: 'Phone: {{contact.phone}}\nEmail: {{contact.email}}',
  pixelId: '',
  calendarCoverImage: '',
  lookBusyConfig: { enabled: false, LookBusyPercentage: 0 },
});

const notifications = (random: Random): JsonValue => [
  {
    type: 'email',
    shouldSendToContact: true,
    shouldSendToGuest: random.chance(0.5),
    shouldSendToUser: true,
    shouldSendToSelectedUsers: false,
    selectedUsers: '',
  },
];

/** One calendar in four is inactive. Nothing tells when a calendar was made or changed. */
export const calendar = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const groupId = groupOfCalendar(seed, ordinal);
  const calendarType = TYPES[ordinal % TYPES.length] ?? '';
  const slug = `calendar-${ordinal + 1}-${random.id(6).toLowerCase()}`;
  const hasTeam = calendarType !== 'event';
  return {
    locationId: seed.locationId,
    ...(groupId !== undefined && { groupId }),
    name: `${NAMES[ordinal % NAMES.length] ?? ''} ${ordinal + 1}`,
    ...(!seed.variations || random.chance(0.7) ? { description: '<p>See you soon.</p>' } : {}),
    slug,
    widgetSlug: slug,
    calendarType,
    widgetType: random.pick(['default', 'classic']),
    ...(calendarType === 'round_robin' ? { eventType: 'RoundRobin_OptimizeForAvailability' } : {}),
    eventTitle: '{{contact.name}}',
    eventColor: random.pick(['#039be5', '#7986cb']),
    isActive: ordinal % 4 !== 1,
    ...(hasTeam
      ? { teamMembers: [0, 1].map((at) => teamMember(random, seed.userId(ordinal + at))) }
      : { locationConfigurations: meetingPlaces(random) }),
    ...timing(random),
    ...seats(seed, random),
    ...recurring(random),
    ...booking(random, seed.idsOf('forms')[0]),
    notifications: notifications(random),
  };
};
