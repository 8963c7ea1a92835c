import { type JsonObject, type JsonValue, textAt } from '../../src/foundation/json.ts';
import { idOf, iso, type Site } from './site.ts';

/** Days back from now that syncs read orders and transactions again; older changes show once a week. */
const TRAILING_DAYS = 90;

const isRecent = (row: JsonObject, { inHours }: Site): boolean =>
  Date.parse(textAt(row, 'createdAt') ?? '') > inHours(-24 * (TRAILING_DAYS - 5));

const pay = ({ rows }: Site, entityType: string, row: JsonObject, amount: JsonValue | undefined): void => {
  const { contactId = null, contactName = null } = row;
  const whom = entityType === 'order' ? { contactId, contactName } : {};
  rows('transactions').add({
    ...{ ...whom, entityType, entityId: idOf(row), currency: 'USD', amount: amount ?? 0 },
    ...{ amountRefunded: 0, status: 'succeeded', liveMode: true },
  });
};

/** Orders that are still to be paid. @returns how many there were */
export const payOrders = (site: Site, most: number): number => {
  const orders = site.rows('orders');
  const unpaid = orders.rows().filter((row) => row['paymentStatus'] === 'unpaid' && isRecent(row, site));
  for (const order of unpaid.slice(0, most)) {
    orders.update(idOf(order), { status: 'completed', paymentStatus: 'paid' });
    pay(site, 'order', order, order['amount']);
  }
  return Math.min(most, unpaid.length);
};

/** @returns how many there were */
export const payInvoices = (site: Site, most: number): number => {
  const invoices = site.rows('invoices');
  const sent = invoices.rows().filter(({ status }) => status === 'sent');
  for (const invoice of sent.slice(0, most)) {
    const { total = 0 } = invoice;
    const lastPaidAt = iso(site.inHours(0));
    invoices.update(idOf(invoice), { status: 'paid', amountPaid: total, amountDue: 0, lastPaidAt });
    pay(site, 'invoice', invoice, total);
  }
  return Math.min(most, sent.length);
};

/** Payments that are given back. @returns how many there were */
export const refundPayments = (site: Site, most: number): number => {
  const transactions = site.rows('transactions');
  const paid = transactions.rows().filter((row) => row['status'] === 'succeeded' && isRecent(row, site));
  for (const payment of paid.slice(0, most))
    transactions.update(idOf(payment), { status: 'refunded', amountRefunded: payment['amount'] ?? 0 });
  return Math.min(most, paid.length);
};
