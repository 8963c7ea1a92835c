import { systemError } from '../foundation/errors.ts';
import { type JsonObject, textAt } from '../foundation/json.ts';
import { pathSegment } from '../http/path-segment.ts';
import type { EndpointSlice, TimeWindow } from '../stream/endpoint.ts';

/** The window of a slice of a stream that is read by windows. */
export const windowOf = ({ window }: EndpointSlice): TimeWindow => {
  if (window === undefined) throw systemError('A request by time was to be made without a window of time.');
  return window;
};

/** The id of the parent that a slice is about. @throws ConnectorError without one: rows would be missing */
export const parentIdOf = ({ parent }: EndpointSlice): string => {
  const id = parent && textAt(parent, 'id');
  if (id === undefined)
    throw systemError('A request for children was to be made without the id of their parent.');
  return id;
};

/** The same, ready for a path. */
export const pathIdOf = (slice: EndpointSlice): string => pathSegment(parentIdOf(slice));

/** How payments and invoices name the location. */
export const altOf = ({ locationId }: EndpointSlice): JsonObject => ({
  altId: locationId,
  altType: 'location',
});
