import { ConnectorError, type ErrorDetails, type FailureType, type Reach } from './errors.ts';

/** One error that a user may meet, as docs/errors.md shows it. */
export interface ErrorEntry {
  readonly type: FailureType;
  /** Where nothing else is said when the error is made. */
  readonly reach: Reach;
  /** What the user reads; `{names}` in braces are filled in. One literal, so that the names in it are checked. */
  readonly message: string;
  /** Why it happens: what the message has no room for. */
  readonly cause: string;
  readonly cure: string;
}

/** By code: what users search for, so it stays when the wording changes. */
export type ErrorTable = Readonly<Record<string, ErrorEntry>>;

type Names<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

type Values<Message extends string> = Readonly<Record<Names<Message>, string | number>>;

const filledIn = (message: string, values: Readonly<Record<string, string | number>>): string =>
  message.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));

/** The one way in which the errors of a table are made. */
export const errorsOf =
  <Table extends { readonly [Code in keyof Table]: ErrorEntry }>(table: Table) =>
  <Code extends keyof Table & string>(
    code: Code,
    values: Values<Table[Code]['message']>,
    details: ErrorDetails = {},
  ): ConnectorError => {
    const { type: failureType, reach, message }: ErrorEntry = table[code];
    return new ConnectorError({
      reach,
      ...details,
      code,
      failureType,
      message: filledIn(message, values),
    });
  };
