import type { ConnectorError, ErrorDetails } from '../foundation/errors.ts';
import type { JsonValue } from '../foundation/json.ts';
import { httpError } from './http-errors.ts';
import { quoted } from './quoted.ts';

/** An answer that is no success. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: JsonValue;
  /** For the error that it leads to. */
  readonly details: ErrorDetails;
}

/** What an answer means. */
export interface Finding {
  readonly action: 'REFRESH' | 'RETRY' | 'RATE_LIMITED' | 'FAIL';
  readonly error: ConnectorError;
}

export interface RuleContext {
  /** What the request is for: `contacts of location X`. */
  readonly purpose: string;
  /** The OAuth scope that the request needs. */
  readonly scope?: string | undefined;
}

interface Rule {
  readonly when: (answer: Answer) => boolean;
  readonly action: Finding['action'];
  readonly error: (context: RuleContext, answer: Answer) => ConnectorError;
}

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
    action: 'RETRY',
    error: (_, { details }) => httpError('api_is_a_page', {}, details),
  },
  {
    when: ({ status }) => status === 429,
    action: 'RATE_LIMITED',
    error: ({ purpose }, { details }) => httpError('quota_used_up', { purpose }, details),
  },
  {
    when: ({ status }) => status === 408 || status === 425 || status >= 500,
    action: 'RETRY',
    error: ({ purpose }, answer) =>
      httpError('highlevel_outage', { purpose, status: answer.status, said: said(answer) }, answer.details),
  },
  {
    when: ({ status }) => status >= 300 && status < 400,
    action: 'FAIL',
    error: (_, { status, details }) => httpError('redirected', { status }, details),
  },
  {
    when: (answer) => isClientFault(answer) && /location is not active/i.test(answer.text),
    action: 'FAIL',
    error: (_, { details }) => httpError('location_inactive', {}, { ...details, access: 'inactive' }),
  },
  {
    when: (answer) => isClientFault(answer) && /version header|api version/i.test(answer.text),
    action: 'FAIL',
    error: ({ purpose }, answer) =>
      httpError('api_version_refused', { purpose, said: said(answer) }, answer.details),
  },
  {
    when: (answer) =>
      isRefusal(answer) && /access to this location|location is not accessible/i.test(answer.text),
    action: 'FAIL',
    error: (_, answer) =>
      httpError('location_refused', { said: said(answer) }, { ...answer.details, access: 'refused' }),
  },
  {
    when: (answer) => isRefusal(answer) && /authorized for this scope/i.test(answer.text),
    action: 'FAIL',
    error: ({ purpose, scope = '(see the documentation of the stream)' }, { details }) =>
      httpError('scope_missing', { purpose, scope }, details),
  },
  {
    when: (answer) => isRefusal(answer) && /user type|authclass|iam (service|config)/i.test(answer.text),
    action: 'FAIL',
    error: ({ purpose, scope }, answer) =>
      httpError(
        'token_kind_refused',
        { purpose, scope: scope === undefined ? '' : ` (scope ${scope})`, said: said(answer) },
        answer.details,
      ),
  },
  {
    when: ({ status }) => status === 401,
    action: 'REFRESH',
    error: (_, answer) =>
      httpError('token_refused', { said: said(answer) }, { ...answer.details, access: 'refused' }),
  },
  {
    when: ({ status, text }) => status === 403 && /error code: 1010/i.test(text),
    action: 'FAIL',
    error: (_, { details }) => httpError('user_agent_blocked', {}, details),
  },
  {
    when: ({ status, body }) => status === 403 && typeof body === 'string',
    action: 'FAIL',
    error: (_, { details }) => httpError('machine_forbidden', {}, details),
  },
  {
    when: ({ status }) => status === 403,
    action: 'FAIL',
    error: ({ purpose }, answer) =>
      httpError('reading_forbidden', { purpose, said: said(answer) }, answer.details),
  },
];

const UNEXPECTED: Omit<Rule, 'when'> = {
  action: 'FAIL',
  error: ({ purpose }, answer) =>
    httpError('request_refused', { purpose, status: answer.status, said: said(answer) }, answer.details),
};

/** The first rule that fits decides; an answer that nobody foresaw is a bug of ours. */
export const findingFor = (answer: Answer, context: RuleContext): Finding => {
  const { action, error } = RULES.find(({ when }) => when(answer)) ?? UNEXPECTED;
  return { action, error: error(context, answer) };
};
