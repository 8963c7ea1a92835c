import { createRecordCheck } from '../support/judge-run.ts';
import { parseMessages, streamsOf } from '../support/messages-of.ts';
import { createSimulator } from '../simulator/simulator.ts';
import { createClock } from './clock.ts';
import { inProcess } from './in-process.ts';
import type { Discovered } from './stage.ts';

/** Every stream as `discover` prints it. */
export const discoverAll = async (): Promise<Discovered> => {
  const clock = createClock(0);
  const machine = inProcess(createSimulator({ now: clock.now }), clock, 0);
  const credentials = { auth_type: 'private_integration_token', location_tokens: 'LOC pit-1' };
  const config = { credentials, costly_streams: ['contact_notes', 'contact_attributions'] };
  const attempt = { ending: { kind: 'own' as const }, stalls: [], wire: [], interruptions: [], pauseMs: 0 };
  const { lines } = await machine.run({ command: 'discover', config, env: {} }, attempt, {
    seed: 0,
    onRequest: () => undefined,
  });
  const streams = streamsOf(parseMessages(lines));
  return { streams, check: createRecordCheck(streams) };
};
