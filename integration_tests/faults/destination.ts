import type { JsonObject } from '../../src/foundation/json.ts';
import type { AirbyteMessage, SyncMode } from '../../src/protocol/messages.ts';
import { keyOf } from '../support/warehouse.ts';

/** The tables of a warehouse, as the platform fills them. */
export interface Destination {
  /** A job begins: tables that are replaced as a whole are built anew. */
  readonly begin: () => void;
  /**
   * Takes what an attempt has delivered. Records are kept once a state behind them has come, or at a good end: what a
   * platform does with the others nobody promises.
   */
  readonly take: (messages: readonly AirbyteMessage[], isGoodEnd: boolean) => void;
  /** What a query would find now, by location and id. */
  readonly table: (stream: string) => ReadonlyMap<string, JsonObject>;
}

type Table = Map<string, JsonObject>;

export const createDestination = (modes: ReadonlyMap<string, SyncMode>): Destination => {
  const live = new Map<string, Table>(
    [...modes.keys()].map((stream) => [stream, new Map<string, JsonObject>()]),
  );
  const next = new Map<string, Table>();
  const target = (stream: string): Table => {
    const tables = modes.get(stream) === 'incremental' ? live : next;
    const table = tables.get(stream) ?? new Map<string, JsonObject>();
    tables.set(stream, table);
    return table;
  };
  return {
    begin: () => {
      next.clear();
    },
    take: (messages, isGoodEnd) => {
      const pending = new Map<string, JsonObject[]>();
      const keep = (stream: string): void => {
        for (const record of pending.get(stream) ?? []) target(stream).set(keyOf(record), record);
        pending.delete(stream);
      };
      for (const message of messages) {
        if (message.type === 'STATE') keep(message.state.stream.stream_descriptor.name);
        if (message.type !== 'RECORD') continue;
        const { stream, data } = message.record;
        pending.set(stream, [...(pending.get(stream) ?? []), data]);
      }
      if (!isGoodEnd) return;
      for (const stream of pending.keys()) keep(stream);
      for (const [stream, mode] of modes)
        if (mode === 'full_refresh') live.set(stream, next.get(stream) ?? new Map<string, JsonObject>());
    },
    table: (stream) => live.get(stream) ?? new Map<string, JsonObject>(),
  };
};
