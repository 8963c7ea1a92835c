/** Which row; streams that show the same rows share it. */
export interface RowKey {
  readonly kind: string;
  readonly locationId: string;
  readonly id: string;
}

/** When a row came and was last changed, by HighLevel's clock; as old as the world where nobody touched it. */
export interface RowHistory {
  readonly addedAt: number;
  /** When it came or changed in a way that moves it to the front, where it may. */
  readonly usedAt: number;
  readonly changedAt: number;
  readonly removedAt: number | undefined;
}

export interface Ledger {
  readonly added: (key: RowKey, atMs: number) => void;
  readonly changed: (key: RowKey, atMs: number, isUsed?: boolean) => void;
  readonly removed: (key: RowKey, atMs: number) => void;
  readonly historyOf: (key: RowKey) => RowHistory;
}

const UNTOUCHED: RowHistory = {
  addedAt: -Infinity,
  usedAt: -Infinity,
  changedAt: -Infinity,
  removedAt: undefined,
};

const textOf = ({ kind, locationId, id }: RowKey): string => `${kind} ${locationId} ${id}`;

export const createLedger = (): Ledger => {
  const histories = new Map<string, RowHistory>();
  const historyOf = (key: RowKey): RowHistory => histories.get(textOf(key)) ?? UNTOUCHED;
  const note = (key: RowKey, news: Partial<RowHistory>): void => {
    histories.set(textOf(key), { ...historyOf(key), ...news });
  };
  return {
    added: (key, atMs) => {
      note(key, { addedAt: atMs, usedAt: atMs, changedAt: atMs });
    },
    changed: (key, atMs, isUsed = true) => {
      note(key, { changedAt: atMs, ...(isUsed && { usedAt: atMs }) });
    },
    removed: (key, atMs) => {
      note(key, { removedAt: atMs });
    },
    historyOf,
  };
};
