import { pipeline, type Readable, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createUnzip } from 'node:zlib';

/** Every piece goes through a thread and takes a turn of the event loop, so that few large ones come sooner, and cost less. */
const CHUNK_BYTES = 256 * 1024;

// A body that ends early is taken as far as it goes, as browsers do: refusals without one say that it is compressed, too.
const unzip = { chunkSize: CHUNK_BYTES, finishFlush: constants.Z_SYNC_FLUSH };
const unbrotli = { chunkSize: CHUNK_BYTES, finishFlush: constants.BROTLI_OPERATION_FLUSH };

/** gzip is asked for, and not every server listens. */
const DECODERS: ReadonlyMap<string, () => Transform> = new Map([
  ...['gzip', 'x-gzip', 'deflate'].map((name) => [name, (): Transform => createUnzip(unzip)] as const),
  ['br', (): Transform => createBrotliDecompress(unbrotli)],
]);

/**
 * A body as it was before it was compressed for the way. What goes wrong on either side fails the result, and whoever
 * destroys it breaks off the connection.
 */
export const decodedBody = (body: Readable, contentEncoding: string | undefined): Readable => {
  const decode = DECODERS.get(contentEncoding?.trim().toLowerCase() ?? '');
  // The callback is asked for; the failure itself reaches whoever reads.
  return decode === undefined ? body : pipeline(body, decode(), () => undefined);
};
