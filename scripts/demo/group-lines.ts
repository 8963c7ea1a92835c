import { STREAM_GROUPS } from './stream-groups.ts';
import { counted } from './sync-lines.ts';
import type { VerifiedStream } from './sync-and-verify.ts';

const WIDTH = 96;
const SEPARATOR = ' · ';

/** Items one behind the other, in lines that are not longer than a width; each is longer than none. */
const wrapped = (items: readonly string[], width: number): readonly string[] => {
  const lines: string[] = [];
  for (const item of items) {
    const line = lines.at(-1);
    const longer = `${line ?? ''}${SEPARATOR}${item}`;
    if (line === undefined || longer.length > width) lines.push(item);
    else lines.splice(-1, 1, longer);
  }
  return lines;
};

/** By group, for every stream the records that were emitted, and the rows that its table then holds. */
export const groupLines = (streams: readonly VerifiedStream[]): readonly string[] => {
  const known = new Set(Object.values(STREAM_GROUPS).flat());
  const groups: readonly (readonly [string, readonly VerifiedStream[]])[] = [
    ...Object.entries(STREAM_GROUPS).map(
      ([group, names]) => [group, streams.filter(({ name }) => names.includes(name))] as const,
    ),
    ['more', streams.filter(({ name }) => !known.has(name))],
  ];
  const left = Math.max(...groups.map(([group]) => group.length)) + 2;
  return groups.flatMap(([group, members]) => {
    const items = members.map((stream) => `${stream.name} ${counted(stream).join(' ')}`);
    return wrapped(items, WIDTH - left).map((line, at) => `${(at === 0 ? group : '').padEnd(left)}${line}`);
  });
};
