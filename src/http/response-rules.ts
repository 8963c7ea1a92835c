import {
  type AccessProblem,
  configError,
  type Reach,
  systemError,
  transientError,
} from '../foundation/errors.ts';
import type { JsonValue } from '../foundation/json.ts';
import { quoted } from './quoted.ts';

/** An answer that is no success. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: JsonValue;
}

/** What an answer means, before it becomes an error. */
export interface Finding {
  readonly action: 'REFRESH' | 'RETRY' | 'RATE_LIMITED' | 'FAIL';
  readonly make: typeof configError;
  readonly message: string;
  readonly reach: Reach;
  readonly access?: AccessProblem;
}

export interface RuleContext {
  /** What the request is for: `contacts of location X`. */
  readonly purpose: string;
  /** The OAuth scope that the request needs. */
  readonly scope?: string | undefined;
}

interface Rule {
  readonly when: (answer: Answer) => boolean;
  readonly finding: (context: RuleContext, answer: Answer) => Finding;
}

const BUG = 'Please report it with the log of this sync.';

/** HighLevel's own words, for a message. */
const said = ({ text }: Answer): string => {
  const words = quoted(text);
  return words === '' ? '' : ` It says: "${words}".`;
};
const isRefusal = ({ status }: Answer): boolean => status === 401 || status === 403;
const isClientFault = ({ status }: Answer): boolean => status >= 400 && status < 500;

/** Read from the top; the first that fits decides. The texts are those HighLevel was seen to answer with. */
const RULES: readonly Rule[] = [
  {
    when: ({ status }) => status >= 200 && status < 300,
    finding: () => ({
      action: 'RETRY',
      make: transientError,
      message:
        "What answers is a page and not HighLevel's API. If you have set the API URL (api_url), check it; else something " +
        'between this machine and HighLevel answers in its place.',
      reach: 'partition',
    }),
  },
  {
    when: ({ status }) => status === 429,
    finding: ({ purpose }) => ({
      action: 'RATE_LIMITED',
      make: transientError,
      message: `HighLevel's request quota was used up while reading ${purpose}.`,
      reach: 'partition',
    }),
  },
  {
    when: ({ status }) => status === 408 || status === 425 || status >= 500,
    finding: ({ purpose }, answer) => ({
      action: 'RETRY',
      make: transientError,
      message: `HighLevel has an outage: it answered ${answer.status} when asked for ${purpose}.${said(answer)} Nothing needs to be changed.`,
      reach: 'partition',
    }),
  },
  {
    when: ({ status }) => status >= 300 && status < 400,
    finding: (_, { status }) => ({
      action: 'FAIL',
      make: configError,
      message:
        `The API answered with a redirect (${status}), which is not followed because it would carry the token elsewhere. ` +
        'Check the API address (api_url, or token_url of the credentials) in the settings of the source.',
      reach: 'sync',
    }),
  },
  {
    when: (answer) => isClientFault(answer) && /location is not active/i.test(answer.text),
    finding: () => ({
      action: 'FAIL',
      make: configError,
      message:
        'The location is not active (suspended or unpaid). Reactivate it in HighLevel, or add it to the sub-accounts to ' +
        'leave out (exclude_location_ids).',
      reach: 'partition',
      access: 'inactive',
    }),
  },
  {
    when: (answer) => isClientFault(answer) && /version header|api version/i.test(answer.text),
    finding: ({ purpose }, answer) => ({
      action: 'FAIL',
      make: systemError,
      message: `HighLevel does not accept the API version this connector asks for ${purpose}.${said(answer)} ${BUG}`,
      reach: 'stream',
    }),
  },
  {
    when: (answer) =>
      isRefusal(answer) && /access to this location|location is not accessible/i.test(answer.text),
    finding: (_, answer) => ({
      action: 'FAIL',
      make: configError,
      message:
        `The token has no access to the location.${said(answer)} With OAuth, install the app in it. With private ` +
        'integrations, check that the token was created inside it. Or add it to the sub-accounts to leave out ' +
        '(exclude_location_ids).',
      reach: 'partition',
      access: 'refused',
    }),
  },
  {
    when: (answer) => isRefusal(answer) && /authorized for this scope/i.test(answer.text),
    finding: ({ purpose, scope }) => ({
      action: 'FAIL',
      make: configError,
      message:
        `The token may not read ${purpose}: the scope ${scope ?? '(see the documentation of the stream)'} is missing. ` +
        'With OAuth, add the scope to your app and connect again. With a private integration, add the ' +
        "scope and regenerate the token; an agency's private token cannot read a location, it takes one of each location.",
      reach: 'stream',
    }),
  },
  {
    when: (answer) => isRefusal(answer) && /user type|authclass|iam (service|config)/i.test(answer.text),
    finding: ({ purpose, scope }, answer) => ({
      action: 'FAIL',
      make: configError,
      message:
        `This kind of token may not read ${purpose}${scope === undefined ? '' : ` (scope ${scope})`}.${said(answer)} ` +
        'Sign in for the agency with an app whose target user is the sub-account, or give a private token of each location.',
      reach: 'stream',
    }),
  },
  {
    when: ({ status }) => status === 401,
    finding: (_, answer) => ({
      action: 'REFRESH',
      make: configError,
      message:
        `HighLevel does not accept the token.${said(answer)} ` +
        'Sign in again, or give a new private token, in the settings of the source.',
      reach: 'partition',
      access: 'refused',
    }),
  },
  {
    when: ({ status, text }) => status === 403 && /error code: 1010/i.test(text),
    finding: () => ({
      action: 'FAIL',
      make: systemError,
      message: `HighLevel's edge blocks this connector by its User-Agent (error code 1010). ${BUG}`,
      reach: 'sync',
    }),
  },
  {
    when: ({ status, body }) => status === 403 && typeof body === 'string',
    finding: () => ({
      action: 'FAIL',
      make: configError,
      message:
        "Something before HighLevel's API forbids the requests of this machine (403 with a page instead of an answer): " +
        "a proxy, a firewall or HighLevel's edge. Allow the machine there, or run the connector elsewhere.",
      reach: 'sync',
    }),
  },
  {
    when: ({ status }) => status === 403,
    finding: ({ purpose }, answer) => ({
      action: 'FAIL',
      make: configError,
      message:
        `HighLevel forbids reading ${purpose}.${said(answer)} ` +
        "The location's plan or the rights of whoever signed in may not cover it.",
      reach: 'partition',
    }),
  },
];

const UNEXPECTED: Rule['finding'] = ({ purpose }, answer) => ({
  action: 'FAIL',
  make: systemError,
  message: `HighLevel refused the request for ${purpose} (${answer.status}).${said(answer)} ${BUG}`,
  reach: 'partition',
});

/** The first rule that fits decides; an answer that nobody foresaw is a bug of ours. */
export const findingFor = (answer: Answer, context: RuleContext): Finding =>
  (RULES.find(({ when }) => when(answer))?.finding ?? UNEXPECTED)(context, answer);
