import type { Check } from './check.ts';
import {
  checksConnection,
  discoversEveryStream,
  failsOnWrongConfig,
  printsSpecification,
  readsEveryRow,
} from './command-checks.ts';
import {
  carriesNameAndVersion,
  hasNoInstallers,
  hasOneEntryPoint,
  keepsHeapBelowLimit,
  letsItsUserWrite,
  runsAsUnprivilegedUser,
} from './image-checks.ts';
import { readsLargeRows } from './large-rows-check.ts';
import { readsOnPlatform, stopsWhenTold } from './platform-checks.ts';

/** What is true of the image, by what it says. All but one run as uid 1000, without a writable path, in 256 MB. */
export const checks: ReadonlyMap<string, Check> = new Map([
  ['its labels carry the name and the version of the package', carriesNameAndVersion],
  ['AIRBYTE_ENTRYPOINT is its entry point in one line', hasOneEntryPoint],
  [
    'it runs as uid 1000, has nothing but the bundle for code, and needs nothing writable',
    runsAsUnprivilegedUser,
  ],
  ['it has nothing that installs software or lends rights', hasNoInstallers],
  ['its user can write to /airbyte where that is not read-only', letsItsUserWrite],
  ['its heap leaves room for the rest in the memory it is given', keepsHeapBelowLimit],
  ['spec prints the specification', printsSpecification],
  ['check succeeds, and tells HighLevel the version', checksConnection],
  ['discover lists every stream', discoversEveryStream],
  ['read brings every row of every stream', readsEveryRow],
  ['read brings every row when rows are large and locations many', readsLargeRows],
  ['read brings every row the way the platform runs it', readsOnPlatform],
  ['read with a wrong configuration ends with exit code 1', failsOnWrongConfig],
  ['SIGTERM stops read at once, with whole lines and exit code 143', stopsWhenTold],
]);
