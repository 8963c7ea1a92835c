import { catalogCompatibilityRules } from './catalog-compatibility.ts';
import { catalogRules } from './catalog-rules.ts';
import { documentationRules } from './documentation-rules.ts';
import { expectedRecordsRules } from './expected-records.ts';
import { fullRefreshRules } from './full-refresh-rules.ts';
import { imageRules } from './image-rules.ts';
import { continuedRules, futureRules, resumedRules } from './incremental-rules.ts';
import { metadataRules } from './metadata-rules.ts';
import { oauthRules } from './oauth-rules.ts';
import { readRules } from './read-rules.ts';
import { specCompatibilityRules } from './spec-compatibility.ts';
import { specRules } from './spec-rules.ts';
import { stateRules } from './state-rules.ts';

interface Listed {
  readonly file: string;
  readonly statement: string;
  /** Airbyte's own tests that assert it. */
  readonly tests: readonly string[];
}

const BY_FILE = {
  'spec-rules.ts': [specRules],
  'oauth-rules.ts': [oauthRules],
  'spec-compatibility.ts': [specCompatibilityRules],
  'catalog-rules.ts': [catalogRules],
  'catalog-compatibility.ts': [catalogCompatibilityRules],
  'read-rules.ts': [readRules],
  'state-rules.ts': [stateRules],
  'expected-records.ts': [expectedRecordsRules],
  'full-refresh-rules.ts': [fullRefreshRules],
  'incremental-rules.ts': [continuedRules, resumedRules, futureRules],
  'metadata-rules.ts': [metadataRules],
  'documentation-rules.ts': [documentationRules],
  'image-rules.ts': [imageRules],
};

/** Every rule of every kind, without what it is a rule for. */
export const allRules: readonly Listed[] = Object.entries(BY_FILE).flatMap(([file, kinds]) =>
  kinds.flatMap((rules) => [...rules].map(([statement, { tests }]) => ({ file, statement, tests }))),
);
