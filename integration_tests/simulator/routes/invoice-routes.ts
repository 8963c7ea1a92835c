import type { JsonObject } from '../../../src/foundation/json.ts';
import type { Answer } from '../answers.ts';
import { ESTIMATE_STATUSES } from '../collections/specs/estimates.ts';
import { byTime, checkAlt, newestFirst, pageOf } from '../list-page.ts';
import { queryChoice, requireTexts } from '../parameters.ts';
import type { Route, RouteContext } from '../server.ts';
import { checkFilters, filteredRows, type PaymentFilters } from './payment-filters.ts';

/** Both parts of the page have to be asked for; `fallback` is never used. */
const PAGING = { limit: 'limit', skip: 'offset', fallback: 0, most: 100 };

const INVOICES: PaymentFilters = {
  kind: 'invoices',
  parameters: ['altId', 'altType', 'paymentMode', 'sortField', 'sortOrder'],
  equals: { status: 'status', contactId: 'contactDetails.id' },
  searched: [
    '_id',
    'name',
    'invoiceNumber',
    'contactDetails.name',
    'contactDetails.email',
    'contactDetails.phoneNo',
  ],
  windowKey: 'issueDate',
};

const ESTIMATES: PaymentFilters = {
  kind: 'estimates',
  parameters: ['altId', 'altType', 'status'],
  equals: { contactId: 'contactDetails.id' },
  searched: ['_id', 'name', 'contactDetails.name', 'contactDetails.email'],
  windowKey: 'issueDate',
};

const checkPaging = (context: RouteContext): void => {
  checkAlt(context, { isTypeRequired: true });
  requireTexts(context.call.query, ['limit', 'offset']);
};

const listInvoices = (context: RouteContext): Answer => {
  const { call, server } = context;
  checkFilters(context, INVOICES);
  checkPaging(context);
  queryChoice(call, 'paymentMode', ['default', 'live', 'test']);
  const field = queryChoice(call, 'sortField', ['issueDate']);
  const order = queryChoice(call, 'sortOrder', ['ascend', 'descend']) ?? 'descend';
  const rows = filteredRows(context, INVOICES);
  const ordered = (key: string): readonly JsonObject[] =>
    order === 'ascend' ? byTime(rows, key) : newestFirst(byTime(rows, key));
  // An order without a field to go by is ignored.
  const invoices = pageOf(context, field === undefined ? rows : ordered(field), PAGING);
  return { status: 200, body: { invoices, total: server.knobs.reportedTotal(rows.length) } };
};

const listEstimates = (context: RouteContext): Answer => {
  const { call, server } = context;
  checkFilters(context, ESTIMATES);
  checkPaging(context);
  const status = queryChoice(call, 'status', ['all', ...ESTIMATE_STATUSES]) ?? 'all';
  const rows = filteredRows(context, ESTIMATES).filter(
    ({ estimateStatus }) => status === 'all' || estimateStatus === status,
  );
  const estimates = pageOf(context, rows, PAGING);
  return { status: 200, body: { estimates, total: server.knobs.reportedTotal(rows.length) } };
};

export const invoiceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/invoices\/?$/,
    audience: 'location',
    scope: 'invoices.readonly',
    location: 'validated',
    handle: listInvoices,
  },
  {
    method: 'GET',
    path: /^\/invoices\/estimate\/list$/,
    audience: 'location',
    scope: 'invoices/estimate.readonly',
    location: 'validated',
    handle: listEstimates,
  },
];
