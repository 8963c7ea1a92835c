export type Say = (line: string) => void;

/** Prints a line for each claim, and keeps how many there were. */
export interface Report {
  readonly title: (text: string) => void;
  /** Tries one, and goes on whether it holds or not. */
  readonly claim: (text: string, holds: () => Promise<void>) => Promise<void>;
  readonly held: (text: string) => void;
  readonly broken: (text: string, why: string) => void;
  readonly skipped: (text: string, why: string) => void;
  readonly counts: () => { readonly held: number; readonly broken: number; readonly skipped: number };
}

export const createReport = (say: Say): Report => {
  const counts = { held: 0, broken: 0, skipped: 0 };
  const held = (text: string): void => {
    counts.held += 1;
    say(`  ✓ ${text}`);
  };
  const broken = (text: string, why: string): void => {
    counts.broken += 1;
    say(`  ✗ ${text}\n${why}`);
  };
  return {
    title: (text) => {
      say(`\n${text}`);
    },
    claim: async (text, holds) => {
      const startedAtMs = performance.now();
      try {
        await holds();
        held(`${text} (${((performance.now() - startedAtMs) / 1_000).toFixed(1)} s)`);
      } catch (thrown) {
        broken(text, thrown instanceof Error ? thrown.message : String(thrown));
      }
    },
    held,
    broken,
    skipped: (text, why) => {
      counts.skipped += 1;
      say(`  – ${text}: skipped, ${why}`);
    },
    counts: () => ({ ...counts }),
  };
};
