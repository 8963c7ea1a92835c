import type { Verdict } from './hunt.ts';
import type { Mutation } from './mutation.ts';

/** A mutation and what became of it. */
export interface Result {
  readonly mutation: Mutation;
  readonly verdict: Verdict;
}

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

const caughtBy = ({ verdict }: Result): string => {
  if (verdict.kind === 'survived') return 'nothing';
  return verdict.after !== undefined
    ? kindOf(verdict.problem)
    : `unit test: ${verdict.problem.replaceAll('|', '/')}`;
};

const schedulesOf = ({ mutation: { tests }, verdict }: Result, most: number): string => {
  if (tests !== undefined) return '–';
  return verdict.kind === 'survived' || verdict.after === undefined ? `> ${most}` : String(verdict.after);
};

const harmlessFor = ({ mutation: { equivalent }, verdict }: Result): string =>
  verdict.kind === 'survived' && equivalent !== undefined ? `harmless: ${equivalent}` : '';

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const INTRODUCTION = `# Rules, broken on purpose

Each rule that protects data, tokens or the platform's trust is broken by a small edit, one at a time, and the fault
search (\`integration_tests/faults/\`) has to notice: it plays schedules 1, 2, 3 … of syncs with everything that may go
wrong, until one shows a problem. What it does not see in time, or cannot see at all, a unit test has to notice. Where two rules keep the same
thing, breaking one does no harm; then both are broken together too.

\`npm run test:mutations\` does it all again, \`npm run test:mutations -- --write\` writes this page.
`;

/** The results as a page of the documentation. @param most schedules that were played */
export const tableOf = (results: readonly Result[], most: number): string =>
  [
    INTRODUCTION,
    row('mutation', 'rule', 'caught by', 'after schedules'),
    row('---', '---', '---', '---:'),
    ...results.map((result) =>
      row(
        `\`${result.mutation.name}\``,
        result.mutation.rule.replaceAll('|', '/'),
        harmlessFor(result) === '' ? caughtBy(result) : harmlessFor(result),
        schedulesOf(result, most),
      ),
    ),
    '',
  ].join('\n');
