import { isReadBy, type StreamDefinition } from '../../src/stream/definition.ts';
import { type ColumnRow, columnRows } from './column-rows.ts';

/** What follows from the way a stream is read. */
interface Reading {
  readonly syncModes: string;
  readonly cursor: string;
  readonly requests: string;
  readonly notes: readonly string[];
}

const code = (text: string): string => `\`${text}\``;

const codes = (texts: readonly string[]): string => texts.map(code).join(', ');

const DELETES =
  'Deletions and merges are not detected: HighLevel tells of neither. An incremental sync keeps the rows of deleted and merged records; a full refresh that overwrites removes them.';

const LIST_NOTES: readonly string[] = [
  'HighLevel gives this list whole and has no way to ask for what changed, so each sync reads all of it. With the sync mode Full refresh | Overwrite, what was deleted in HighLevel is gone after the next sync.',
];

const DIRECTORY_NOTES: readonly string[] = [
  'It is read last, when it is known how every location fared in this sync.',
  'A location that could not be read has a row too: `access_status` is then not `ok`, and `access_error` says why. Columns of its profile may be empty.',
  'Locations in which the app is not installed are not part of the sync and have no row, unless an earlier sync read them.',
  'Without the scope, the rows come without their profiles.',
];

const searchNotes = (updated: string, created: string, sharesTokens: boolean): readonly string[] => [
  DELETES,
  `Incremental syncs read by ${code(updated)}. A change that HighLevel does not count as an update of the record does not move it, and is seen with the next change that does.`,
  `The first sync of each location, and every full refresh, walks by ${code(created)}, which never changes; records that do not say when they were updated are read too.`,
  "HighLevel's search shows a change some seconds after it was made. The setting `lookback_window_minutes` (60 if empty) reads that much again at each sync; a change that the search shows later than that is missed until the record changes again.",
  '`start_date` leaves out records that were last updated before it, in both sync modes.',
  ...(sharesTokens
    ? [
        'Several records can share the token that names the end of a page. The distinct records are therefore compared with what HighLevel counts, and read again in another way if some are missing; a warning in the log says if some stay missing.',
      ]
    : []),
];

const readingOf = (stream: StreamDefinition): Reading => {
  if (isReadBy(stream, 'search')) {
    const { updated, created, pageSizes, sharedTokens } = stream.retrieval;
    return {
      syncModes: 'full refresh, incremental',
      cursor: code(updated.column),
      requests: `per location one per ${pageSizes[0]} records and one for the end, or one in all if an incremental sync finds fewer changes`,
      notes: searchNotes(updated.column, created.column, sharedTokens),
    };
  }
  const common = { syncModes: 'full refresh', cursor: '—' };
  return stream.retrieval.kind === 'list'
    ? { ...common, requests: 'one per location', notes: LIST_NOTES }
    : {
        ...common,
        requests: 'one per location; of an agency, one per 100 locations',
        notes: DIRECTORY_NOTES,
      };
};

const tableRow = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(tableRow).join('\n');

const overview = (streams: readonly StreamDefinition[]): string =>
  table(
    ['Stream', 'A row is', 'Sync modes', 'Cursor', 'Primary key', 'Scope', 'Requests'],
    streams.map((stream) => {
      const { syncModes, cursor, requests } = readingOf(stream);
      return [
        `[${stream.name}](#${stream.name})`,
        stream.description,
        syncModes,
        cursor,
        codes(stream.primaryKey),
        code(stream.scope),
        requests,
      ];
    }),
  );

const apiNameCell = ({ apiNames, isNested }: ColumnRow): string => {
  if (isNested) return '';
  return apiNames.length === 0 ? '—' : apiNames.map(code).join(' or ');
};

const section = (stream: StreamDefinition): string => `
## ${stream.name}

${stream.description}

${readingOf(stream)
  .notes.map((note) => `- ${note}`)
  .join('\n')}

${table(
  ['Column', 'Type', 'In the API'],
  columnRows(stream.columns).map((row) => [code(row.name), row.type, apiNameCell(row)]),
)}
`;

/** The text of `docs/streams.md`, not yet formatted. */
export const streamsDocument = (streams: readonly StreamDefinition[]): string => `
<!-- Written by \`npm run docs\` from the declarations in src/streams. Change those, not this. -->

# Streams

${overview(streams)}

A stream whose scope an OAuth sign-in lacks is left out of the catalog. What a private integration token may do shows
only when it is used: a stream whose scope it lacks fails, names the scope, and does not stop the others.

Besides the requests in the table, a sync of an agency costs one request per location for its token, and a few to find
the locations.

## What all streams share

- Names are in snake_case, as HighLevel's are in camelCase. The last column of each table says where a value comes from;
  "—" stands for what the connector itself fills in. Fields inside an object that are not listed come as HighLevel
  spells them.
- The primary key includes \`location_id\`, so that the same id in two locations never overwrites a row.
- \`additional_fields\` takes whatever HighLevel sends and no column declares, so that a field it adds tomorrow is not lost
  today. Set \`additional_fields\` to \`drop\` to leave it out.
- A value that does not fit the type of its column becomes null, the record says so in \`_airbyte_meta\`, and the value
  itself is kept in \`additional_fields\`.
- Social security numbers, passwords and tokens are never emitted.
- Records come at least once. After an interruption some come twice; the sync mode Append + Deduped keeps one of each.
${streams.map(section).join('')}`;
