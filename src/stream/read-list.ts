import type { ListRetrieval } from './definition.ts';
import type { ReadContext } from './read-context.ts';
import type { ReadEvent } from './read-event.ts';

/** What an answer is taken to weigh before it is there. */
const EXPECTED_BYTES = 64 * 1024;

/** Reads a list that the API gives whole. */
export async function* readList(
  { request, version, select }: ListRetrieval,
  { locationId, send, budget }: ReadContext,
): AsyncGenerator<ReadEvent, void> {
  const reservation = await budget.reserve(EXPECTED_BYTES);
  try {
    const { path, query } = request({ locationId });
    const { body, sizeBytes } = await send({ method: 'GET', path, headers: { version }, query });
    reservation.resize(sizeBytes);
    const { rows } = select(body);
    if (rows.length > 0) yield { kind: 'rows', rows };
  } finally {
    reservation.release();
  }
}
