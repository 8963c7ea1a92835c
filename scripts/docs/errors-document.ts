import type { ErrorEntry } from '../../src/foundation/error-table.ts';
import type { FailureType, Reach } from '../../src/foundation/errors.ts';
import { errorTables } from './error-tables.ts';

const TYPES: Readonly<Record<FailureType, string>> = {
  config_error: 'somebody has to change something (`config_error`)',
  transient_error: 'a retry may help (`transient_error`)',
  system_error: 'a bug of the connector, or an answer that it does not understand (`system_error`)',
};

const REACHES: Readonly<Record<Reach, string>> = {
  partition: 'one location; the others are read',
  stream: 'one stream; the others are read',
  sync: 'the whole sync',
};

const sectionOf = ([code, { type, reach, message, cause, cure }]: readonly [string, ErrorEntry]): string => `
### ${code}

> ${message.replace(/\{(\w+)\}/g, '_{$1}_')}

- **Why:** ${cause}
- **What to do:** ${cure}
- **Kind:** ${TYPES[type]}. **Reach:** ${REACHES[reach]}.
`;

const groupOf = ([title, table]: readonly [string, Readonly<Record<string, ErrorEntry>>]): string =>
  `\n## ${title}\n${Object.entries(table).map(sectionOf).join('')}`;

/** All errors with a code, with what to do about each. */
export const errorsDocument = (): string => `# Errors

<!-- Written by npm run docs from the tables that the messages are made from. -->

What went wrong is said twice: in a sentence, and in a code in brackets that stays the same when the sentence changes. \`check\` puts the
code behind its message; the ERROR trace of a read begins its \`internal_message\` with it, and names there the location, the request
and HighLevel's own trace ID, which HighLevel's support asks for. Where several locations fail for different reasons, each has its code.

_{Names in braces}_ are filled in; _{said}_ is what HighLevel says, in its own words. An error without a code is either about the
command line, and its sentence is all there is to know, or a bug: please report it with the log.
${Object.entries(errorTables).map(groupOf).join('')}`;
