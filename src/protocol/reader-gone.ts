import { inputError } from './input-errors.ts';

/** What Node says of a stream whose other end was closed. */
const CLOSED_CODES = new Set([
  'EPIPE',
  'ECONNRESET',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

class ReaderGoneError extends Error {
  override readonly name = 'ReaderGoneError';
}

/** True if nobody reads our output any more: the end of the work, not a failure worth reporting (to whom?). */
export const isReaderGone = (thrown: unknown): boolean =>
  thrown instanceof ReaderGoneError || (thrown instanceof Error && isReaderGone(thrown.cause));

/** Tells a reader that went away from output that cannot be written, such as a full disk. */
export const outputError = (thrown?: Error): Error => {
  const code = thrown !== undefined && 'code' in thrown ? thrown.code : 'ERR_STREAM_PREMATURE_CLOSE';
  return typeof code === 'string' && CLOSED_CODES.has(code)
    ? new ReaderGoneError('The reader of the output went away.', { cause: thrown })
    : inputError('output_failed', {}, { internalMessage: thrown?.message, cause: thrown });
};
