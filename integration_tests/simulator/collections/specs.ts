import type { CollectionSpec } from './collection-spec.ts';
import type { CollectionKind } from './kinds.ts';
import { calendarSpecs } from './specs/calendars.ts';
import { conversationSpecs } from './specs/conversations.ts';
import { crmSpecs } from './specs/crm.ts';
import { formSpecs } from './specs/forms.ts';
import { marketingSpecs } from './specs/marketing.ts';
import { objectSpecs } from './specs/objects.ts';
import { paymentSpecs } from './specs/payments.ts';

export const collectionSpecs: Readonly<Record<CollectionKind, CollectionSpec>> = {
  ...calendarSpecs,
  ...conversationSpecs,
  ...crmSpecs,
  ...formSpecs,
  ...marketingSpecs,
  ...objectSpecs,
  ...paymentSpecs,
};
