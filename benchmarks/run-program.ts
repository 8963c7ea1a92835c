import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import type { JsonObject } from '../src/foundation/json.ts';
import { createOutputReader } from './output-reader.ts';

export interface ProgramRun {
  readonly exitCode: number | null;
  readonly wallMs: number;
  /** Of all its threads. */
  readonly cpuMs: number;
  readonly peakBytes: number;
  readonly records: number;
  /** Every other message. */
  readonly others: readonly JsonObject[];
}

export interface RunOptions {
  /** Preloaded to learn what the program cost. */
  readonly usage: string;
  readonly args: readonly string[];
  /** Takes what the program prints; by default all as fast as it comes. */
  readonly onChunk?: (chunk: Buffer, stdout: Readable) => void;
  readonly onStart?: (pid: number) => void;
}

interface Usage {
  readonly cpuMs: number;
  readonly peakBytes: number;
}

const parseUsage = (printed: string): Usage => {
  // A program that was killed tells nothing.
  if (printed === '') return { cpuMs: Number.NaN, peakBytes: Number.NaN };
  return JSON.parse(printed) as Usage;
};

/** Runs a program of Node.js to its end, and measures it. */
export const runProgram = async (program: string, options: RunOptions): Promise<ProgramRun> => {
  const output = createOutputReader();
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--require', options.usage, program, ...options.args], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  options.onStart?.(child.pid ?? 0);
  const [, stdout, , told] = child.stdio;
  if (!(stdout instanceof Readable) || !(told instanceof Readable)) throw new TypeError('no pipes');
  stdout.on('data', (chunk: Buffer) => {
    output.take(chunk);
    options.onChunk?.(chunk, stdout);
  });
  const usage = text(told);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const wallMs = performance.now() - startedAt;
  return { exitCode, wallMs, ...parseUsage(await usage), records: output.records(), others: output.others() };
};
