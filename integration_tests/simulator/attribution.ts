import type { JsonObject } from '../../src/foundation/json.ts';
import type { Random } from './random.ts';

const SESSION_SOURCES = [
  'Paid Social',
  'Organic Search',
  'Direct traffic',
  'CRM UI',
  'Social media',
  'Referral',
];
const CAMPAIGNS = ['spring_whitening', 'free-consult', 'lead_magnet_v2', 'retarget', 'brand'];

/** Where a contact came from, with HighLevel's keys of a contact. */
export const contactAttribution = (random: Random): JsonObject => {
  if (random.chance(0.4)) return { sessionSource: 'CRM UI', medium: 'manual', mediumId: null };
  return {
    sessionSource: random.pick(SESSION_SOURCES),
    medium: random.pick(['form', 'survey', 'calendar', 'chat_widget']),
    mediumId: random.id(),
    url: `https://pages.example.com/${random.pick(CAMPAIGNS)}?utm_source=fb`,
    referrer: random.chance(0.5) ? 'https://l.facebook.com/' : null,
    campaign: random.pick(CAMPAIGNS),
    utmSource: random.pick(['fb', 'google', 'newsletter']),
    utmMedium: random.pick(['cpc', 'email', 'social']),
    utmContent: random.chance(0.5) ? `ad-${random.int(1, 40)}` : null,
    utmTerm: null,
    fbclid: random.chance(0.3) ? random.id(40) : null,
    gclid: random.chance(0.2) ? random.id(40) : null,
    ip: `203.0.113.${random.int(1, 254)}`,
  };
};

/** The same of an opportunity, whose keys are others. */
export const opportunityAttributions = (random: Random): readonly JsonObject[] => {
  if (random.chance(0.3)) return [];
  if (random.chance(0.5)) return [{ utmSessionSource: 'CRM UI', isFirst: true, medium: 'manual' }];
  const attribution = {
    utmSessionSource: random.pick(SESSION_SOURCES),
    utmSource: random.pick(['fb', 'google']),
    utmMedium: 'cpc',
    utmCampaign: random.pick(CAMPAIGNS),
    utmContent: null,
    utmTerm: null,
    utmFbclid: random.chance(0.4) ? random.id(40) : null,
    url: 'https://pages.example.com/book',
    medium: 'form',
    mediumId: random.id(),
  };
  return [
    { ...attribution, isFirst: true },
    { ...attribution, isLast: true },
  ];
};
