import type { Ending } from './schedule.ts';

const isState = (line: string): boolean => line.startsWith('{"type":"STATE"');

/** The line behind which an attempt ends, if it does. */
export const lastLineOf = (ending: Ending): number => ('afterLines' in ending ? ending.afterLines : Infinity);

/** The request with which an attempt ends, if it does. */
export const lastRequestOf = (ending: Ending): number | undefined =>
  'afterRequests' in ending ? ending.afterRequests : undefined;

/** Told of each line that arrives: true for the one behind which the attempt ends. */
export const createEndingWatch = (ending: Ending): ((line: string) => boolean) => {
  let counted = 0;
  return (line) => {
    if (!('afterLines' in ending) || (ending.counting === 'states' && !isState(line))) return false;
    counted += 1;
    return counted === ending.afterLines;
  };
};
