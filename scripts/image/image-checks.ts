import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import packageJson from '../../package.json' with { type: 'json' };
import { type Check, requireExit } from './check.ts';
import { runContainer } from './container.ts';
import { docker, inspectImage } from './docker.ts';

export const carriesNameAndVersion: Check = async ({ image }) => {
  const { labels } = await inspectImage(image);
  strictEqual(labels.get('io.airbyte.name'), packageJson.name);
  strictEqual(labels.get('io.airbyte.version'), packageJson.version);
};

export const hasOneEntryPoint: Check = async ({ image }) => {
  const { env, entrypoint } = await inspectImage(image);
  strictEqual(env.get('AIRBYTE_ENTRYPOINT'), entrypoint.join(' '));
  match(entrypoint.at(-1) ?? '', /^\/airbyte\/integration_code\//);
};

/** One fact a line, so that a failure shows which. */
const LOOK_AROUND = `
echo "user $(id -un) $(id -u) $(id -g)"
echo "owner $(stat -c %u:%g /airbyte)"
echo "code $(echo $(ls /airbyte/integration_code))"
echo "zone $(date +%Z)"
for folder in / /tmp /airbyte; do touch $folder/probe 2> /dev/null && echo "writable $folder"; done
for command in sh mv sleep kill echo; do command -v $command > /dev/null || echo "missing $command"; done
`;

export const runsAsUnprivilegedUser: Check = async ({ image }) => {
  strictEqual((await inspectImage(image)).user, '1000:1000');
  const ended = await runContainer(image, { options: ['--entrypoint', 'sh'], args: ['-c', LOOK_AROUND] });
  requireExit(ended, 0);
  deepStrictEqual(ended.stdout.trim().split('\n'), [
    'user airbyte 1000 1000',
    'owner 1000:1000',
    'code chunks main.js',
    'zone UTC',
  ]);
};

/** Each of these installs software, or lends its caller rights; the last line tells a search that ended from one that failed. */
const LOOK_FOR_INSTALLERS = `
for command in npm npx yarn yarnpkg corepack apt apt-get dpkg perl gpgv; do command -v $command; done
for place in /usr/local/lib/node_modules /usr/local/include/node /opt/yarn*; do ls -d $place 2> /dev/null; done
find / -xdev -type f -perm /6000 2> /dev/null
echo searched
`;

export const hasNoInstallers: Check = async ({ image }) => {
  const options = ['--entrypoint', 'sh'];
  const ended = await runContainer(image, { options, args: ['-c', LOOK_FOR_INSTALLERS] });
  requireExit(ended, 0);
  deepStrictEqual(ended.stdout.trim().split('\n'), ['searched']);
};

export const letsItsUserWrite: Check = async ({ image }) => {
  requireExit(await docker(['run', '--rm', '--entrypoint', 'touch', image, '/airbyte/probe']), 0);
};

/** Twice the limit that `runContainer` sets would be too much, and a tenth too little, for its heap. */
export const keepsHeapBelowLimit: Check = async ({ image }) => {
  const { entrypoint } = await inspectImage(image);
  const [node = '', ...flags] = entrypoint.slice(0, -1);
  const script = 'console.log(v8.getHeapStatistics().heap_size_limit / process.constrainedMemory())';
  const ended = await runContainer(image, {
    options: ['--entrypoint', node],
    args: [...flags, '--eval', script],
  });
  requireExit(ended, 0);
  const share = Number(ended.stdout);
  strictEqual(share > 0.4 && share < 0.75, true, `the heap may take ${ended.stdout.trim()} of the memory`);
};
