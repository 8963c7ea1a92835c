/** HighLevel in a process of its own, so that its work is not counted as the connector's. Told what to do by the parent. */
import { performance } from 'node:perf_hooks';
import { serve } from '../../integration_tests/simulator/serve.ts';
import { createSimulator, type Simulator } from '../../integration_tests/simulator/simulator.ts';
import { DEFAULT_RATE_LIMITS } from '../../integration_tests/simulator/options.ts';
import type { SeenCall, ServerFigures, ServerOptions, ServerReady } from '../server-messages.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as ServerOptions;

const send = (message: ServerReady | ServerFigures): void => {
  process.send?.(message);
};

/** The same text in each row, so that large rows cost no memory here. */
const enlargeRows = ({ world }: Simulator, bytes: number): void => {
  const notes = 'x'.repeat(bytes);
  for (const id of world.locationIds())
    world.setContacts(
      id,
      world.contacts(id).map((row) => ({ ...row, notes })),
    );
};

/** Takes a steady part of a location's quota from then on. Whether any is left is not its question. */
const startOtherClient = (
  { world, admin, calls, beforeAnswer }: Simulator,
  { afterCalls, perSecond }: NonNullable<ServerOptions['otherClient']>,
): (() => readonly number[]) => {
  const [locationId = ''] = world.locationIds();
  const requestsAt: number[] = [];
  const take = (): void => {
    admin.consumeQuota(locationId, 1);
    requestsAt.push(Date.now());
  };
  const end = beforeAnswer(() => {
    if (calls.length < afterCalls) return;
    end();
    setInterval(take, 1000 / perSecond).unref();
  });
  return () => requestsAt;
};

const { locations, contactsPerLocation = 0, opportunitiesPerLocation = 0 } = options;
const simulator = createSimulator({
  locations,
  contactsPerLocation,
  opportunitiesPerLocation,
  ...(options.rows !== undefined && { rows: options.rows }),
  keptPageBytes: options.keptPageBytes ?? 0,
  knobs: {
    latencyMs: options.latencyMs ?? 0,
    rateLimits: options.isUnlimited === true ? 'off' : DEFAULT_RATE_LIMITS,
  },
});
if (options.extraRowBytes !== undefined) enlargeRows(simulator, options.extraRowBytes);
const otherRequests =
  options.otherClient === undefined ? () => [] : startOtherClient(simulator, options.otherClient);
const served = await serve(simulator);

let reported = 0;
let busy = performance.eventLoopUtilization();
let cpu = process.cpuUsage();

const figures = (): ServerFigures => {
  const calls = simulator.calls.slice(reported).map(({ path, locationId, status, at }): SeenCall => {
    return { path, locationId, status, at };
  });
  reported = simulator.calls.length;
  const { utilization } = performance.eventLoopUtilization(busy);
  const { user, system } = process.cpuUsage(cpu);
  busy = performance.eventLoopUtilization();
  cpu = process.cpuUsage();
  return {
    kind: 'figures',
    calls,
    otherRequestsAt: otherRequests(),
    busyShare: utilization,
    cpuMs: (user + system) / 1000,
  };
};

process.on('message', () => {
  send(figures());
});
process.once('disconnect', () => {
  process.exit();
});
const locationTokens = simulator.world
  .locationIds()
  .map((id): readonly [string, string] => [id, simulator.locationToken(id)]);
send({ kind: 'ready', url: served.url, config: served.connectorConfig('oauth'), locationTokens });
