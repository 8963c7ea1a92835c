import { isReadBy } from '../../src/stream/definition.ts';
import { streams } from '../../src/streams/index.ts';

/** The streams of what HighLevel has: all but the report of the sync itself. */
export const streamsOfHighLevel = streams.filter((stream) => !isReadBy(stream, 'report'));
