import { describe, expect, test } from '@jest/globals';
import { once, tellOfChangesBetween, tellOfChangesDuring } from '../support/stories.ts';
import { LISTED } from '../support/subjects.ts';

const PATHS: Readonly<Record<string, RegExp>> = {
  invoices: /^\/invoices\/$/,
  estimates: /^\/invoices\/estimate\/list$/,
  subscriptions: /^\/payments\/subscriptions$/,
  products: /^\/products\/$/,
  coupons: /^\/payments\/coupon\/list$/,
  companies: /^\/businesses\/$/,
  ['lost_reasons']: /^\/opportunities\/lost-reason$/,
  tasks: /^\/locations\/[^/]+\/tasks\/search$/,
  workflows: /^\/workflows\/$/,
  ['email_campaigns']: /^\/emails\/schedule$/,
  funnels: /^\/funnels\/funnel\/list$/,
  ['object_schemas']: /^\/objects\/$/,
};

const changesBetween = once(() => tellOfChangesBetween(LISTED, [3, 200]));
const changesDuring = once(() => tellOfChangesDuring(LISTED, { paths: PATHS, pauses: [1] }));
const manyDeletions = once(() => tellOfChangesDuring(LISTED, { paths: PATHS, pauses: [1], deleted: 7 }));

describe.each(LISTED)('$stream', ({ stream }) => {
  test('that appear, change and disappear between syncs are as HighLevel has them, but for the deleted', async () => {
    expect((await changesBetween()).get(stream)).toEqual([]);
  });

  test('that appear, change and disappear during a sync take nothing with them', async () => {
    expect((await changesDuring()).get(stream)).toEqual([]);
  });

  test('are all read though most of a page is deleted before the next one is asked for', async () => {
    expect((await manyDeletions()).get(stream)).toEqual([]);
  });
});
