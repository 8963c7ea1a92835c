import type { ImageConfig } from '../../scripts/image/docker.ts';
import type { JsonObject } from '../../src/foundation/json.ts';
import { asText, objectAt } from './raw-messages.ts';
import { rule, type Rules } from './rule.ts';

export interface ImageOnTrial {
  readonly image: ImageConfig;
  readonly metadata: JsonObject;
}

const differs =
  (label: string, key: string) =>
  ({ image, metadata }: ImageOnTrial): readonly string[] => {
    const given = image.labels.get(label);
    const expected = objectAt(metadata, 'data')[key];
    return given !== undefined && given === expected
      ? []
      : [`${asText(given)} instead of ${asText(expected)}`];
  };

/** Of an entry point whose options have no paths; the program itself is found by the shell. */
const hasRelativePath = ({ image }: ImageOnTrial): boolean =>
  !(image.entrypoint.at(-1) ?? '').startsWith('/');

/** What Airbyte asserts of an image. */
export const imageRules: Rules<ImageOnTrial> = new Map([
  rule(
    'its label names the repository',
    ['test_image_labels'],
    differs('io.airbyte.name', 'dockerRepository'),
  ),
  rule('its label names the version', ['test_image_labels'], differs('io.airbyte.version', 'dockerImageTag')),
  rule(
    'AIRBYTE_ENTRYPOINT is its entry point in one line',
    ['test_image_environment_variables'],
    ({ image }) => {
      const given = image.env.get('AIRBYTE_ENTRYPOINT');
      return given !== undefined && given !== '' && given === image.entrypoint.join(' ')
        ? []
        : [String(given)];
    },
  ),
  rule('its entry point does not depend on the working directory', [], (trial) =>
    hasRelativePath(trial) ? [trial.image.entrypoint.join(' ')] : [],
  ),
  rule('it runs as uid 1000', [], ({ image }) => (/^1000(:1000)?$/.test(image.user) ? [] : [image.user])),
]);
