// Drives the connector by the programs that people use it with: Airbyte's models, its CDK's test helpers, and PyAirbyte.
import { parseArgs } from 'node:util';
import { isDockerReady } from '../../scripts/image/docker.ts';
import { cdkStory } from './cdk-story.ts';
import { deletionsStory } from './deletions-story.ts';
import { protocolStory } from './protocol-story.ts';
import { pyAirbyteStory } from './pyairbyte-story.ts';
import { preparePython } from './python.ts';
import { readmeImageStory, readmeStory } from './readme-story.ts';
import { createReport, type Report } from './report.ts';
import { CONNECTOR, type Story, tell } from './setting.ts';
import { standardTestsStory } from './standard-tests-story.ts';
import { tokenFileImageStory, tokenFileStory } from './token-file-story.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const STORIES: ReadonlyMap<string, Story> = new Map([
  ["Airbyte's protocol models", protocolStory],
  ["The CDK's test helpers", cdkStory],
  ['PyAirbyte', pyAirbyteStory],
  ['PyAirbyte, the program of the README', readmeStory(CONNECTOR)],
  ['PyAirbyte, the program of docs/setup.md', tokenFileStory],
  ['PyAirbyte, the program of docs/deletions.md', deletionsStory],
]);

const storiesOfImage = (image: string): ReadonlyMap<string, Story> =>
  new Map([
    ["The CDK's standard tests of the image", standardTestsStory(image)],
    ['PyAirbyte with the image, the program of the README', readmeImageStory(image)],
    ['PyAirbyte with the image, the program of docs/setup.md', tokenFileImageStory(image)],
  ]);

const tellAll = async (
  report: Report,
  stories: ReadonlyMap<string, Story>,
  python: string,
): Promise<void> => {
  for (const [title, story] of stories) {
    report.title(title);
    try {
      await tell(story, { report, python });
    } catch (thrown) {
      report.broken(
        'the story comes to its end',
        thrown instanceof Error ? (thrown.stack ?? '') : String(thrown),
      );
    }
  }
};

/** The stories that can be told here, and among them those whose title has the wanted words. */
const chosenStories = async (
  report: Report,
  { image, only = '' }: { readonly image?: string | undefined; readonly only?: string | undefined },
): Promise<ReadonlyMap<string, Story>> => {
  const why = image === undefined ? 'no --image was named' : 'there is no docker that works here';
  const isPossible = image !== undefined && (await isDockerReady());
  if (!isPossible) report.skipped('what runs the image', why);
  const stories = [...STORIES, ...(isPossible ? storiesOfImage(image) : [])];
  return new Map(stories.filter(([title]) => title.includes(only)));
};

/** @returns whether nothing was found that is wrong */
const run = async (): Promise<boolean> => {
  const { values } = parseArgs({ options: { image: { type: 'string' }, only: { type: 'string' } } });
  const python = await preparePython();
  if (!python.isReady) {
    say(`real clients: skipped, ${python.reason}`);
    return true;
  }
  say(python.versions);
  const report = createReport(say);
  await tellAll(report, await chosenStories(report, values), python.path);
  const { held, broken, skipped } = report.counts();
  say(`\nreal clients: ${held} claims hold, ${broken} do not, ${skipped} skipped`);
  return broken === 0;
};

process.exitCode = (await run()) ? 0 : 1;
