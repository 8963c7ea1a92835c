import type { Played } from './play.ts';

const NOTHING = { attempts: 0, requests: 0, virtualMs: 0, done: new Map<string, number>() };

const detailsOf = (thrown: unknown): string =>
  thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);

/** A schedule that throws has a problem, too: a standstill, or a bug that ends the whole program. */
export const safely = async (playing: () => Promise<Played>): Promise<Played> => {
  try {
    return await playing();
  } catch (thrown) {
    return { ...NOTHING, problems: [`it throws ${detailsOf(thrown)}`] };
  }
};
