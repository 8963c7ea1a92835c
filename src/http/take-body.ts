import type { Readable } from 'node:stream';

/** What came of taking in a body. */
export type TakenBody =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  /** Broken off at this size, because whoever asked has no room for it now. */
  | { readonly kind: 'not_admitted'; readonly sizeBytes: number }
  /** Broken off, because it is more than is ever taken. */
  | { readonly kind: 'too_large' };

interface BodyLimits {
  readonly maxBytes: number;
  /** Asked with the bytes so far. */
  readonly admits: ((bytes: number) => boolean) | undefined;
}

/**
 * Takes in a decoded body. It is measured as it comes, because neither a declared length, which is that of the
 * compressed text, nor earlier answers tell how large it is. @throws what the stream fails with
 */
export const takeBody = async (
  body: Readable,
  { maxBytes, admits = () => true }: BodyLimits,
): Promise<TakenBody> => {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  // Whoever leaves the loop destroys the stream, and with it the connection.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) return { kind: 'too_large' };
    if (!admits(sizeBytes)) return { kind: 'not_admitted', sizeBytes };
    chunks.push(chunk);
  }
  return { kind: 'whole', bytes: Buffer.concat(chunks) };
};
