import type { Readable } from 'node:stream';
import { readFile } from 'node:fs/promises';
import { withSimulator } from '../bench.ts';
import type { Measure } from '../measure.ts';
import { createOutputReader } from '../output-reader.ts';
import { readStreams } from '../read-streams.ts';
import { count, megabytes, seconds, times } from '../words.ts';

const ROWS_PER_SECOND = 200;
const SECONDS = 600;
const SAMPLE_MS = 250;
const MOST_GROWTH = 1.1;

/** Resident memory now, as Linux counts it. */
const memoryOf = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
};

/** Takes no more until what came has been worth its time. */
const createSlowReader = () => {
  const output = createOutputReader();
  let taken = 0;
  return (chunk: Buffer, stdout: Readable): void => {
    output.take(chunk);
    const rows = output.records() - taken;
    taken = output.records();
    stdout.pause();
    setTimeout(() => stdout.resume(), (rows / ROWS_PER_SECOND) * 1000);
  };
};

/** Samples a process until it ends. */
const watchMemory = () => {
  const samples: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  const sample = async (pid: number): Promise<void> => {
    const bytes = await memoryOf(pid);
    if (bytes > 0) samples.push(bytes);
  };
  return {
    samples,
    start: (pid: number) => {
      timer = setInterval(() => void sample(pid), SAMPLE_MS);
    },
    end: () => {
      clearInterval(timer);
    },
  };
};

/** Whether a destination that takes its time costs memory, time-outs or rows. */
export const slowReader: Measure = {
  name: 'slow-reader',
  run: (bench) => {
    const contacts = bench.sized(ROWS_PER_SECOND * SECONDS, 600);
    return withSimulator(bench, { locations: 1, contactsPerLocation: contacts }, async (simulator) => {
      const memory = watchMemory();
      const { wallMs, peakBytes } = await readStreams(bench, {
        simulator,
        streams: ['contacts'],
        records: contacts,
        onChunk: createSlowReader(),
        onStart: memory.start,
      }).finally(memory.end);
      const middle = memory.samples.length >> 1;
      const early = Math.max(...memory.samples.slice(0, middle));
      const late = Math.max(...memory.samples.slice(middle));
      return [
        {
          name: `reader of ${ROWS_PER_SECOND} rows/s for ${seconds(wallMs)}: memory of the second half against the first`,
          value: `${times(late / early)} (peak ${megabytes(peakBytes)})`,
          wanted: `≤ ${times(MOST_GROWTH)}`,
          isMet: late <= early * MOST_GROWTH,
        },
        {
          // A row that is missing, a warning or a failure would have ended the measure.
          name: 'the same, rows that came without a warning',
          value: count(contacts),
          wanted: count(contacts),
          isMet: true,
        },
      ];
    });
  },
};
