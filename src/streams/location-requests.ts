import type { JsonObject } from '../foundation/json.ts';
import { pathSegment } from '../http/path-segment.ts';
import type { Endpoint, EndpointSlice } from '../stream/endpoint.ts';

/** The request of an endpoint that takes the location among its parameters. */
export const ofLocation =
  (path: string, parameters: JsonObject = {}): Endpoint['request'] =>
  ({ locationId }) => ({ path, parameters: { locationId, ...parameters } });

/** The request of an endpoint that has the location in its path. */
export const underLocation =
  (name: string, parameters: JsonObject = {}): Endpoint['request'] =>
  ({ locationId }) => ({
    path: `/locations/${pathSegment(locationId)}/${name}`,
    parameters,
  });

/**
 * The request of an endpoint that lists what is in no folder, unless it is told a folder: then what is in that one.
 */
export const inFolder =
  (path: string, parameters: JsonObject = {}): Endpoint['request'] =>
  ({ locationId, parent }: EndpointSlice) => ({
    path,
    parameters: {
      locationId,
      ...parameters,
      ...(parent !== undefined && { parentId: parent['id'] ?? null }),
    },
  });
