import type { StageOverview } from './query-overview.ts';
import { textTable } from '../../src/foundation/text-table.ts';

const BAR_WIDTH = 15;
const HEADER = ['location · pipeline', 'stage', 'open', '', 'worth', 'won', '', 'worth'];

const whole = (value: number): string => Math.round(value).toLocaleString('en');

const change = (now: number, before: number | undefined): string => {
  if (before === undefined) return 'new';
  return now === before ? '' : `${now > before ? '+' : '−'}${Math.abs(now - before)}`;
};

/** The overview as a table, with what changed in the number of deals since an earlier one. */
export const overviewLines = (
  overview: readonly StageOverview[],
  earlier: readonly StageOverview[],
): readonly string[] => {
  const before = new Map(earlier.map((stage) => [stage.stageId, stage]));
  const most = Math.max(...overview.map(({ openValue }) => openValue));
  const cells = overview.map(({ stageId, place, stage, openDeals, openValue, wonDeals, wonValue }, index) => [
    overview[index - 1]?.place === place ? '' : place,
    stage,
    whole(openDeals),
    change(openDeals, before.get(stageId)?.openDeals),
    whole(openValue),
    whole(wonDeals),
    change(wonDeals, before.get(stageId)?.wonDeals),
    whole(wonValue),
  ]);
  const bars = overview.map(({ openValue }) => '█'.repeat(Math.round((BAR_WIDTH * openValue) / most)));
  return textTable([HEADER, ...cells], 2).map((line, index) =>
    `${line}  ${['open worth', ...bars][index] ?? ''}`.trimEnd(),
  );
};
