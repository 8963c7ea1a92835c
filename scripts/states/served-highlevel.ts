import type { SimulatorOptions } from '../../integration_tests/simulator/options.ts';
import { serve } from '../../integration_tests/simulator/serve.ts';
import { createSimulator } from '../../integration_tests/simulator/simulator.ts';
import type { HighLevel } from '../../integration_tests/support/highlevel.ts';

/** The same as the scenarios have, outside of a test. Whoever starts it closes it. */
export const serveHighLevel = async (options: SimulatorOptions): Promise<HighLevel> => {
  let offsetMs = 0;
  const now = (): number => Date.now() + offsetMs;
  const simulator = createSimulator({ now, contactsPerLocation: 6, ...options });
  const unused = (): never => {
    throw new Error('Nothing comes between a simulator whose states are captured and the connector.');
  };
  return {
    simulator,
    served: await serve(simulator),
    now,
    passTime: (milliseconds) => {
      offsetMs += milliseconds;
    },
    secrets: () => [simulator.app.clientSecret, simulator.agencyToken],
    rewriteRequests: unused,
    rewriteAnswers: unused,
    answerAt: unused,
  };
};
