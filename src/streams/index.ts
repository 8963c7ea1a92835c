import type { StreamDefinition } from '../stream/definition.ts';
import { campaigns } from './campaigns.ts';
import { contacts } from './contacts.ts';
import { customFields } from './custom-fields.ts';
import { locations } from './locations.ts';
import { opportunities } from './opportunities.ts';
import { pipelines } from './pipelines.ts';

/** Every stream of the connector, in the order of the catalog. */
export const streams: readonly StreamDefinition[] = [
  locations,
  contacts,
  opportunities,
  pipelines,
  campaigns,
  customFields,
];
