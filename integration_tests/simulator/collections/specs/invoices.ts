import type { JsonObject } from '../../../../src/foundation/json.ts';
import { isoOf } from '../../location-seed.ts';
import type { Random } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { type BillingItems, billingItemsOf } from './billing-items.ts';
import { businessOf, cents, type Payer, payerOf, printedContact, thinned } from './payer.ts';

const DAY_MS = 86_400_000;
const STATUSES = ['draft', 'sent', 'paid', 'paid', 'partially_paid', 'payment_processing', 'void'];
const OPTIONAL_KEYS = [
  'discount',
  'invoiceTotal',
  'remindersConfiguration',
  'sentFrom',
  'termsNotes',
  'tipsReceived',
];
/** Every so many rows, one carries the header of an internal task. */
const LEAKS_EVERY = 3;

/** A day around the one of `time`: documents are dated forwards and backwards. */
export const dayNear = (time: number, days: number): string => isoOf(time + days * DAY_MS).slice(0, 10);

const paidPart = (status: string): number => {
  if (status === 'paid') return 1;
  return status === 'partially_paid' ? 0.5 : 0;
};

const sendingOf = (random: Random, addedAt: number, { email, phone }: Payer): JsonObject => {
  const sentAt = addedAt + random.int(0, DAY_MS);
  return {
    sentAt: isoOf(sentAt),
    sentTo: { email: [email], emailCc: [], emailBcc: [], phoneNo: phone === '' ? [] : [phone] },
    sentFrom: { fromName: 'Accounts', fromEmail: 'accounts@example.com' },
    ...(random.chance(0.5) && { lastVisitedAt: isoOf(sentAt + random.int(0, 10 * DAY_MS)) }),
  };
};

/** An internal task queue's request, header and all, which rows of automatic payments have been seen to carry. */
const leakOf = (random: Random, id: string): JsonObject => {
  const headers = {
    'Content-Type': 'application/json',
    Authorization: `Bearer eyJhbGciOiJIUzI1NiJ9.${random.id(60)}.${random.id(43)}`,
  };
  const url = `https://services.example/invoices/${id}/auto-payment`;
  return {
    autoPayment: {
      taskReq: {
        name: `tasks/${random.hex(16)}`,
        headers,
        httpRequest: { httpMethod: 'POST', url, headers, body: '' },
      },
    },
  };
};

const remindersOf = (random: Random): JsonObject => ({
  reminderExecutionDetailsList: {},
  reminderSettings: {
    defaultEmailTemplateId: random.id(),
    reminders: [
      {
        enabled: true,
        emailTemplate: 'default',
        smsTemplate: 'default',
        emailSubject: 'Reminder',
        reminderId: random.uuid(),
        reminderName: 'Before the due date',
        reminderTime: 'before',
        intervalType: 'daily',
        maxReminders: 3,
        reminderInvoiceCondition: 'invoice_sent',
        reminderNumber: 1,
      },
    ],
  },
});

const scheduleOf = (random: Random, total: number, from: string): JsonObject => ({
  type: 'percentage',
  schedules: [0, 30].map((days) => ({
    _id: random.hex(24),
    dueDate: dayNear(Date.parse(from), days),
    status: days === 0 ? 'paid' : 'due',
    value: 50,
    amount: cents(total / 2),
  })),
});

const moneyOf = ({ items, ...sums }: BillingItems, status: string): JsonObject => {
  const amountPaid = cents(sums.total * paidPart(status));
  return {
    total: sums.total,
    invoiceTotal: sums.total,
    amountPaid,
    amountDue: cents(sums.total - amountPaid),
    discount: sums.discount,
    totalSummary: { subTotal: sums.subTotal, discount: sums.discounted, tax: sums.tax },
    invoiceItems: items,
  };
};

const datesOf = (seed: CollectionSeed, random: Random, ordinal: number) => {
  const issued = dayNear(seed.addedAt(ordinal), random.int(-20, 40));
  const due = dayNear(Date.parse(issued), 14);
  const isTimed = seed.variations && random.chance(0.4);
  const written = (day: string): string => (isTimed ? `${day}T00:00:00.000Z` : day);
  return { issued, issueDate: written(issued), dueDate: written(due) };
};

const numberOf = (seed: CollectionSeed, random: Random, ordinal: number): string | number => {
  const number = 1_001 + ordinal;
  // The specification has numbers, most rows have texts.
  return seed.variations && random.chance(0.35) ? number : `INV-${number}`;
};

const invoiceRow = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const payer = payerOf(seed, random);
  const status = random.pick(STATUSES);
  const billing = billingItemsOf(seed, random);
  const { issued, issueDate, dueDate } = datesOf(seed, random, ordinal);
  const row: JsonObject = {
    altId: seed.locationId,
    altType: 'location',
    name: `Invoice for ${payer.name}`,
    title: 'INVOICE',
    invoiceNumber: numberOf(seed, random, ordinal),
    status,
    liveMode: random.chance(0.9),
    currency: 'USD',
    ...moneyOf(billing, status),
    issueDate,
    dueDate,
    businessDetails: businessOf(random),
    contactDetails: printedContact(payer, random),
    automaticTaxesEnabled: false,
    automaticTaxesCalculated: false,
    remindersConfiguration: remindersOf(random),
    source: random.pick(['invoice', 'recurring_template', 'estimate']),
    termsNotes: '<p>Payable within 14 days.</p>',
    tipsReceived: [],
    updatedBy: seed.userId(ordinal),
    ...(status !== 'draft' && { sentBy: seed.userId(ordinal + 1) }),
    ...(status !== 'draft' && sendingOf(random, seed.addedAt(ordinal), payer)),
    ...(paidPart(status) > 0 && { lastPaidAt: `${dayNear(Date.parse(issued), 3)}T09:27:42.355Z` }),
    ...(random.chance(0.2) && { scheduleId: random.hex(24) }),
    ...(random.chance(0.35) && { paymentSchedule: scheduleOf(random, billing.total, issued) }),
    meta: ordinal % LEAKS_EVERY === 0 ? leakOf(random, random.hex(24)) : {},
  };
  return thinned(row, OPTIONAL_KEYS, { variations: seed.variations, random });
};

export const invoiceSpecs: Readonly<Record<'invoices', CollectionSpec>> = {
  ['invoices']: {
    idKey: '_id',
    idShape: 'hex',
    addedKey: 'createdAt',
    updatedKey: 'updatedAt',
    count: 14,
    row: invoiceRow,
  },
};
