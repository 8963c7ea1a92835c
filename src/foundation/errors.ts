/** The failure types of the Airbyte protocol's trace message. */
export type FailureType = 'config_error' | 'transient_error' | 'system_error';

/** How much a failure concerns: one location, one stream in every location, or the whole sync. */
export type Reach = 'partition' | 'stream' | 'sync';

/**
 * Why a location cannot be read at all: `inactive` (suspended or unpaid; it may come back), `refused` (our token has no
 * access to it), `not_installed` (the app is not installed in it).
 */
export type AccessProblem = 'inactive' | 'refused' | 'not_installed';

interface ConnectorErrorOptions {
  readonly failureType: FailureType;
  /** By which users find the error in docs/errors.md; undefined for what sums up several. */
  readonly code?: string | undefined;
  /** What went wrong in words for the person who set up the connection, and what to do; no secrets, no stack. */
  readonly message: string;
  /** What a maintainer needs besides: method, path, status, HighLevel's traceId. */
  readonly internalMessage?: string | undefined;
  readonly reach?: Reach | undefined;
  readonly access?: AccessProblem | undefined;
  /** HTTP status of the answer that this error is about; undefined when there was none. */
  readonly status?: number | undefined;
  readonly cause?: unknown;
}

/** The only error class. Callers branch on `failureType`, `reach` and `access`, never on a subclass. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly failureType: FailureType;
  readonly code: string | undefined;
  readonly internalMessage: string | undefined;
  readonly reach: Reach;
  readonly access: AccessProblem | undefined;
  readonly status: number | undefined;

  constructor(options: ConnectorErrorOptions) {
    super(options.message, { cause: options.cause });
    this.failureType = options.failureType;
    this.code = options.code;
    this.internalMessage = options.internalMessage;
    this.reach = options.reach ?? 'partition';
    this.access = options.access;
    this.status = options.status;
  }
}

/** What is known of an error besides what its kind says. */
export type ErrorDetails = Omit<ConnectorErrorOptions, 'failureType' | 'code' | 'message'>;

/** A person has to change something before a retry can help. */
export const configError = (message: string, details: ErrorDetails = {}): ConnectorError =>
  new ConnectorError({ ...details, message, failureType: 'config_error' });
/** A retry may help. */
export const transientError = (message: string, details: ErrorDetails = {}): ConnectorError =>
  new ConnectorError({ ...details, message, failureType: 'transient_error' });
/** A bug of ours, or an answer of HighLevel's that we do not understand. */
export const systemError = (message: string, details: ErrorDetails = {}): ConnectorError =>
  new ConnectorError({ ...details, message, failureType: 'system_error' });

/** The same error in other words, or with another reach. */
export const reworded = (
  error: ConnectorError,
  words: { readonly message?: string; readonly internalMessage?: string; readonly reach?: Reach },
): ConnectorError =>
  new ConnectorError({
    failureType: error.failureType,
    code: error.code,
    message: words.message ?? error.message,
    internalMessage: words.internalMessage ?? error.internalMessage,
    reach: words.reach ?? error.reach,
    access: error.access,
    status: error.status,
    cause: error.cause,
  });

/** What a maintainer is told, behind the code under which docs/errors.md explains it. */
export const detailsOf = ({ code, internalMessage }: ConnectorError): string | undefined => {
  const known = [code === undefined ? undefined : `[${code}]`, internalMessage];
  return known.filter((part) => part !== undefined).join(' ') || undefined;
};

const describe = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Turns whatever was thrown into a ConnectorError; an unknown error is a bug of ours, so a system_error. */
export const toConnectorError = (thrown: unknown): ConnectorError =>
  thrown instanceof ConnectorError
    ? thrown
    : systemError('Something went wrong in the connector. Please report it with the log of this sync.', {
        internalMessage: describe(thrown),
        cause: thrown,
      });
