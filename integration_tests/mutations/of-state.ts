import type { Mutation } from './mutation.ts';
import type { Pinned } from './schedule-of.ts';

const MANY_GO: Pinned = {
  ...{ signIn: 'oauth', mode: 'incremental', locations: 4 },
  events: ['suspend', 'refuse', 'uninstall'],
};

/** Of the state, and of locations. */
export const STATE_MUTATIONS: readonly Mutation[] = [
  {
    name: 'failure-is-complete',
    rule: 'A location that could not be read fails its stream.',
    edits: [
      {
        file: 'src/source/sync-stream.ts',
        find: "if (event.kind === 'failure') failures.push(event);",
        replace: "if (event.kind === 'failure') continue;",
      },
    ],
  },
  {
    name: 'failure-exits-0',
    rule: 'A sync with failures does not exit with 0.',
    edits: [
      {
        file: 'src/source/source.ts',
        find: 'return failures.length === 0 ? 0 : 1;',
        replace: 'return failures.length < 0 ? 1 : 0;',
      },
    ],
  },
  {
    name: 'failure-stops-others',
    rule: "One location's failure does not stop the others.",
    pinned: { signIn: 'oauth', mode: 'incremental', locations: 3 },
    edits: [
      {
        file: 'src/source/read-location.ts',
        find: "reach === 'partition' || (reach === 'stream' && access.hasScopesPerLocation);",
        replace: "reach === 'stream' && access.hasScopesPerLocation;",
      },
    ],
    tests: 'integration_tests/in-process.test',
  },
  {
    name: 'failed-location-claims',
    rule: 'A location that fails keeps the checkpoint it had.',
    edits: [
      {
        file: 'src/source/read-stream.ts',
        find: '  for (const { locationId, error } of outcome.failures) register.failed(locationId, error);',
        replace:
          '  for (const { locationId, error } of outcome.failures) { register.failed(locationId, error); const other = state?.cursorOf(state.locationIds()[0] ?? ""); if (other !== undefined) state?.set(locationId, other); }',
      },
    ],
  },
  {
    name: 'skipped-location-forgotten',
    rule: 'A location that is skipped keeps its entry in the state.',
    pinned: { mode: 'incremental', locations: 3 },
    edits: [
      {
        file: 'src/source/stream-state.ts',
        find: '      skipped = locationIds;\n',
        replace: '      skipped = locationIds;\n      locationIds.forEach((id) => entries.delete(id));\n',
      },
    ],
  },
  {
    name: 'excluded-location-forgotten',
    rule: 'A location that is excluded keeps its entry in the state.',
    pinned: { mode: 'incremental', locations: 3 },
    edits: [
      {
        file: 'src/source/read-stream.ts',
        find: 'const state = openState(mode, { state: input, jobId });',
        replace:
          'const own = (entry: JsonValue): boolean => sync.found.locationIds.some((id) => JSON.stringify(entry).includes(id));\n  const kept = isJsonArray(input?.["states"]) ? { ...input, states: input["states"].filter(own) } : input;\n  const state = openState(mode, { state: kept, jobId });',
      },
    ],
  },
  {
    name: 'list-order-trusted',
    rule: 'Locations are listed until the list is stable, and one that it lacks is asked for by name.',
    pinned: { signIn: 'oauth', locations: 4, listedLocations: 2 },
    edits: [
      {
        file: 'src/source/installed-locations.ts',
        find: 'if (pages <= 1) return found;',
        replace: 'if (pages <= MOST_PAGES) return found;',
      },
      {
        file: 'src/source/find-locations.ts',
        find: 'if (await installed.has(locationId)) {',
        replace: 'if (locationId === "" && (await installed.has(locationId))) {',
      },
    ],
    tests: 'src/source/(installed-locations|find-locations)',
  },
  {
    name: 'gone-unnoticed',
    rule: 'Many locations that go at once are an incident, whatever the settings say.',
    pinned: MANY_GO,
    equivalent: 'an incident is told of even if no location has failed, and the sync then ends with 1',
    edits: [
      {
        file: 'src/source/verdict.ts',
        find: 'if (incident !== undefined) return',
        replace: 'if (incident === "") return',
      },
    ],
    tests: 'src/source/(verdict|judge-stream)',
  },
  {
    name: 'gone-unnoticed-untold',
    rule: 'Many locations that go at once are an incident, whatever the settings say, and told of even if none has failed.',
    pinned: MANY_GO,
    edits: [
      {
        file: 'src/source/verdict.ts',
        find: 'const incident = incidentOf(options);',
        replace: 'const incident = options.total < 0 ? incidentOf(options) : undefined;',
      },
    ],
  },
  {
    name: 'refused-is-skipped',
    rule: 'A location that refuses fails its stream, unless the user wants it skipped.',
    pinned: { signIn: 'oauth', locations: 3 },
    edits: [
      {
        file: 'src/source/verdict.ts',
        find: "return policy === 'skip_all' || error.access === 'inactive';",
        replace: 'return true;',
      },
    ],
    tests: 'src/source/(verdict|judge-stream)',
  },
  {
    name: 'state-of-another-job',
    rule: 'What a full refresh left in the state is of its own job only.',
    pinned: { streams: ['contacts', 'opportunities'], mode: 'full_refresh', rows: 30, pageSize: 8 },
    edits: [
      {
        file: 'src/source/of-same-job.ts',
        find: "return isJsonObject(fullRefresh) && fullRefresh['job'] === jobId;",
        replace: 'return isJsonObject(fullRefresh);',
      },
      {
        file: 'src/stream/read-in-full.ts',
        find: "state?.phase === 'full_refresh' && state.job === job ? state : undefined;",
        replace: "state?.phase === 'full_refresh' && job !== undefined ? state : undefined;",
      },
      {
        file: 'src/stream/full-refresh.ts',
        find: "isJsonObject(part) && part['job'] === job ? part : undefined;",
        replace: 'isJsonObject(part) ? part : undefined;',
      },
    ],
  },
  {
    name: 'retry-takes-all-for-done',
    rule: 'A retry of a full refresh goes on where the attempt before ended.',
    pinned: { streams: ['contacts', 'opportunities'], mode: 'full_refresh', rows: 30, pageSize: 8 },
    edits: [
      {
        file: 'src/stream/read-in-full.ts',
        find: 'pieces: resume?.unread ?? [whole],',
        replace: 'pieces: resume === undefined ? [whole] : [],',
      },
    ],
  },
  {
    name: 'windows-retry-takes-all-for-done',
    rule: 'A retry of a full refresh by windows goes on at the window that was not finished.',
    pinned: { streams: ['messages', 'form_submissions', 'orders'], mode: 'full_refresh', rows: 30 },
    edits: [
      {
        file: 'src/stream/read-windows-in-full.ts',
        find: "if (resumed?.['done'] === true) return;",
        replace: 'if (resumed !== undefined) return;',
      },
    ],
  },
];
