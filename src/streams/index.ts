import type { StreamDefinition } from '../stream/definition.ts';
import { appointments } from './appointments.ts';
import { associations } from './associations.ts';
import { blockedSlots } from './blocked-slots.ts';
import { calendarGroups } from './calendar-groups.ts';
import { calendars } from './calendars.ts';
import { campaigns } from './campaigns.ts';
import { companies } from './companies.ts';
import { contactAttributions } from './contact-attributions.ts';
import { contactIds } from './contact-ids.ts';
import { contactNotes } from './contact-notes.ts';
import { contacts } from './contacts.ts';
import { conversations } from './conversations.ts';
import { coupons } from './coupons.ts';
import { customFields } from './custom-fields.ts';
import { customValues } from './custom-values.ts';
import { emailCampaigns } from './email-campaigns.ts';
import { estimates } from './estimates.ts';
import { formSubmissions } from './form-submissions.ts';
import { forms } from './forms.ts';
import { funnelPages } from './funnel-pages.ts';
import { funnels } from './funnels.ts';
import { invoiceItems } from './invoice-items.ts';
import { invoices } from './invoices.ts';
import { locations } from './locations.ts';
import { lostReasons } from './lost-reasons.ts';
import { messages } from './messages.ts';
import { objectRecords } from './object-records.ts';
import { objectSchemas } from './object-schemas.ts';
import { opportunities } from './opportunities.ts';
import { opportunityIds } from './opportunity-ids.ts';
import { orderItems } from './order-items.ts';
import { orders } from './orders.ts';
import { pipelineStages } from './pipeline-stages.ts';
import { pipelines } from './pipelines.ts';
import { prices } from './prices.ts';
import { products } from './products.ts';
import { relations } from './relations.ts';
import { subscriptions } from './subscriptions.ts';
import { surveySubmissions } from './survey-submissions.ts';
import { surveys } from './surveys.ts';
import { syncReport } from './sync-report.ts';
import { tags } from './tags.ts';
import { tasks } from './tasks.ts';
import { transactions } from './transactions.ts';
import { triggerLinks } from './trigger-links.ts';
import { users } from './users.ts';
import { voiceAiCallLogs } from './voice-ai-call-logs.ts';
import { workflows } from './workflows.ts';

/** Every stream of the connector, in the order of the catalog. */
export const streams: readonly StreamDefinition[] = [
  locations,
  contacts,
  opportunities,
  pipelines,
  pipelineStages,
  lostReasons,
  campaigns,
  customFields,
  appointments,
  calendars,
  calendarGroups,
  users,
  messages,
  conversations,
  formSubmissions,
  forms,
  surveySubmissions,
  surveys,
  invoices,
  invoiceItems,
  orders,
  orderItems,
  transactions,
  subscriptions,
  products,
  prices,
  estimates,
  coupons,
  companies,
  tags,
  tasks,
  customValues,
  workflows,
  contactIds,
  opportunityIds,
  voiceAiCallLogs,
  objectSchemas,
  objectRecords,
  associations,
  relations,
  emailCampaigns,
  triggerLinks,
  funnels,
  funnelPages,
  blockedSlots,
  contactNotes,
  contactAttributions,
  syncReport,
];
