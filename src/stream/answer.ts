import type { JsonObject } from '../foundation/json.ts';
import type { HttpResponse } from '../http/client.ts';
import type { ReadContext } from './read-context.ts';
import type { Select } from './selectors.ts';

/** An answer in memory, with its share of the budget of bytes. */
export interface HeldAnswer {
  readonly response: HttpResponse;
  /** Gives the share back; a second time does nothing. */
  readonly release: () => void;
}

/** What is known of an answer before it is there. */
interface AnswerKind {
  /** Whose answers are alike. */
  readonly stream: string;
  /** It may weigh this much though the earlier ones did not. */
  readonly leastBytes?: number;
}

/** Of an answer that outgrew its share, nothing is known but that it is larger. */
const GROWTH = 4;

/**
 * Sends a request when the budget has room for its answer. What the answer will weigh is taken from the stream's earlier
 * ones; one that turns out larger than there is room for is broken off, and asked for again when there is.
 * @param send has to hand `admits` on with the request
 */
export const holdAnswer = async (
  { budget, pages }: ReadContext,
  { stream, leastBytes = 0 }: AnswerKind,
  send: (admits: (bytes: number) => boolean) => Promise<HttpResponse>,
): Promise<HeldAnswer> => {
  for (let least = leastBytes; ;) {
    const { grow, resize, release } = await budget.reserve(Math.max(least, pages.expectedBytes(stream)));
    try {
      const response = await send(grow);
      const { sizeBytes, isBrokenOff = false } = response;
      pages.keepBytes(stream, sizeBytes);
      resize(sizeBytes);
      if (!isBrokenOff) return { response, release };
      least = sizeBytes * GROWTH;
      release();
    } catch (thrown) {
      release();
      throw thrown;
    }
  }
};

/** The rows of an answer in memory; they are their own. */
export interface HeldRows {
  readonly rows: JsonObject[];
  /** Matches of the request's filter, if the answer says so. */
  readonly total: number | undefined;
  /** Empties the rows and gives their share of the budget back. */
  readonly release: () => void;
}

/** @throws ConnectorError when the answer is not of the expected shape; its share is given back then */
export const heldRows = ({ response, release }: HeldAnswer, select: Select): HeldRows => {
  try {
    const { rows: selected, total } = select(response.body);
    const rows = [...selected];
    return {
      rows,
      total,
      release: () => {
        rows.length = 0;
        release();
      },
    };
  } catch (thrown) {
    release();
    throw thrown;
  }
};
