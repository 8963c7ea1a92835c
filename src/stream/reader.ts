import { streamError } from './stream-errors.ts';
import type { JsonValue } from '../foundation/json.ts';
import { isReadBy, type RowTime, type SearchStream, type StreamDefinition } from './definition.ts';
import { onceAJob } from './full-refresh.ts';
import { parseCursor, serialiseCursor } from './location-cursor.ts';
import type { LocationRead } from './location-read.ts';
import { parseChangedCursor, readChanged, sinceStart } from './read-changed.ts';
import { readChildren } from './read-children.ts';
import type { ReadEvent } from './read-event.ts';
import { readInFull } from './read-in-full.ts';
import { readIncrementally } from './read-incrementally.ts';
import { readList } from './read-list.ts';
import { parseNewestFirstCursor, readNewestFirst, readNewestFirstInFull } from './read-newest-first.ts';
import { readWindows } from './read-windows.ts';
import { readWindowsInFull } from './read-windows-in-full.ts';
import type { SearchEvent, SearchRead } from './search-read.ts';
import { uncounted } from './uncounted.ts';
import { parseWindowCursor, windowColumn } from './window-cursor.ts';

/** Reads one location of a stream. */
export interface StreamReader {
  /** @throws ConnectorError (config_error) for a location's part of a state that is not ours */
  readonly check: (state: JsonValue) => void;
  readonly read: (read: LocationRead) => AsyncGenerator<ReadEvent, void>;
}

/** A reader that also says which column carries its cursor. */
export interface IncrementalReader extends StreamReader {
  readonly cursorColumn: string;
}

/** Checkpoints of a search as the state carries them. */
async function* withStates(
  { retrieval }: SearchStream,
  events: AsyncGenerator<SearchEvent, void>,
): AsyncGenerator<ReadEvent, void> {
  for await (const event of events) {
    yield event.kind === 'checkpoint'
      ? { ...event, cursor: serialiseCursor(event.cursor, retrieval) }
      : event;
  }
}

const toSearchRead = (stream: SearchStream, read: LocationRead): SearchRead => ({
  ...read,
  stream,
  state: read.state && parseCursor(read.state, stream.retrieval),
});

const searchReader = (stream: SearchStream): IncrementalReader => ({
  cursorColumn: stream.retrieval.updated.column,
  check: (state) => void parseCursor(state, stream.retrieval),
  read: (read) => withStates(stream, readIncrementally(toSearchRead(stream, read))),
});

/** Parents are read one page at a time: a page held ahead would wait for the memory that its children wait for. */
const asParents = (read: LocationRead): LocationRead => ({
  ...read,
  context: { ...uncounted(read.context), parallel: 1 },
});

/** HighLevel counts the rows of a list, not those of them that are emitted. */
const withoutCount = (read: LocationRead): LocationRead => ({
  ...read,
  context: { ...read.context, expects: undefined },
});

/** All rows of a list, or of the children of one. */
const allOf = (stream: StreamDefinition, read: LocationRead): AsyncGenerator<ReadEvent, void> => {
  if (isReadBy(stream, 'list')) return readList(stream, read.context);
  if (isReadBy(stream, 'children'))
    return readChildren(stream, allOf(stream.retrieval.of, asParents(read)), read.context);
  return readerInFull(stream).read({ ...read, state: undefined, job: undefined });
};

/** The time by which a list or children that are read whole tell what is new. */
const changedOf = ({ retrieval }: StreamDefinition): RowTime | undefined =>
  retrieval.kind === 'list' || retrieval.kind === 'children' ? retrieval.changed : undefined;

/** @throws ConnectorError when a row may be missing */
async function* wholeOrNot(
  name: string,
  events: AsyncGenerator<ReadEvent, void>,
): AsyncGenerator<ReadEvent, void> {
  for await (const event of events) {
    if (event.kind === 'gap') {
      throw streamError('rows_withheld', { stream: name });
    }
    yield event;
  }
}

/** Reads what is new since the last sync. @returns undefined for a stream that can only be read in full */
export const incrementalReader = (stream: StreamDefinition): IncrementalReader | undefined => {
  if (isReadBy(stream, 'search')) return searchReader(stream);
  if (isReadBy(stream, 'windows')) {
    const cursorColumn = windowColumn(stream.retrieval);
    const check = (state: JsonValue): void => void parseWindowCursor(state, cursorColumn);
    return { cursorColumn, check, read: (read) => readWindows(stream, read) };
  }
  if (isReadBy(stream, 'newest_first')) {
    const { column } = stream.retrieval.descent.key;
    const check = (state: JsonValue): void => void parseNewestFirstCursor(state, column);
    return { cursorColumn: column, check, read: (read) => readNewestFirst(stream, read) };
  }
  const changed = changedOf(stream);
  if (changed !== undefined) {
    return {
      cursorColumn: changed.column,
      check: (state) => void parseChangedCursor(state, changed),
      read: (read) => {
        const isFirst = read.state === undefined && read.startDate === undefined;
        return readChanged(allOf(stream, isFirst ? read : withoutCount(read)), changed, read);
      },
    };
  }
  if (!isReadBy(stream, 'children')) return undefined;
  const { of, follows } = stream.retrieval;
  const parents = follows === undefined ? undefined : incrementalReader(of);
  if (follows === undefined || parents === undefined) return undefined;
  return {
    cursorColumn: follows,
    check: parents.check,
    read: (read) => readChildren(stream, parents.read(asParents(read)), read.context),
  };
};

const readInFullWay = (stream: StreamDefinition, read: LocationRead): AsyncGenerator<ReadEvent, void> => {
  const { retrieval } = stream;
  if (isReadBy(stream, 'search')) return withStates(stream, readInFull(toSearchRead(stream, read), read.job));
  if (isReadBy(stream, 'windows')) return readWindowsInFull(stream, read);
  if (isReadBy(stream, 'newest_first')) return readNewestFirstInFull(stream, read);
  if (retrieval.kind === 'snapshot') {
    // Whatever is left out of a snapshot would pass for deleted.
    const all = { ...read, startDate: undefined, state: undefined, job: undefined };
    return wholeOrNot(stream.name, readerInFull(retrieval.of).read(all));
  }
  if (isReadBy(stream, 'children') && stream.retrieval.follows !== undefined) {
    return readChildren(stream, readerInFull(stream.retrieval.of).read(asParents(read)), read.context);
  }
  const changed = changedOf(stream);
  const isAll = changed === undefined || read.startDate === undefined;
  const all = (): AsyncGenerator<ReadEvent, void> =>
    sinceStart(allOf(stream, isAll ? read : withoutCount(read)), changed, read.startDate);
  return changed === undefined ? all() : onceAJob(all, read.state, read.job);
};

/** Reads everything (since the start date). */
export function readerInFull(stream: StreamDefinition): StreamReader {
  return {
    // A state of another job or mode is not read.
    check: () => undefined,
    read: (read) => readInFullWay(stream, read),
  };
}
