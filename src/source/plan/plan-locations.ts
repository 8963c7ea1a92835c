import { toConnectorError } from '../../foundation/errors.ts';
import type { JsonObject } from '../../foundation/json.ts';
import { mergeBounded } from '../../foundation/merge.ts';
import type { Forecast } from '../../stream/forecast/forecast.ts';
import { forecastLocation } from '../../stream/forecast/forecast-location.ts';
import type { ReadContext } from '../../stream/read-context.ts';
import { isContained } from '../read-location.ts';
import { modeOf, openState } from '../read-mode.ts';
import type { SelectedStream } from '../select-streams.ts';
import type { StreamState } from '../stream-state.ts';
import type { Sync } from '../sync.ts';
import type { LookupCosts } from './lookup-costs.ts';
import type { QuotaRegister } from './quota-register.ts';

/** What a stream is expected to be in one location, or why that cannot be told. */
export interface LocationPlan {
  readonly locationId: string;
  readonly forecast: Forecast | undefined;
  readonly problem: string | undefined;
}

/** What the streams of one plan share. */
export interface Planning {
  readonly sync: Sync;
  readonly quotas: QuotaRegister;
  readonly lookups: LookupCosts;
}

const contextFor = (
  { sync, quotas }: Planning,
  { stream }: SelectedStream,
  locationId: string,
): ReadContext => {
  const { session, access, budget, pages, log, parallel, signal } = sync;
  return {
    locationId,
    serverNow: session.serverNow,
    parallel,
    budget,
    pages,
    log,
    rowsLeft: () => 0,
    isOver: () => false,
    send: async (request, options) => {
      const response = await session.requester.request(request, {
        authenticator: access.authenticatorFor(locationId),
        bucket: locationId,
        purpose: `the size of ${stream.name} of location ${locationId}`,
        subject: stream.name,
        signal,
        ...options,
      });
      quotas.observe(locationId, response.headers);
      return response;
    },
  };
};

const planLocation = async (
  planning: Planning,
  selected: SelectedStream,
  { locationId, state }: { readonly locationId: string; readonly state: StreamState | undefined },
): Promise<LocationPlan> => {
  const { sync, lookups } = planning;
  const { stream, configured } = selected;
  const { config, startDate, signal } = sync;
  try {
    const forecast = await forecastLocation(
      stream,
      {
        state: state?.cursorOf(locationId),
        startDate,
        lookbackMs: config.lookbackMs,
        trailingDays: config.trailingDays,
        job: undefined,
        context: contextFor(planning, selected, locationId),
      },
      modeOf(stream, configured),
    );
    const whole = lookups.addTo(forecast, stream, { configured, locationId });
    return { locationId, forecast: whole, problem: undefined };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    const error = toConnectorError(thrown);
    if (!isContained(sync)(error)) throw error;
    return { locationId, forecast: undefined, problem: sync.redact(error.message) };
  }
};

/** Asks the locations of a stream what reading them would be; one that cannot be asked stops no other. */
export const planLocations = async (
  planning: Planning,
  selected: SelectedStream,
  input: JsonObject | undefined,
): Promise<readonly LocationPlan[]> => {
  const { found, lanes } = planning.sync;
  const state = openState(modeOf(selected.stream, selected.configured), { state: input, jobId: undefined });
  const asked = found.locationIds.map(
    (locationId) =>
      async function* ask(): AsyncGenerator<LocationPlan, void> {
        yield await planLocation(planning, selected, { locationId, state });
      },
  );
  const plans = new Map<string, LocationPlan>();
  for await (const one of mergeBounded(asked, lanes)) plans.set(one.locationId, one);
  // In the order of the list, whoever answered first.
  return found.locationIds.flatMap((locationId) => plans.get(locationId) ?? []);
};
