import type { ImageConfig } from '../../scripts/image/docker.ts';

/** What the last stage of a Dockerfile makes of an image, for instructions as simple as ours. */
export const imageOfDockerfile = (text: string): ImageConfig => {
  const stage = text.slice(text.lastIndexOf('\nFROM ')).replaceAll(/\\\n\s*/g, ' ');
  const instructions = [...stage.matchAll(/^([A-Z]+) (.*)$/gm)].map(([, name = '', rest = '']) => ({
    name,
    rest,
  }));
  const last = (wanted: string): string => instructions.findLast(({ name }) => name === wanted)?.rest ?? '';
  const assignments = (wanted: string): ReadonlyMap<string, string> =>
    new Map(
      instructions
        .filter(({ name }) => name === wanted)
        .flatMap(({ rest }) => [...rest.matchAll(/([\w.]+)=(?:"([^"]*)"|(\S+))/g)])
        .map(([, key = '', quoted, plain = '']) => [key, quoted ?? plain] as const),
    );
  return {
    user: last('USER'),
    entrypoint: [...last('ENTRYPOINT').matchAll(/"([^"]*)"/g)].map(([, part = '']) => part),
    env: assignments('ENV'),
    labels: assignments('LABEL'),
  };
};
