/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/integration_tests'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2023',
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  setupFiles: ['<rootDir>/scripts/property-seed.js'],
  // What the connector printed in any test is searched for secrets once more at the end, for those of the other tests.
  globalSetup: '<rootDir>/scripts/collect-printed.js',
  globalTeardown: '<rootDir>/scripts/scan-printed.js',
  resetMocks: true,
  errorOnDeprecated: true,
  testTimeout: 180_000,
  // The scenarios wait for child processes more than they compute.
  maxWorkers: 2,
};
