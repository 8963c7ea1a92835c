import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { JsonObject } from '../../src/foundation/json.ts';
import { arbitraryOf } from './arbitrary-of-schema.ts';
import { changedMembers, commonParts, narrowedTypes, removedParts, type Versions } from './compatibility.ts';
import { asText } from './raw-messages.ts';
import { rule, type Rules } from './rule.ts';

/** As many as Airbyte tries. */
const CONFIGS = 100;
const TEST = ['test_backward_compatibility'];

const newlyChosen = (versions: Versions<JsonObject>): readonly string[] =>
  commonParts(versions)
    .filter(({ before, now }) => 'enum' in now && !('enum' in before))
    .map(({ path }) => path);

const refusedConfigs = ({ before, now }: Versions<JsonObject>): readonly string[] => {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  const fits = ajv.compile(now);
  const configs = fc.sample(arbitraryOf(before), { numRuns: CONFIGS, seed: 1 });
  const refused = configs.filter((config): boolean => !fits(config));
  return refused.slice(0, 1).map(asText);
};

/** What Airbyte asserts of two versions of a connection specification. */
export const specCompatibilityRules: Rules<Versions<JsonObject>> = new Map([
  rule('no field is gone', TEST, removedParts),
  rule('nothing more is required', TEST, (versions) => changedMembers(versions, 'required', 'added')),
  rule('no type is narrowed', TEST, narrowedTypes),
  rule('no choice is gone', TEST, (versions) => changedMembers(versions, 'enum', 'removed')),
  rule('nothing that was free is a choice', TEST, newlyChosen),
  rule('100 configs of before are still taken', TEST, refusedConfigs),
]);
