import type { ConfiguredStream } from '../protocol/catalog.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import { createNormaliser, type Normalise } from '../stream/normalise.ts';
import type { Sync } from './sync.ts';

/** Brings rows to the columns the user selected; the key is always among them. */
export const normaliserFor = (
  { config }: Sync,
  stream: StreamDefinition,
  { selectedFields }: ConfiguredStream,
): Normalise =>
  createNormaliser({
    ...stream,
    additionalFields: stream.keepsRest === false ? 'drop' : config.additionalFields,
    selected: selectedFields && new Set([...selectedFields, ...stream.primaryKey]),
  });
