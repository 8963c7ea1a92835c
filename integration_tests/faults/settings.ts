import type { JsonObject } from '../../src/foundation/json.ts';
import type { Setting } from './schedule.ts';

interface SettingContext {
  /** Locations that the credentials open. */
  readonly locationIds: readonly string[];
  /** Epoch ms. */
  readonly nowMs: number;
}

const DAY_MS = 86_400_000;

const without = (config: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(config).filter(([name]) => !names.includes(name)));

/** Without milliseconds, as the form writes it. */
const isoDaysAgo = (nowMs: number, days: number): string =>
  new Date(nowMs - days * DAY_MS).toISOString().replace(/\.\d+Z$/, 'Z');

/** The config after a user has changed a setting. */
export const withSetting = (
  config: JsonObject,
  setting: Setting,
  { locationIds, nowMs }: SettingContext,
): JsonObject => {
  const everywhere = without(config, 'location_ids', 'exclude_location_ids');
  const picked = (pick: number): readonly string[] => [locationIds[pick % locationIds.length] ?? ''];
  switch (setting.kind) {
    case 'start_date': {
      const { daysAgo } = setting;
      const start = daysAgo === undefined ? {} : { start_date: isoDaysAgo(nowMs, daysAgo) };
      return { ...without(config, 'start_date'), ...start };
    }
    case 'only_location':
      return { ...everywhere, location_ids: picked(setting.pick) };
    case 'exclude_location':
      // Nobody leaves out the only one.
      return locationIds.length === 1
        ? config
        : { ...everywhere, exclude_location_ids: picked(setting.pick) };
    case 'all_locations':
      return everywhere;
    case 'skip_all':
    case 'skip_inactive':
      return { ...config, inaccessible_locations: setting.kind };
    case 'concurrency': {
      const { requests } = setting;
      const most = requests === undefined ? {} : { max_concurrency: requests };
      return { ...without(config, 'max_concurrency'), ...most };
    }
  }
};
