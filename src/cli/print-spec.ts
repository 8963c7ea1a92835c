import { connectorSpecification } from '../config/connector-specification.ts';
import type { MessageEmitter } from '../protocol/emitter.ts';

/** Writes the one message of `spec`; gives its exit code. */
export const printSpec = async (emitter: MessageEmitter): Promise<number> => {
  await emitter.emit({ type: 'SPEC', spec: connectorSpecification });
  return 0;
};
