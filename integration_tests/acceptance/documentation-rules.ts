import type { JsonObject } from '../../src/foundation/json.ts';
import { asText, listAt, objectAt } from './raw-messages.ts';
import { rule, type Rules } from './rule.ts';

/** A page in Markdown, and what it has to tell of. */
export interface Documentation {
  readonly page: string;
  /** The connector's name. */
  readonly name: string;
  readonly connectionSpecification: JsonObject;
  readonly streams: readonly string[];
}

const TEST = ['TestConnectorDocumentation'];

const headingsOf = (page: string): readonly string[] =>
  [...page.matchAll(/^#{1,3} (.+)$/gm)].map(([, heading = '']) => heading);

/** In this order; other headings may stand between. */
const wanted = (name: string): readonly string[] => [
  name,
  'Prerequisites',
  'Setup guide',
  `Set up ${name}`,
  'Supported sync modes',
  'Supported Streams',
  'Changelog',
];

const misplaced = ({ page, name }: Documentation): readonly string[] => {
  const headings = headingsOf(page);
  const problems: string[] = [];
  let from = 0;
  for (const heading of wanted(name)) {
    const at = headings.indexOf(heading, from);
    if (at < 0) problems.push(heading);
    else from = at + 1;
  }
  return problems;
};

const sectionOf = (page: string, heading: string): string => {
  const [, rest = ''] = page.split(`\n## ${heading}\n`);
  return rest.split('\n## ')[0] ?? '';
};

const untold = ({ page, connectionSpecification }: Documentation): readonly string[] => {
  const section = sectionOf(page, 'Prerequisites');
  return listAt(connectionSpecification, 'required')
    .map((name) => asText(objectAt(connectionSpecification, 'properties', asText(name))['title']))
    .filter((title) => !section.includes(title));
};

/** What Airbyte asserts of the page of a certified connector. */
export const documentationRules: Rules<Documentation> = new Map([
  rule('its headings come in order', TEST, misplaced),
  rule('its first heading is the name', TEST, ({ page, name }) =>
    page.startsWith(`# ${name}\n`) ? [] : [page.slice(0, 50)],
  ),
  rule('it asks for what is required', TEST, untold),
  rule('it names every stream', [], ({ page, streams }) => {
    const section = sectionOf(page, 'Supported Streams');
    return streams.filter((name) => !section.includes(`\`${name}\``));
  }),
]);
