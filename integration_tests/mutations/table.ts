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

const searchCell = ({ mutation: { equivalent, unseen }, bySearch }: Result): string => {
  if (bySearch?.kind === 'caught') return kindOf(bySearch.problem);
  if (equivalent !== undefined) return `harmless: ${equivalent}`;
  return unseen === undefined ? '**nothing**' : `not to be seen: ${unseen}`;
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

\`npm run test:mutations\` does it all again, \`npm run test:mutations -- --write\` writes this page.
`;

const countsOf = (results: readonly Result[]): string => {
  const count = (is: (result: Result) => boolean): number => results.filter(is).length;
  const harmless = count(({ mutation }) => mutation.equivalent !== undefined);
  const unseen = count(({ mutation }) => mutation.unseen !== undefined);
  const found = count(({ bySearch }) => isCaught(bySearch));
  return `Of ${results.length} mutations the search finds ${found}; ${harmless} do no harm, and ${unseen} no schedule can show.`;
};

/** The results as a page of the documentation. */
export const tableOf = (results: readonly Result[]): string =>
  [
    INTRODUCTION,
    countsOf(results),
    '',
    row('mutation', 'rule', 'the search', 'schedules', 'the unit tests'),
    row('---', '---', '---', '---:', '---'),
    ...results.map((result) =>
      row(
        `\`${result.mutation.name}\``,
        result.mutation.rule.replaceAll('|', '/'),
        searchCell(result),
        schedulesCell(result),
        testsCell(result),
      ),
    ),
    '',
  ].join('\n');
