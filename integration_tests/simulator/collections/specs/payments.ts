import type { CollectionSpec } from '../collection-spec.ts';

type Kind =
  'invoices' | 'estimates' | 'orders' | 'transactions' | 'subscriptions' | 'products' | 'prices' | 'coupons';

export const paymentSpecs: Readonly<Record<Kind, CollectionSpec>> = {
  ['invoices']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['estimates']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['orders']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['transactions']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['subscriptions']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['products']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['prices']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['coupons']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
};
