import type { ConfiguredStream } from '../../protocol/catalog.ts';
import type { StreamDefinition } from '../../stream/definition.ts';
import { type Amount, NONE, sumOf } from '../../stream/forecast/amount.ts';
import type { Forecast } from '../../stream/forecast/forecast.ts';
import { lookupOf } from '../lookup-of.ts';

/** What columns cost that are filled from another list of the location: one list serves all streams of a sync. */
export interface LookupCosts {
  readonly addTo: (forecast: Forecast, stream: StreamDefinition, at: LookupAt) => Forecast;
}

interface LookupAt {
  readonly configured: ConfiguredStream;
  readonly locationId: string;
}

/** Where no row refers to anything, none; and once more where a row refers to something new, which is rare. */
const ONE_AT_MOST: Amount = { least: 0, most: 1 };

export const createLookupCosts = (): LookupCosts => {
  const fetched = new Set<string>();
  return {
    addTo: (forecast, stream, { configured, locationId }) => {
      const lookup = lookupOf({ stream, configured });
      if (lookup === undefined) return forecast;
      const key = `${lookup.of.name} ${locationId}`;
      const isNeeded = forecast.rows.most !== 0 && !fetched.has(key);
      if (isNeeded) fetched.add(key);
      return { ...forecast, requests: sumOf([forecast.requests, isNeeded ? ONE_AT_MOST : NONE]) };
    },
  };
};
