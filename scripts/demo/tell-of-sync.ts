import { textAt } from '../../src/foundation/json.ts';
import type { Agency } from './agency.ts';
import { differenceLines } from './difference-lines.ts';
import { groupLines } from './group-lines.ts';
import { MAIN_STREAMS } from './stream-groups.ts';
import type { VerifiedSync } from './sync-and-verify.ts';
import { syncLines } from './sync-lines.ts';
import { terminal } from './terminal.ts';

const { line, lines, paint, table } = terminal;

const whole = (count: number): string => count.toLocaleString('en');

const tellOfCost = ({ requests, seconds, stateBytes, isConfigReplaced }: VerifiedSync): void => {
  line(`${whole(requests)} requests in ${seconds.toFixed(1)} s; a state of ${whole(stateBytes)} bytes`);
  if (isConfigReplaced)
    line('the access token had expired: renewed, and the new refresh token kept in the config');
};

/** What the tables hold although it was deleted. */
const tellOfKept = ({ streams }: VerifiedSync): void => {
  const kept = streams.filter((stream) => stream.kept > 0).map((stream) => `${stream.kept} ${stream.name}`);
  if (kept.length === 0) return;
  line('(incremental reads cannot see deletions, so there are still');
  line(` ${kept.join(', ')})`);
};

/** Prints what a sync has brought, and whether it is true. */
export const tellOfSync = ({ simulator }: Agency, sync: VerifiedSync): void => {
  const { values, differences, streams } = sync;
  const places = simulator.world
    .locations()
    .map((row) => ({ id: textAt(row, 'id') ?? '', name: textAt(row, 'name') ?? '' }));
  const isMain = ({ name }: { readonly name: string }): boolean => MAIN_STREAMS.includes(name);
  table(syncLines(streams.filter(isMain), places));
  line();
  line(paint('dim', `and of ${streams.length - MAIN_STREAMS.length} more streams, over all locations`));
  lines(groupLines(streams.filter((stream) => !isMain(stream))));
  line();
  tellOfCost(sync);
  if (differences.length === 0) {
    line(paint('green', `✔ all ${whole(values)} values in the database are as HighLevel has them`));
    tellOfKept(sync);
    return;
  }
  line(paint('red', `✘ ${whole(differences.length)} differences between HighLevel and the database`));
  line();
  lines(differenceLines(differences));
};
