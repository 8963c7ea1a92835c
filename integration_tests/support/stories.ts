import type { JsonObject } from '../../src/foundation/json.ts';
import { connect, type Run, type Selection } from './connection.ts';
import { type HighLevel, startHighLevel } from './highlevel.ts';
import { afterFirstRows } from './meanwhile.ts';
import { addRow, changeRow, idIn, lackOf, rowsOf, type Subject } from './subjects.ts';
import { idsOf } from './warehouse.ts';

const HOUR_MS = 3_600_000;

/** What a story found wrong with a stream, stage by stage; empty where the destination equals HighLevel. */
export type Findings = ReadonlyMap<string, readonly string[]>;

/** The same for many streams at once, because a sync of all of them takes little longer than one of one. */
export const selectionOf = (subjects: readonly Subject[]): Selection =>
  Object.fromEntries(subjects.map(({ stream }) => [stream, 'incremental' as const]));

/** A world of forty rows a stream, few parents, and pages of eight. */
export const startForty = (subjects: readonly Subject[]): Promise<HighLevel> =>
  startHighLevel({
    rows: {
      ...{ products: 2, funnels: 3, object_schemas: 5 },
      ...Object.fromEntries(subjects.map(({ kind }) => [kind, 40])),
    },
    knobs: { rateLimits: 'off', silentPageSize: 8 },
  });

const createFindings = (subjects: readonly Subject[]) => {
  const findings = new Map<string, string[]>(subjects.map(({ stream }) => [stream, []]));
  return {
    findings,
    add: ({ stream }: Subject, stage: string, lines: readonly string[]): void => {
      findings.get(stream)?.push(...lines.map((line) => `${stage}: ${line}`));
    },
  };
};

const recordsOf = (runs: readonly Run[], { stream }: Subject): readonly JsonObject[] =>
  runs.flatMap((run) => run.records(stream));

/** Rows appear, change and disappear, and some hours later comes the next sync; several times. */
export const tellOfChangesBetween = async (
  subjects: readonly Subject[],
  pauses: readonly number[],
): Promise<Findings> => {
  const highLevel = await startForty(subjects);
  const connection = connect(highLevel);
  const { findings, add } = createFindings(subjects);
  const stories = subjects.map((subject): { readonly subject: Subject; readonly added: string[] } => ({
    subject,
    added: [],
  }));
  const runs = [await connection.read(selectionOf(subjects))];
  const judge = (stage: string): void => {
    for (const subject of subjects) add(subject, stage, lackOf(highLevel, subject, recordsOf(runs, subject)));
  };
  judge('at first');
  for (const hours of pauses) {
    highLevel.passTime(hours * HOUR_MS);
    for (const { subject, added } of stories) {
      added.push(addRow(highLevel, subject), addRow(highLevel, subject), addRow(highLevel, subject));
      const [first = ''] = added;
      changeRow(highLevel, subject, first, { text: `changed after ${hours} hours` });
      rowsOf(highLevel, subject).remove(added.at(-2) ?? '');
    }
    highLevel.passTime(HOUR_MS);
    runs.push(await connection.read(selectionOf(subjects)));
    judge(`after ${hours} hours`);
  }
  for (const {
    subject,
    added: [first = ''],
  } of stories) {
    rowsOf(highLevel, subject).remove(first);
    const hasCome = idsOf(recordsOf(runs, subject)).includes(first);
    if (!hasCome) add(subject, 'at last', ['the row that is deleted now had never come']);
  }
  highLevel.passTime(HOUR_MS);
  runs.push(await connection.read(selectionOf(subjects)));
  judge('at last');
  return findings;
};

interface Meanwhile {
  /** By which the rows of a stream are asked for. */
  readonly paths: Readonly<Record<string, RegExp>>;
  /** Days until each of the syncs that follow. */
  readonly pauses: readonly number[];
  /** Rows deleted between two pages. */
  readonly deleted?: number;
}

/** Between two pages of the first sync rows appear at the head, change, and disappear among those that were read. */
export const tellOfChangesDuring = async (
  subjects: readonly Subject[],
  { paths, pauses, deleted = 1 }: Meanwhile,
): Promise<Findings> => {
  const highLevel = await startForty(subjects);
  const connection = connect(highLevel);
  const { findings, add } = createFindings(subjects);
  const edits = subjects.map((subject) => ({
    subject,
    before: new Set(rowsOf(highLevel, subject).rows().map(idIn)),
    meanwhile: afterFirstRows(highLevel, paths[subject.stream] ?? /^$/, (ids) => {
      for (const id of ids.slice(0, deleted)) rowsOf(highLevel, subject).remove(id);
      changeRow(highLevel, subject, ids[deleted] ?? '', { text: 'changed meanwhile' });
      addRow(highLevel, subject);
    }),
  }));
  const runs = [await connection.read(selectionOf(subjects))];
  for (const { subject, before, meanwhile } of edits) {
    if (!meanwhile.isDone()) add(subject, 'meanwhile', ['nothing was done']);
    // What was there before and still is may be old, but not missing.
    const have = new Set(idsOf(recordsOf(runs, subject)));
    const lost = lackOf(highLevel, subject, recordsOf(runs, subject)).filter((line) => {
      const [id = ''] = line.split(' ');
      return before.has(id) && !have.has(id);
    });
    add(subject, 'at first', lost);
  }
  for (const days of pauses) {
    highLevel.passTime(days * 24 * HOUR_MS);
    runs.push(await connection.read(selectionOf(subjects)));
  }
  for (const { subject } of edits) {
    add(subject, 'at last', lackOf(highLevel, subject, recordsOf(runs, subject)));
  }
  return findings;
};

/** A story is told once, to all tests that ask for it. */
export const once = <Told>(tell: () => Promise<Told>): (() => Promise<Told>) => {
  let told: Promise<Told> | undefined;
  return () => (told ??= tell());
};
