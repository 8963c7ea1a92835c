import type { Verdict } from './hunt.ts';
import type { Mutation } from './mutation.ts';

/** A mutation and what became of it. */
export interface Result {
  readonly mutation: Mutation;
  /** Undefined where no schedule can show it. */
  readonly bySearch: Verdict | undefined;
  /** Undefined where they were not run. */
  readonly byTests: Verdict | undefined;
}

const isCaught = (verdict: Verdict | undefined): boolean => verdict?.kind === 'caught';

/** Whether a rule may be broken without anybody noticing who should. */
export const isAlarming = ({ mutation, bySearch, byTests }: Result): boolean => {
  if (mutation.equivalent !== undefined) return isCaught(bySearch);
  return mutation.unseen === undefined ? !isCaught(bySearch) : byTests?.kind === 'survived';
};

/** What is always said of the same kind of problem: ids, times and numbers change with every schedule. */
const KINDS: readonly (readonly [pattern: RegExp, kind: string])[] = [
  [/ is missing$/, 'a row is missing'],
  [/ is old: /, 'a row is old'],
  [/ is still there$/, 'a deleted row is still there'],
  [/A secret is in/, 'a secret is printed'],
  [/does not end well/, 'no sync ends well any more'],
  [/refresh token that is kept is not the newest/, 'the newest refresh token is lost'],
  [/used before it was kept/, 'a token is used before it is kept'],
  [/lacks the entry/, "a location's state is forgotten"],
  [/though .* cannot be read/, 'an unreadable location passes unnoticed'],
  [/exits with 0/, 'a false exit code 0'],
  [/counts \d+ records/, 'a state miscounts'],
  [/completes (with|without)/, 'records behind the last state'],
  [/goes on and on|Standstill|does not end/, 'it never ends'],
];

const kindOf = (problem: string): string =>
  KINDS.find(([pattern]) => pattern.test(problem))?.[1] ?? problem.replaceAll('|', '/').slice(0, 80);

const HARMLESS = 'harmless: ';
const UNSEEN = 'not to be seen: ';
const NOT_SEEN = '**nothing**';

const searchCell = ({ mutation: { equivalent, unseen }, bySearch }: Result): string => {
  if (bySearch?.kind === 'caught') return kindOf(bySearch.problem);
  if (equivalent !== undefined) return `${HARMLESS}${equivalent}`;
  return unseen === undefined ? NOT_SEEN : `${UNSEEN}${unseen}`;
};

const schedulesCell = ({ bySearch }: Result): string => {
  if (bySearch === undefined) return '–';
  return bySearch.kind === 'survived' ? `> ${bySearch.after}` : String(bySearch.after);
};

const testsCell = ({ byTests }: Result): string => {
  if (byTests === undefined) return '';
  return byTests.kind === 'caught' ? byTests.problem.replaceAll('|', '/') : 'none';
};

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const INTRODUCTION = `# Rules, broken on purpose

Each rule that protects data, tokens or the platform's trust is broken by a small edit, one at a time, and the fault
search (\`integration_tests/faults/\`) has to notice: it plays schedules 1, 2, 3 … of syncs with everything that may go
wrong, until one shows a problem; the connector as it is has none with that schedule. Where the search sees nothing, the last
column names a unit test beside the edited file that fails; \`--tests all\` asks them of every mutation. Where two rules
keep the same thing, breaking one does no harm; then both are broken together too.

\`npm run test:mutations\` does it all again, \`npm run test:mutations -- --write\` writes this page; with \`--only\` it writes the
rows of those mutations, and leaves the others as they are.
`;

/** One line of the page. */
export interface PageRow {
  readonly name: string;
  readonly rule: string;
  readonly search: string;
  readonly schedules: string;
  readonly tests: string;
}

const cellsOf = ({ name, rule, search, schedules, tests }: PageRow): readonly string[] => [
  `\`${name}\``,
  ...[rule, search, schedules, tests],
];

const toRow = (result: Result): PageRow => ({
  name: result.mutation.name,
  rule: result.mutation.rule.replaceAll('|', '/'),
  search: searchCell(result),
  schedules: schedulesCell(result),
  tests: testsCell(result),
});

/** The rows of a page that was written before. */
export const rowsOfPage = (page: string): readonly PageRow[] =>
  page.split('\n').flatMap((line) => {
    const [, name, rule = '', search = '', schedules = '', tests = ''] = line
      .split('|')
      .map((cell) => cell.trim());
    return name?.startsWith('`') === true
      ? [{ name: name.replaceAll('`', ''), rule, search, schedules, tests }]
      : [];
  });

const countsOf = (rows: readonly PageRow[]): string => {
  const count = (is: (row: PageRow) => boolean): number => rows.filter(is).length;
  const harmless = count(({ search }) => search.startsWith(HARMLESS));
  const unseen = count(({ search }) => search.startsWith(UNSEEN));
  const missed = count(({ search }) => search === NOT_SEEN);
  const found = rows.length - harmless - unseen - missed;
  const rest = missed === 0 ? '' : ` The other ${missed} the unit tests notice.`;
  return `Of ${rows.length} mutations the search finds ${found}; ${harmless} do no harm, and ${unseen} no schedule can show.${rest}`;
};

/**
 * The results as a page of the documentation.
 * @param before rows of an earlier page, which stay as they are where there is no newer result
 * @param names of all mutations, in order: what is not among them goes
 */
export const tableOf = (
  results: readonly Result[],
  { before, names }: { readonly before: readonly PageRow[]; readonly names: readonly string[] },
): string => {
  const known = new Map([...before, ...results.map(toRow)].map((one) => [one.name, one]));
  const rows = names.flatMap((name) => known.get(name) ?? []);
  return [
    INTRODUCTION,
    countsOf(rows),
    '',
    row('mutation', 'rule', 'the search', 'schedules', 'the unit tests'),
    row('---', '---', '---', '---:', '---'),
    ...rows.map((one) => row(...cellsOf(one))),
    '',
  ].join('\n');
};
