import type { JsonObject } from '../../../../src/foundation/json.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { campaignSpecs } from './campaigns.ts';
import { funnelSpecs } from './funnels.ts';

type Kind = 'email_campaigns' | 'trigger_links' | 'funnels' | 'funnel_pages';

const LINKS = ['Review us', 'Book now', 'Reschedule', 'Price list'];

const triggerLink = ({ locationId, idsOf }: CollectionSeed, ordinal: number): JsonObject => ({
  name: `${LINKS[ordinal % LINKS.length] ?? ''} ${ordinal + 1}`,
  redirectTo: `https://pages.example.com/${ordinal + 1}?src=sms&name={{contact.first_name}}`,
  fieldKey: `{{trigger_link.${idsOf('trigger_links')[ordinal] ?? ''}}}`,
  locationId,
});

export const marketingSpecs: Readonly<Record<Kind, CollectionSpec>> = {
  ['trigger_links']: { idKey: 'id', idShape: 'crm', count: 8, row: triggerLink },
  ...campaignSpecs,
  ...funnelSpecs,
};
