/** Layers of src, lowest first: a folder may import from itself and from folders to its left. */
const layers = [
  ['foundation'],
  ['protocol', 'http', 'config'],
  ['auth'],
  ['stream'],
  ['streams'],
  ['source'],
  ['login', 'terminal'],
  ['cli', 'main'],
];
const path = (names) =>
  names.map((name) => (name === 'main' ? '^src/main\\.ts$' : `^src/${name}/`)).join('|');
/** Tests may use what lies above the thing they test: the kit is tested with real streams. */
const TEST = '\\.test\\.ts$';
const upward = layers.slice(0, -1).map((names, index) => ({
  name: `no-import-above-${names.join('-')}`,
  severity: 'error',
  from: { path: path(names), pathNot: TEST },
  to: { path: path(layers.slice(index + 1).flat()) },
}));
const siblings = ['protocol', 'http', 'config'].map((name, _, all) => ({
  name: `no-import-beside-${name}`,
  severity: 'error',
  from: { path: path([name]) },
  to: { path: path(all.filter((other) => other !== name)) },
}));
const homes = {
  axios: '^src/http/axios-client(\\.test)?\\.ts$',
  yargs: '^src/(cli/.*|main)\\.ts$',
  winston: '^src/protocol/logger\\.ts$',
  ajv: '^src/(config/.*|protocol/catalog|stream/.*\\.property\\.test)\\.ts$',
};
const packagesAtHome = Object.entries(homes).map(([name, home]) => ({
  name: `${name}-only-in-its-home`,
  severity: 'error',
  from: { path: '^src/', pathNot: home },
  to: { path: `node_modules/(@types/)?${name}` },
}));
module.exports = {
  forbidden: [
    ...upward,
    ...siblings,
    ...packagesAtHome,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'src-imports-no-test-code',
      severity: 'error',
      from: { path: '^src/', pathNot: `${TEST}|/doubles/` },
      to: { path: '^integration_tests/|/doubles/|node_modules/(msw|@jest)' },
    },
    {
      // It is written from what is known of the API, so that it cannot share the connector's mistakes.
      name: 'the-simulator-knows-nothing-of-the-connector',
      severity: 'error',
      from: { path: '^integration_tests/simulator/' },
      to: { path: '^src/', pathNot: '^src/foundation/json\\.ts$' },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
