import { boolean, integer, number, text } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { childRows } from './child-rows.ts';
import { pipelines } from './pipelines.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/opportunities/get-pipelines */
export const pipelineStages = defineStream({
  name: 'pipeline_stages',
  description: 'Stages of the opportunity pipelines of a location, a row for each.',
  scope: 'opportunities.readonly',
  retrieval: {
    kind: 'children',
    of: pipelines,
    rows: {
      from: 'parent',
      of: childRows({
        under: 'stages',
        keep: ({ id = null, name = null }) => ({ pipelineId: id, pipelineName: name }),
      }),
    },
  },
  columns: {
    pipeline_id: text(),
    pipeline_name: text(),
    name: text(),
    position: integer(),
    stage_win_probability: number(),
    show_in_funnel: boolean(),
    show_in_pie_chart: boolean(),
    origin_id: text(),
  },
});
