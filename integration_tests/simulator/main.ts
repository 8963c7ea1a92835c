import { writeFile } from 'node:fs/promises';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { DEFAULT_RATE_LIMITS, type RateLimits, type SimulatorOptions } from './options.ts';
import { serve } from './serve.ts';
import { createSimulator } from './simulator.ts';

const parse = (argv: readonly string[]) =>
  yargs(argv)
    .scriptName('npm run simulator --')
    .usage('Serves a HighLevel that lives in memory, with a ready-made config for the connector.')
    .options({
      locations: { type: 'number', default: 3, describe: 'sub-accounts of the agency' },
      contacts: { type: 'number', default: 1000, describe: 'contacts in each' },
      opportunities: { type: 'number', describe: 'opportunities in each (a fifth of the contacts)' },
      seed: { type: 'string', default: 'seed', describe: 'another seed makes another world' },
      host: { type: 'string', default: '127.0.0.1', describe: 'address to listen on' },
      port: { type: 'number', default: 0, describe: 'port to listen on (a free one)' },
      'latency-ms': { type: 'number', default: 0, describe: 'how long every answer is kept back' },
      'index-lag-ms': { type: 'number', default: 0, describe: 'how long searches do not see a write' },
      // The negated name switches the limit off, so that yargs gives a number or false.
      'rate-limit': { describe: 'requests per 10 s and location; --no-rate-limit for none', default: 100 },
      credentials: { choices: ['oauth', 'oauth_location', 'private'] as const, default: 'oauth' as const },
      'config-out': { type: 'string', describe: 'write the config to this file' },
      json: {
        type: 'boolean',
        default: false,
        describe: 'print {"url","config"} as one line, and nothing else',
      },
    })
    .strict()
    .parseAsync();

const rateLimitsOf = (limit: unknown): RateLimits | 'off' => {
  if (limit === false) return 'off';
  const max = Number(limit);
  if (!Number.isInteger(max) || max < 1) throw new RangeError('--rate-limit wants a whole number from 1.');
  return { ...DEFAULT_RATE_LIMITS, max };
};

type Settings = Awaited<ReturnType<typeof parse>>;

const optionsOf = (settings: Settings): SimulatorOptions => ({
  seed: settings.seed,
  locations: settings.locations,
  contactsPerLocation: settings.contacts,
  ...(settings.opportunities === undefined ? {} : { opportunitiesPerLocation: settings.opportunities }),
  knobs: {
    latencyMs: settings.latencyMs,
    indexLagMs: settings.indexLagMs,
    rateLimits: rateLimitsOf(settings.rateLimit),
  },
});

const run = async (argv: readonly string[]): Promise<void> => {
  const settings = await parse(argv);
  const simulator = createSimulator(optionsOf(settings));
  const { url, connectorConfig, close } = await serve(simulator, settings);
  const config = connectorConfig(settings.credentials);
  if (settings.configOut !== undefined)
    await writeFile(settings.configOut, `${JSON.stringify(config, undefined, 2)}\n`, { mode: 0o600 });
  process.stdout.write(
    settings.json
      ? `${JSON.stringify({ url, config })}\n`
      : `HighLevel is at ${url}\n${JSON.stringify(config, undefined, 2)}\n`,
  );
  const stop = (): void => {
    close().catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exitCode = 1;
    });
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
};

run(hideBin(process.argv)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
