import type { ConnectorError } from '../foundation/errors.ts';
import { parseIso, toIso } from '../foundation/instant.ts';
import { isJsonObject } from '../foundation/json.ts';
import { configurationError } from './config-errors.ts';
import { settingsSchema } from './connector-specification.ts';
import { type Credentials, parseCredentials } from './credentials.ts';
import { chooseLocations } from './location-choice.ts';
import { createSchemaCheck } from './schema-check.ts';
import { serviceUrlProblem } from './service-url.ts';
import { tidyConfig } from './tidy-config.ts';

/** The configuration as the program uses it: checked once, defaults and units settled. */
export interface Config {
  readonly credentials: Credentials;
  /** Empty: every location the credentials can read. Has none of `excludeLocationIds`. */
  readonly locationIds: readonly string[];
  readonly excludeLocationIds: readonly string[];
  /** RFC 3339, UTC, milliseconds. */
  readonly startDate: string | undefined;
  readonly inaccessibleLocations: 'skip_inactive' | 'skip_all' | 'fail';
  /** At least a minute. */
  readonly lookbackMs: number;
  /** Overrides what streams read by windows read again at each sync. */
  readonly trailingDays: number | undefined;
  /** Streams that are offered though reading them costs many requests. */
  readonly costlyStreams: readonly string[];
  /** In (0, 1]: how much of HighLevel's quota may be used. */
  readonly quotaShare: number;
  /** 1 to 100; undefined: to be chosen from the number of locations. */
  readonly maxConcurrency: number | undefined;
  readonly maxSyncMs: number | undefined;
  readonly additionalFields: 'keep' | 'drop';
  /** Without a slash at the end. */
  readonly apiUrl: string;
}

interface RawSettings {
  readonly location_ids?: readonly string[];
  readonly exclude_location_ids?: readonly string[];
  readonly start_date?: string;
  readonly inaccessible_locations?: Config['inaccessibleLocations'];
  readonly lookback_window_minutes?: number;
  readonly trailing_window_days?: number;
  readonly costly_streams?: readonly string[];
  readonly max_quota_share?: number;
  readonly max_concurrency?: number;
  readonly max_sync_minutes?: number;
  readonly additional_fields?: Config['additionalFields'];
  readonly api_url?: string;
}

const MINUTE_MS = 60_000;
const DEFAULT_LOOKBACK_MINUTES = 60;
const DEFAULT_QUOTA_PERCENT = 80;
const DEFAULT_API_URL = 'https://services.leadconnectorhq.com';

const checkSettings = createSchemaCheck<RawSettings>(settingsSchema, '');

const invalidConfig = (problems: readonly string[]): ConnectorError =>
  configurationError('config_invalid', { problems: problems.join('; ') });

const startDateOf = (text: string | undefined): string | undefined => {
  const epochMs = parseIso(text);
  return epochMs === undefined ? undefined : toIso(epochMs);
};

type Tunables = Omit<Config, 'credentials' | 'locationIds' | 'excludeLocationIds'>;

const settle = (raw: RawSettings): Tunables => ({
  startDate: startDateOf(raw.start_date),
  inaccessibleLocations: raw.inaccessible_locations ?? 'skip_inactive',
  lookbackMs: (raw.lookback_window_minutes ?? DEFAULT_LOOKBACK_MINUTES) * MINUTE_MS,
  trailingDays: raw.trailing_window_days,
  costlyStreams: raw.costly_streams ?? [],
  quotaShare: (raw.max_quota_share ?? DEFAULT_QUOTA_PERCENT) / 100,
  maxConcurrency: raw.max_concurrency,
  maxSyncMs: raw.max_sync_minutes === undefined ? undefined : raw.max_sync_minutes * MINUTE_MS,
  additionalFields: raw.additional_fields ?? 'keep',
  apiUrl: (raw.api_url ?? DEFAULT_API_URL).replace(/\/+$/, ''),
});

/** What the schema cannot say of the address that paths are put behind. */
const apiUrlProblem = (url: string): string | undefined =>
  url.includes('?') ? 'must not hold a ?' : serviceUrlProblem(url);

const valueProblems = ({ api_url: apiUrl, start_date: startDate }: RawSettings): readonly string[] => {
  const urlProblem = apiUrl === undefined ? undefined : apiUrlProblem(apiUrl);
  // The format allows the leap second, which JavaScript does not know.
  const isDate = startDate === undefined || parseIso(startDate) !== undefined;
  return [
    ...(urlProblem === undefined ? [] : [`api_url ${urlProblem}`]),
    ...(isDate ? [] : ['start_date must be a date-time such as 2024-01-31T00:00:00Z']),
  ];
};

/**
 * Checks a configuration against `spec.json` and types it. Fields left empty, nulls and keys with `_` in front count as
 * absent.
 * @throws ConnectorError (config_error) that names every field at fault and prints no value
 */
export const parseConfig = (json: unknown): Config => {
  if (!isJsonObject(json)) throw invalidConfig(['it must be a JSON object']);
  const raw = tidyConfig(json);
  const settings = checkSettings(raw);
  const credentials = parseCredentials(raw['credentials']);
  if (!settings.ok || !credentials.ok) {
    throw invalidConfig([settings, credentials].flatMap((part) => (part.ok ? [] : part.problems)));
  }
  const { location_ids: wanted = [], exclude_location_ids: excluded = [] } = settings.value;
  const locations = chooseLocations({ wanted, excluded, credentials: credentials.value });
  const problems = [...valueProblems(settings.value), ...(locations.ok ? [] : locations.problems)];
  if (!locations.ok || problems.length > 0) throw invalidConfig(problems);
  return { credentials: credentials.value, ...locations.value, ...settle(settings.value) };
};
