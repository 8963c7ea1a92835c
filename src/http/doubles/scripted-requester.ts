import { createRateLimiter, type RateLimiter } from '../rate-limiter.ts';
import { createRequester, type Requester } from '../requester.ts';
import { createServerClock, type ServerClock } from '../server-clock.ts';
import { createRecordingLog, type RecordingLog } from './recording-log.ts';
import { createScriptedClient, type Script, type ScriptedClient } from './scripted-client.ts';
import { createVirtualRuntime, type VirtualRuntime } from './virtual-runtime.ts';

/** For tests: a real requester, with everything around it, over a scripted client. */
export interface ScriptedRequester {
  readonly requester: Requester;
  readonly client: ScriptedClient;
  readonly runtime: VirtualRuntime;
  readonly serverClock: ServerClock;
  readonly limiter: RateLimiter;
  readonly log: RecordingLog;
}

/** The clock starts at 0, unless `runtime` is given. */
export const createScriptedRequester = (
  script: Script,
  options: {
    readonly maxTotalMs?: number;
    readonly mostAtOnce?: number;
    readonly runtime?: VirtualRuntime;
  } = {},
): ScriptedRequester => {
  const { runtime = createVirtualRuntime(0), ...limits } = options;
  const client = createScriptedClient(script);
  const serverClock = createServerClock(runtime);
  const limiter = createRateLimiter({ runtime, share: 1 });
  const log = createRecordingLog();
  const requester = createRequester({ client, limiter, runtime, serverClock, log, ...limits });
  return { requester, client, runtime, serverClock, limiter, log };
};
