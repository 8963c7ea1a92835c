import type { Reservation } from '../foundation/byte-budget.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { HttpResponse } from '../http/client.ts';
import type { Room } from '../http/room.ts';
import type { ReadContext } from './read-context.ts';
import type { Select } from './selectors.ts';

/** An answer in memory, with its share of the budget of bytes. */
export interface HeldAnswer {
  readonly response: HttpResponse;
  /** Gives the share back; a second time does nothing. */
  readonly release: () => void;
}

/** Of an answer that outgrew its share, nothing is known but that it is larger. */
const GROWTH = 4;

/** Room for the answer to one request, which may be sent several times. */
const createRoom = (
  { budget, rowsLeft }: ReadContext,
  expectedBytes: () => number,
): { readonly room: Room; readonly release: () => void } => {
  let share: Reservation | undefined;
  const release = (): void => {
    share?.release();
  };
  return {
    release,
    room: {
      takeNow: () => {
        // What an earlier attempt has left.
        release();
        share = budget.reserveNow(expectedBytes());
        return share;
      },
      take: async () => {
        release();
        const taken = await budget.reserve(expectedBytes, rowsLeft);
        share = taken;
        return taken;
      },
    },
  };
};

/**
 * Sends a request when the budget has room for its answer. What the answer will weigh is taken from the stream's earlier
 * ones; one that turns out larger than there is room for is broken off, and asked for again when there is.
 * @param stream whose answers are alike
 * @param send has to hand `room` on with the request
 */
export const holdAnswer = async (
  context: ReadContext,
  stream: string,
  send: (room: Room) => Promise<HttpResponse>,
): Promise<HeldAnswer> => {
  const { pages } = context;
  for (let least = 0; ;) {
    const lowest = least;
    const { room, release } = createRoom(context, () => Math.max(lowest, pages.expectedBytes(stream)));
    try {
      const response = await send(room);
      const { sizeBytes, isBrokenOff = false } = response;
      pages.keepBytes(stream, sizeBytes);
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
