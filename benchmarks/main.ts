/** Measures the built connector against a simulated HighLevel, and what came out against what is wanted. */
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import type { Bench } from './bench.ts';
import type { Finding } from './measure.ts';
import { measures } from './measures.ts';
import { type Programs, withPrograms } from './programs.ts';
import { tableOf } from './table.ts';
import { writeTable } from './write-table.ts';

const QUICK = { scale: 0.004, repetitions: 1, latencyMs: 20 };

const parse = () =>
  yargs(hideBin(process.argv))
    .scriptName('npm run bench --')
    .usage(
      'Measures the built connector. Figures of two machines, or of two runs, do not compare; ratios do.',
    )
    .options({
      only: {
        type: 'string',
        array: true,
        choices: measures.map(({ name }) => name),
        describe: 'measure this alone; may be given several times',
      },
      quick: { type: 'boolean', default: false, describe: 'only prove that the benchmarks run' },
      scale: { type: 'number', default: 1, describe: 'sizes, as a part of what is wanted' },
      repetitions: { type: 'number', default: 5, describe: 'runs of what is short, beside the warm-up' },
      'latency-ms': { type: 'number', default: 300, describe: "HighLevel's time for an answer" },
      json: { type: 'string', describe: 'write the findings to this file, too' },
      write: { type: 'boolean', default: false, describe: 'put the table into docs/performance.md' },
    })
    .strict()
    .parseAsync();

type Options = Awaited<ReturnType<typeof parse>>;

const benchOf = (options: Options, programs: Programs): Bench => {
  const { scale, repetitions, latencyMs } = options.quick ? QUICK : options;
  return {
    programs,
    isQuick: options.quick,
    repetitions,
    latencyMs,
    sized: (full, least = 1) => Math.max(least, Math.round(full * scale)),
    say: (line) => {
      process.stderr.write(`  ${line}\n`);
    },
  };
};

const measureAll = async (options: Options, bench: Bench): Promise<readonly Finding[]> => {
  const { only } = options;
  const findings: Finding[] = [];
  for (const { name, run } of measures) {
    if (only !== undefined && !only.includes(name)) continue;
    process.stderr.write(`${name}\n`);
    const startedAt = Date.now();
    const found = await run(bench);
    // What is small enough to be quick tells nothing.
    findings.push(...(bench.isQuick ? found.map((finding) => ({ ...finding, isMet: undefined })) : found));
    process.stderr.write(`  ${((Date.now() - startedAt) / 1000).toFixed(0)} s\n`);
  }
  return findings;
};

const sizesOf = ({ scale, repetitions, latencyMs }: Options): string => {
  const [{ model } = { model: 'unknown processor' }] = cpus();
  return `Made with \`npm run bench -- --scale ${scale} --repetitions ${repetitions} --latency-ms ${latencyMs}\`, Node.js ${process.version}, ${cpus().length} × ${model}.`;
};

const options = await parse();
const findings = await withPrograms((programs) => measureAll(options, benchOf(options, programs)));
console.log(tableOf(findings));
if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(findings, undefined, 2)}\n`);
if (options.write) await writeTable(`${sizesOf(options)}\n\n${tableOf(findings)}`);
