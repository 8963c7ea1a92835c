import { listedOrder } from '../../integration_tests/simulator/collections/specs/orders.ts';
import type { World } from '../../integration_tests/simulator/world.ts';
import { truthOf } from '../../integration_tests/support/truth.ts';
import type { JsonObject } from '../../src/foundation/json.ts';
import { objectsIn } from './objects-in.ts';
import { picked } from './picked.ts';

type Rows = readonly JsonObject[];
type Shape = (world: World, locationId: string) => Rows;

/** The rows in a list of other rows, with what they have to tell of those. */
const inside = (parents: Rows, key: string, keep: (parent: JsonObject) => JsonObject): Rows =>
  parents.flatMap((parent) => objectsIn(parent[key]).map((row) => ({ ...row, ...keep(parent) })));

const contactNotes: Shape = (world, locationId) => {
  const changed = new Map(world.contacts(locationId).map(({ id, dateUpdated }) => [id, dateUpdated]));
  return truthOf(world, 'contact_notes', locationId).map((note) => ({
    ...note,
    contactDateUpdated: changed.get(note['contactId'] ?? null) ?? null,
  }));
};

/** Streams whose rows are not simply those that HighLevel keeps. */
const SHAPES: Readonly<Record<string, Shape>> = {
  ['pipeline_stages']: (world, locationId) =>
    inside(world.pipelines(locationId), 'stages', ({ id = null, name = null }) => ({
      pipelineId: id,
      pipelineName: name,
    })),
  ['invoice_items']: (world, locationId) =>
    inside(
      world.collection(locationId, 'invoices').rows(),
      'invoiceItems',
      ({ _id: invoiceId = null, invoiceNumber = null, updatedAt = null }) => ({
        invoiceId,
        invoiceNumber,
        invoiceUpdatedAt: updatedAt,
      }),
    ),
  ['order_items']: (world, locationId) =>
    inside(
      world.collection(locationId, 'orders').rows(),
      'items',
      ({ _id: orderId = null, currency = null, updatedAt = null }) => ({
        orderId,
        currency,
        orderUpdatedAt: updatedAt,
      }),
    ),
  // The list does not tell all of an order.
  orders: (world, locationId) => world.collection(locationId, 'orders').rows().map(listedOrder),
  ['contact_ids']: (world, locationId) =>
    world.contacts(locationId).map((row) => picked(row, ['id', 'dateAdded', 'dateUpdated'])),
  ['opportunity_ids']: (world, locationId) =>
    world.opportunities(locationId).map((row) => picked(row, ['id', 'createdAt', 'updatedAt'])),
  contact_notes: contactNotes,
};

/** The rows of such a stream; undefined for any other. */
export const shapedTruth = (world: World, stream: string, locationId: string): Rows | undefined =>
  SHAPES[stream]?.(world, locationId);
