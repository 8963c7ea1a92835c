import type { StreamDefinition } from '../../src/stream/definition.ts';
import { scopesOf } from '../../src/stream/parents.ts';
import { incrementalReader } from '../../src/stream/reader.ts';
import { type ColumnRow, columnRows } from './column-rows.ts';
import { kindOf } from './kind-of.ts';
import { bullets, code, codes, table } from './markdown.ts';
import { readingOf } from './reading-of.ts';
import { requestsOf } from './requests-of.ts';
import { groupsOf, type StreamGroup } from './stream-groups.ts';

const cursorOf = (stream: StreamDefinition): string => {
  const column = incrementalReader(stream)?.cursorColumn;
  return column === undefined ? '—' : code(column);
};

const overviewOf = ({ title, streams }: StreamGroup): string => `
**${title}**

${table(
  ['Stream', 'How it is read', 'Cursor', 'Requests of a sync, per location'],
  streams.map((stream) => [
    `[${stream.name}](#${stream.name})${stream.isCostly === true ? ' (costly)' : ''}`,
    kindOf(stream),
    cursorOf(stream),
    requestsOf(stream).short,
  ]),
)}
`;

const apiNameCell = ({ apiNames, isNested }: ColumnRow): string => {
  if (isNested) return '';
  return apiNames.length === 0 ? '—' : apiNames.map(code).join(' or ');
};

const scopeText = (stream: StreamDefinition): string => {
  const { lookup, retrieval } = stream;
  if (retrieval.kind === 'report') return 'none.';
  const scopes = codes(scopesOf(stream));
  if (retrieval.kind === 'directory') return `${scopes} (it works without).`;
  return lookup === undefined
    ? `${scopes}.`
    : `${scopes}; for ${code(lookup.column)} also ${codes(scopesOf(lookup.of))}, without which that column is null and a warning says so once.`;
};

const facts = (stream: StreamDefinition): string => {
  const cursor = incrementalReader(stream)?.cursorColumn;
  return [
    `**${kindOf(stream)}**${stream.isCostly === true ? ', costly: offered only if `costly_streams` names it' : ''}`,
    `Primary key ${codes(stream.primaryKey)}${cursor === undefined ? '' : `; cursor ${code(cursor)}`}.`,
    `Scope: ${scopeText(stream)}`,
  ].join(' · ');
};

const section = (stream: StreamDefinition): string => {
  const { how, misses } = readingOf(stream);
  return `
## ${stream.name}

${stream.description}

${facts(stream)}

How it is read:

${bullets(how)}

What it can miss:

${bullets(misses)}

Requests, per location:

${bullets(requestsOf(stream).sentences)}
${stream.notes === undefined ? '' : `\nNotes:\n\n${bullets(stream.notes)}\n`}
${table(
  ['Column', 'Type', 'In the API'],
  columnRows(stream.columns).map((row) => [code(row.name), row.type, apiNameCell(row)]),
)}
`;
};

const INTRODUCTION = `
A sync is incremental only where that is true:

- **server-side incremental**: HighLevel filters and orders by change; only what changed is asked for.
- **windowed incremental**: HighLevel filters by when a row was made, or an event begins. Each sync reads the last days
  again and emits what is new or changed; once in seven days it reads everything.
- **client-side incremental**: HighLevel has no usable filter, but rows say when they changed. Each sync reads everything
  and emits what changed.
- **newest first**: each sync reads down to what the last one met; once in so many days it reads everything.
- **follows its parent**: each sync reads the rows that belong to what is new or has changed in another stream.
- **full refresh**: each sync reads and emits everything.
- **snapshot**: the ids that are there now, to find out what was deleted ([deletions](deletions.md)).
`;

const SHARED = `
A stream of which an OAuth sign-in lacks a scope is left out of the catalog. What a private integration token may do
shows only when it is used: a stream whose scope it lacks fails, names the scope, and does not stop the others. Costly
streams are in the catalog only if the setting \`costly_streams\` names them.

Besides the requests in the tables, a sync of an agency costs one request per location for its token, and a few to find
the locations.

## What all streams share

- Names are in snake_case, as HighLevel's are in camelCase. The last column of each table says where a value comes from;
  "—" stands for what the connector itself fills in. Fields inside an object that are not listed come as HighLevel
  spells them.
- The primary key includes \`location_id\`, so that the same id in two locations never overwrites a row.
- \`additional_fields\` takes whatever HighLevel sends and no column declares, so that a field it adds tomorrow is not lost
  today; the snapshots leave it empty. Set \`additional_fields\` to \`drop\` to leave it out.
- A value that does not fit the type of its column becomes null, the record says so in \`_airbyte_meta\`, and the value
  itself is kept in \`additional_fields\`.
- Social security numbers, passwords and tokens are never emitted.
- Records come at least once. After an interruption some come twice, and so does what changed within the lookback; the
  sync mode Append + Deduped keeps one of each.
- Where HighLevel counts more rows of a list than it gives, also after the list was read again, a warning in the log says
  how many are missing.
`;

/** The text of `docs/streams.md`, not yet formatted. */
export const streamsDocument = (streams: readonly StreamDefinition[]): string => {
  const groups = groupsOf(streams);
  return `
<!-- Written by \`npm run docs\` from the declarations in src/streams. Change those, not this. -->

# Streams
${INTRODUCTION}${groups.map(overviewOf).join('')}${SHARED}${groups
    .flatMap((group) => group.streams)
    .map(section)
    .join('')}`;
};
