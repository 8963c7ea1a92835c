import type { Lookup } from '../stream/definition.ts';
import type { SelectedStream } from './select-streams.ts';

/** What fills a column of the stream from another list; undefined where there is none, or nobody wants the column. */
export const lookupOf = ({ stream: { lookup }, configured }: SelectedStream): Lookup | undefined =>
  lookup !== undefined && configured.selectedFields?.has(lookup.column) === false ? undefined : lookup;
