import type { LocationOptions } from '../../integration_tests/simulator/options.ts';
import type { Agency } from './agency.ts';
import { bookAppointments, cancelAppointments, moveAppointments } from './calendar-work.ts';
import {
  addDeals,
  completeTasks,
  deleteContacts,
  deleteCustomField,
  deleteDeals,
  editContacts,
  moveDeals,
  renameStage,
} from './crm-work.ts';
import type { Deletion } from './deletions.ts';
import { receiveEmails, receiveForms, receiveSms } from './inbox-work.ts';
import { payInvoices, payOrders, refundPayments } from './money-work.ts';
import { type Site, siteOf } from './site.ts';

/** What people did in HighLevel between two syncs. */
export interface Day {
  /** A sentence for each kind of change. */
  readonly events: readonly string[];
  /** What incremental reads cannot see. */
  readonly deletions: readonly Deletion[];
}

const EDITED = 40;
const CREATED = 12;
const MOVED = 15;
const BOOKED = 6;
const DELETED = 3;
const RENAMED = { from: 'Proposal sent', to: 'Offer sent' };
const NEW_LOCATION: LocationOptions & { readonly name: string } = {
  name: 'Harbor Coffee',
  contacts: 90,
  opportunities: 40,
  pipelines: 1,
  campaigns: 1,
  rows: { appointments: 80, conversations: 40, messages: 120, transactions: 60, contact_notes: 30 },
};

/** The sum of what happens at each of the sites. */
const at = (sites: readonly Site[], work: (site: Site) => number): number =>
  sites.map(work).reduce((sum, count) => sum + count, 0);

const useCalendars = (sites: readonly Site[]): string => {
  const moved = at(sites, (site) => moveAppointments(site, 4));
  const cancelled = at(sites, (site) => cancelAppointments(site, 2));
  for (const site of sites) bookAppointments(site, BOOKED);
  return `${BOOKED * sites.length} appointments booked, ${moved} moved and ${cancelled} cancelled`;
};

const useInboxes = (sites: readonly Site[]): string => {
  const [sms, emails, forms] = [14, 8, 5];
  for (const site of sites) {
    receiveSms(site, sms);
    receiveEmails(site, emails);
    receiveForms(site, forms);
  }
  const times = sites.length;
  return `${sms * times} SMS, ${emails * times} e-mails and ${forms * times} submitted forms received`;
};

const takeMoney = (sites: readonly Site[]): string => {
  const refunded = at(sites, (site) => refundPayments(site, 2));
  const orders = at(sites, (site) => payOrders(site, 4));
  const invoices = at(sites, (site) => payInvoices(site, 3));
  return `${orders} orders and ${invoices} invoices paid, ${refunded} payments given back`;
};

/** Lets a day pass, in which the first three locations are at work and a fourth one opens. */
export const passADay = (agency: Agency): Day => {
  const { world } = agency.simulator;
  const [first, second, third, ...others] = world.locationIds().map((id) => siteOf(agency, id));
  if (first === undefined || second === undefined || third === undefined)
    throw new RangeError('Too few locations.');
  const sites = [first, second, third, ...others];
  agency.passHours(16);
  editContacts(first, EDITED);
  renameStage(first, RENAMED.from, RENAMED.to);
  const calendarEvent = useCalendars(sites);
  agency.passHours(3);
  addDeals(second, CREATED);
  for (const site of sites) moveDeals(site, MOVED);
  const inboxEvent = useInboxes(sites);
  const moneyEvent = takeMoney(sites);
  agency.passHours(3);
  const tasks = at(sites, (site) => completeTasks(site, 8));
  const field = deleteCustomField(third);
  const deletions = [...deleteContacts(third, DELETED), ...deleteDeals(second, DELETED)];
  world.addLocation(NEW_LOCATION);
  agency.passHours(4);
  return {
    deletions,
    events: [
      `${EDITED} contacts edited in ${first.name}: e-mail, tags, a custom field, and a field new to the API`,
      `stage "${RENAMED.from}" renamed to "${RENAMED.to}" in ${first.name}`,
      `${CREATED} new contacts, each with a new deal, in ${second.name}`,
      `${MOVED} deals moved to their next stage (or won) in each of the three locations`,
      `${calendarEvent}; ${tasks} tasks completed`,
      inboxEvent,
      moneyEvent,
      `${DELETED} deals deleted in ${second.name}`,
      `${DELETED} contacts deleted in ${third.name}, and the custom field "${field}"`,
      `a new location, ${NEW_LOCATION.name}`,
    ],
  };
};
