import type { Ending } from './schedule.ts';

const isState = (line: string): boolean => line.startsWith('{"type":"STATE"');

/** Told of each line that arrives: true for the one behind which the attempt ends. */
export const createEndingWatch = (ending: Ending): ((line: string) => boolean) => {
  let counted = 0;
  return (line) => {
    if (ending.kind === 'own' || (ending.counting === 'states' && !isState(line))) return false;
    counted += 1;
    return counted === ending.afterLines;
  };
};
