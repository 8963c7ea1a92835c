import type { JsonObject } from '../../src/foundation/json.ts';
import { createRandom, type Random } from './random.ts';
import { textOf } from './text-of.ts';

export interface Stage {
  readonly id: string;
  readonly pipelineId: string;
}

export interface PipelineRows {
  readonly rows: readonly JsonObject[];
  readonly stages: readonly Stage[];
}

const PIPELINES: readonly (readonly [name: string, ...stages: readonly string[]])[] = [
  ['Sales', 'New lead', 'Contacted', 'Proposal sent', 'Negotiation', 'Won'],
  ['Onboarding', 'Kick-off', 'Set-up', 'Live'],
  ['Reactivation', 'Dormant', 'Called', 'Booked'],
];

const pipelineRow = ([name, ...stages]: (typeof PIPELINES)[number], random: Random): JsonObject => ({
  id: random.id(),
  name,
  dateAdded: '2024-07-01T10:00:00.000Z',
  dateUpdated: new Date(Date.UTC(2025, 2, random.int(1, 28), 10)).toISOString(),
  originId: random.id(),
  showInFunnel: true,
  showInPieChart: random.chance(0.8),
  // The rows carry no locationId: what is read must be told where it came from.
  stages: stages.map((stage, position) => ({
    id: random.uuid(),
    name: stage,
    originId: random.uuid(),
    position,
    showInFunnel: true,
    showInPieChart: true,
  })),
});

/** The first `count` of a location's pipelines (there are three), and their stages. */
export const createPipelines = (seed: number, count: number): PipelineRows => {
  const random = createRandom(seed);
  const rows = PIPELINES.slice(0, count).map((pipeline) => pipelineRow(pipeline, random));
  return { rows, stages: rows.flatMap(stagesOf) };
};

const stagesOf = ({ id, stages }: JsonObject): readonly Stage[] =>
  (Array.isArray(stages) ? stages : []).map((stage: JsonObject) => ({
    id: textOf(stage['id']),
    pipelineId: textOf(id),
  }));

const CAMPAIGNS = ['Welcome', 'No-show follow-up', 'Review request', 'Summer offer', 'Re-engagement'];

/** Campaigns are a legacy product of HighLevel: most locations have none. */
export const createCampaigns = (seed: number, locationId: string, count?: number): readonly JsonObject[] => {
  const random = createRandom(seed);
  const some = count ?? (random.chance(0.3) ? random.int(1, CAMPAIGNS.length) : 0);
  return CAMPAIGNS.slice(0, some).map((name) => ({
    id: random.id(),
    name,
    status: random.chance(0.7) ? 'published' : 'draft',
    locationId,
  }));
};
