import type { JsonObject } from '../../../../src/foundation/json.ts';
import { isoOf } from '../../location-seed.ts';
import { createRandom, hashOfText } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { folderPlaceAt } from './folders.ts';

const STEPS = ['Opt-in', 'Order', 'Upsell', 'Thank you', 'Home', 'About us'];

/** The funnels that can have pages. */
const pagedFunnels = (seed: CollectionSeed): readonly string[] => {
  const ids = seed.idsOf('funnels');
  return ids.filter((_, ordinal) => !folderPlaceAt(ids, ordinal).isFolder);
};

/** Half of the pages are the first funnel's, so that its list is a long one. */
const funnelOfPage = (funnels: readonly string[], page: number): string => {
  if (page % 2 === 0 || funnels.length < 2) return funnels[0] ?? '';
  return funnels[1 + (Math.floor(page / 2) % (funnels.length - 1))] ?? '';
};

/** Every page is a step of its own. */
const stepIdOf = (pageId: string): string => createRandom(hashOfText(pageId)).uuid();
const stepNameOf = (page: number): string => STEPS[page % STEPS.length] ?? '';

const stepsOf = (seed: CollectionSeed, funnelId: string): readonly JsonObject[] => {
  const funnels = pagedFunnels(seed);
  return seed
    .idsOf('funnel_pages')
    .map((id, ordinal) => ({ id, ordinal }))
    .filter(({ ordinal }) => funnelOfPage(funnels, ordinal) === funnelId)
    .map(({ id, ordinal }, at) => ({
      id: stepIdOf(id),
      name: stepNameOf(ordinal),
      pages: [id],
      products: [],
      sequence: at + 1,
      type: 'optin_funnel_page',
      url: `/step-${ordinal}`,
    }));
};

const funnel = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const { locationId } = seed;
  const ids = seed.idsOf('funnels');
  const random = seed.random(ordinal);
  const { isFolder, parentId, item } = folderPlaceAt(ids, ordinal);
  if (isFolder)
    return { name: `Folder ${ordinal + 1}`, type: 'folder', parentId, locationId, deleted: false };
  const isTracked = random.chance(0.3);
  return {
    name: `${random.pick(['Webinar', 'Free trial', 'Booking', 'Landing page'])} ${item + 1}`,
    type: random.chance(0.7) ? 'funnel' : 'website',
    // What lies in no folder has been seen without the key.
    ...(!(seed.variations && parentId === null) && { parentId }),
    locationId,
    deleted: false,
    dateUpdated: isoOf(seed.addedAt(ordinal)),
    domainId: random.chance(0.5) ? random.id() : '',
    url: `/funnel-${item + 1}`,
    steps: stepsOf(seed, ids[ordinal] ?? ''),
    originId: random.id(),
    orderFormVersion: 2,
    faviconUrl: '',
    globalSectionVersion: 1,
    globalSectionsPath: `funnel/${ids[ordinal] ?? ''}/global-sections-1`,
    globalSectionsUrl: `https://storage.example.com/${random.hex(16)}?token=${random.uuid()}`,
    isStoreActive: random.chance(0.1),
    trackingCodeHead: isTracked ? '<script>/* analytics */</script>' : '',
    trackingCodeBody: '',
  };
};

const funnelPage = (seed: CollectionSeed, ordinal: number): JsonObject => ({
  locationId: seed.locationId,
  funnelId: funnelOfPage(pagedFunnels(seed), ordinal),
  name: stepNameOf(ordinal),
  stepId: stepIdOf(seed.idsOf('funnel_pages')[ordinal] ?? `${ordinal}`),
  deleted: ordinal % 7 === 4,
});

export const funnelSpecs: Readonly<Record<'funnels' | 'funnel_pages', CollectionSpec>> = {
  funnels: {
    idKey: '_id',
    idShape: 'crm',
    addedKey: 'dateAdded',
    updatedKey: 'updatedAt',
    count: 18,
    row: funnel,
  },
  ['funnel_pages']: {
    idKey: '_id',
    idShape: 'crm',
    updatedKey: 'updatedAt',
    count: 24,
    row: funnelPage,
  },
};
