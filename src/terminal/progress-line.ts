import { count, counted, inWords } from '../foundation/words.ts';

/** How far a stream is, and how fast it goes. */
export interface StreamProgress {
  readonly name: string;
  readonly locations: { readonly ended: number; readonly open: number; readonly total: number };
  readonly rows: number;
  /** Rows that HighLevel counts, as far as it has been asked; 0 where it does not say. */
  readonly expected: number;
  readonly elapsedMs: number;
  /** Rows a second, of late. */
  readonly rowRate: number;
}

/** How fast a sync goes, with all of its streams. */
export interface SyncPace {
  /** A second, of late. */
  readonly rates: { readonly requests: number; readonly quotaMs: number };
  /** Locations that are being read, by whichever streams. */
  readonly openLocations: number;
  /** Requests a second that the quota allows one location. */
  readonly allowedPerSecond: number;
}

const SECOND_MS = 1000;
/** Of waits in a second, added up over the requests; less is the spacing between them. */
const NOTABLE_WAIT_MS = 500;

/** By the rows that are still to come where they are known of every location, else by the locations. */
const msLeft = ({ locations, rows, expected, elapsedMs, rowRate }: StreamProgress): number | undefined => {
  const { ended, open, total } = locations;
  if (ended + open === total && expected > rows && rowRate > 0)
    return ((expected - rows) / rowRate) * SECOND_MS;
  return ended === 0 || ended === total ? undefined : (elapsedMs / ended) * (total - ended);
};

/** One line for people, such as `contacts  12/30 locations, 84,000 of 120,000 rows, 5,310 rows/s, …`. */
export const progressLine = (progress: StreamProgress): string => {
  const { name, locations, rows, expected, rowRate } = progress;
  const left = msLeft(progress);
  return [
    `${name}  ${count(locations.ended)}/${counted(locations.total, 'location')}`,
    expected > rows ? `${count(rows)} of ${count(expected)} rows` : counted(rows, 'row'),
    `${count(Math.round(rowRate))} rows/s`,
    ...(left === undefined ? [] : [`${inWords(left)} left`]),
  ].join(', ');
};

/** The line below those of the streams, such as `24.0 requests/s, 80 % of the quota of 3 locations`. */
export const paceLine = ({ rates, openLocations: open, allowedPerSecond }: SyncPace): string => {
  const used = Math.min(1, rates.requests / (open * allowedPerSecond));
  return [
    `${rates.requests.toFixed(1)} requests/s`,
    ...(open === 0 || allowedPerSecond === 0
      ? []
      : [`${Math.round(100 * used)} % of the quota of ${counted(open, 'location')}`]),
    ...(rates.quotaMs > NOTABLE_WAIT_MS ? ['waiting for quota'] : []),
  ].join(', ');
};
