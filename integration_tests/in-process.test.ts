import { describe, expect, test } from '@jest/globals';
import { createVirtualRuntime } from '../src/http/doubles/virtual-runtime.ts';
import { createSimulator } from './simulator/simulator.ts';
import { catalogOf, idsIn, setUpInProcess } from './support/in-process.ts';

const run = setUpInProcess();

describe('against the real quota of 100 requests in 10 seconds', () => {
  const CONTACTS = 6000;
  const PAGE = 20;

  test.each([80, 100])(
    'a sync with a share of %i %% never is refused and takes the time the share costs',
    async (share) => {
      const runtime = createVirtualRuntime(Date.UTC(2026, 5, 1));
      const simulator = createSimulator({
        locations: [{ contacts: CONTACTS, opportunities: 0 }],
        now: runtime.now,
        knobs: { silentPageSize: PAGE },
      });
      const config = simulator.connectorConfig('oauth', { max_quota_share: share });
      const startedAt = runtime.now();
      const { outcome, messages } = await run({
        simulator,
        runtime,
        files: { config, catalog: catalogOf('contacts') },
      });
      const elapsedS = (runtime.now() - startedAt) / 1000;

      expect(outcome).toBe(0);
      expect(idsIn(messages).size).toBe(CONTACTS);
      expect(simulator.calls.filter(({ status }) => status === 429)).toEqual([]);
      const requests = CONTACTS / PAGE;
      const fullWindows = Math.floor((requests - 1) / share);
      expect(elapsedS).toBeGreaterThanOrEqual(fullWindows * 10);
      expect(elapsedS).toBeLessThanOrEqual((fullWindows + 2) * 10);
    },
  );
});
