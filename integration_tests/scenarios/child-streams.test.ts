import { describe, expect, test } from '@jest/globals';
import { CHILDREN } from '../support/subjects.ts';
import { once, tellOfChangesBetween, tellOfChangesDuring } from '../support/stories.ts';

const PATHS: Readonly<Record<string, RegExp>> = {
  prices: /^\/products\/[^/]+\/price$/,
  ['object_records']: /^\/objects\/[^/]+\/records\/search$/,
};

/** The answers of `funnel_pages` are bare lists, which this story cannot look into. */
const OBSERVED = CHILDREN.filter(({ stream }) => stream !== 'funnel_pages');
const changesBetween = once(() => tellOfChangesBetween(CHILDREN, [3, 200]));
const changesDuring = once(() => tellOfChangesDuring(OBSERVED, { paths: PATHS, pauses: [1] }));
const manyDeletions = once(() => tellOfChangesDuring(OBSERVED, { paths: PATHS, pauses: [1], deleted: 7 }));

describe.each(CHILDREN)('$stream', ({ stream }) => {
  test('that appear, change and disappear between syncs are as HighLevel has them, but for the deleted', async () => {
    expect((await changesBetween()).get(stream)).toEqual([]);
  });
});

describe.each(OBSERVED)('$stream', ({ stream }) => {
  test('that appear, change and disappear during a sync take nothing with them', async () => {
    expect((await changesDuring()).get(stream)).toEqual([]);
  });

  test('are all read though most of a page is deleted before the next one is asked for', async () => {
    expect((await manyDeletions()).get(stream)).toEqual([]);
  });
});
