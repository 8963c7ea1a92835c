/** One thing that Airbyte asserts. Pure, so that each can be shown something that it has to refuse. */
export interface Rule<Subject> {
  /** Airbyte's own tests that assert it; none if it is our own. */
  readonly tests: readonly string[];
  /** What is wrong with a subject, a sentence each. */
  readonly problems: (subject: Subject) => readonly string[];
}

/** By what it states. */
export type Rules<Subject> = ReadonlyMap<string, Rule<Subject>>;

export const rule = <Subject>(
  statement: string,
  tests: readonly string[],
  problems: Rule<Subject>['problems'],
): readonly [string, Rule<Subject>] => [statement, { tests, problems }];
