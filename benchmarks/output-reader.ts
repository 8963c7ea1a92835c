import { isJsonObject, type JsonObject } from '../src/foundation/json.ts';

const LINE_FEED = 10;
const RECORD = '{"type":"RECORD"';

/** Counts records as they come, without parsing them, and keeps all other messages. */
export interface OutputReader {
  readonly take: (chunk: Buffer) => void;
  readonly records: () => number;
  readonly others: () => readonly JsonObject[];
}

const parse = (line: string): JsonObject => {
  const json: unknown = JSON.parse(line);
  if (!isJsonObject(json)) throw new Error(`not a JSON object: ${line.slice(0, 100)}`);
  return json;
};

export const createOutputReader = (): OutputReader => {
  const others: string[] = [];
  let records = 0;
  let rest: Buffer = Buffer.alloc(0);
  return {
    take: (chunk) => {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (;;) {
        const end = bytes.indexOf(LINE_FEED, start);
        if (end < 0) break;
        if (bytes.toString('latin1', start, start + RECORD.length) === RECORD) records += 1;
        else others.push(bytes.toString('utf8', start, end));
        start = end + 1;
      }
      rest = bytes.subarray(start);
    },
    records: () => records,
    others: () => others.map(parse),
  };
};
