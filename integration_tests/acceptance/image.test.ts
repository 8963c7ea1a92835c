import { beforeAll, describe, expect, test } from '@jest/globals';
import { type ImageConfig, inspectImage } from '../../scripts/image/docker.ts';
import { imageOfDockerfile } from './dockerfile.ts';
import { imageRules } from './image-rules.ts';
import { imageOnTrial } from './launcher.ts';
import { readMetadata } from './metadata-file.ts';
import { textOf } from './suite-config.ts';

const written = (): ImageConfig => imageOfDockerfile(textOf('Dockerfile'));

/** The Dockerfile's image with another text in its place. */
const withText = (before: string, after: string): ImageConfig => {
  const text = textOf('Dockerfile');
  if (!text.includes(before)) throw new RangeError(`The Dockerfile has no ${before}.`);
  return imageOfDockerfile(text.replaceAll(before, after));
};

const BROKEN: readonly (readonly [rule: string, before: string, after: string])[] = [
  ['its label names the repository', 'io.airbyte.name="source-highlevel"', 'io.airbyte.name="highlevel"'],
  ['its label names the version', 'io.airbyte.version', 'version'],
  ['AIRBYTE_ENTRYPOINT is its entry point in one line', 'AIRBYTE_ENTRYPOINT="node ', 'AIRBYTE_ENTRYPOINT="'],
  ['AIRBYTE_ENTRYPOINT is its entry point in one line', 'AIRBYTE_ENTRYPOINT', 'ENTRY'],
  [
    'its entry point does not depend on the working directory',
    '/airbyte/integration_code/main.js',
    'main.js',
  ],
  ['it runs as uid 1000', 'USER 1000:1000', 'USER airbyte'],
];

describe('the image, or what the Dockerfile makes', () => {
  let image: ImageConfig;

  beforeAll(async () => {
    image = imageOnTrial === undefined ? written() : await inspectImage(imageOnTrial);
  });

  test.each([...imageRules])('%s', (_statement, { problems }) => {
    expect(problems({ image, metadata: readMetadata() })).toStrictEqual([]);
  });

  test('is the one that the Dockerfile makes', () => {
    const { user, entrypoint, labels, env } = written();
    expect([image.user, image.entrypoint]).toStrictEqual([user, entrypoint]);
    expect([...image.labels]).toEqual(expect.arrayContaining([...labels]));
    expect([...image.env]).toEqual(expect.arrayContaining([...env]));
  });
});

describe('the rules of the image', () => {
  test('each has something that it refuses', () => {
    expect(new Set(BROKEN.map(([name]) => name))).toStrictEqual(new Set(imageRules.keys()));
  });

  test.each(BROKEN)('%s: refused with another %s', (name, before, after) => {
    const image = withText(before, after);
    expect(imageRules.get(name)?.problems({ image, metadata: readMetadata() })).toHaveLength(1);
  });
});
