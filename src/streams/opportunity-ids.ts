import { timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { opportunities } from './opportunities.ts';

export const opportunityIds = defineStream({
  name: 'opportunity_ids',
  description: 'The ids of all opportunities that a location has now: what is not among them was deleted.',
  scope: 'opportunities.readonly',
  keepsRest: false,
  retrieval: { kind: 'snapshot', of: opportunities },
  columns: { created_at: timestamp(), updated_at: timestamp() },
});
