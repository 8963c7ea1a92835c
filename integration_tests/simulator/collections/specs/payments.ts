import type { CollectionSpec } from '../collection-spec.ts';
import { couponSpecs } from './coupons.ts';
import { estimateSpecs } from './estimates.ts';
import { invoiceSpecs } from './invoices.ts';
import { orderSpecs } from './orders.ts';
import { productSpecs } from './products.ts';
import { subscriptionSpecs } from './subscriptions.ts';
import { transactionSpecs } from './transactions.ts';

type Kind =
  'invoices' | 'estimates' | 'orders' | 'transactions' | 'subscriptions' | 'products' | 'prices' | 'coupons';

export const paymentSpecs: Readonly<Record<Kind, CollectionSpec>> = {
  ...invoiceSpecs,
  ...estimateSpecs,
  ...orderSpecs,
  ...transactionSpecs,
  ...subscriptionSpecs,
  ...productSpecs,
  ...couponSpecs,
};
