import { boolean, integer, list, number, object, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { listAt } from '../stream/selectors.ts';
import { ofLocation } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/opportunities/get-pipelines */
export const pipelines = defineStream({
  name: 'pipelines',
  description: 'Opportunity pipelines of a location and their stages.',
  scope: 'opportunities.readonly',
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      request: ofLocation('/opportunities/pipelines'),
      select: listAt('pipelines'),
    }),
  },
  columns: {
    name: text(),
    position: integer(),
    show_in_funnel: boolean(),
    show_in_pie_chart: boolean(),
    origin_id: text(),
    color_render_mode: text(),
    use_opportunity_probability: boolean(),
    stages: list(
      object({
        id: text(),
        name: text(),
        position: integer(),
        show_in_pie_chart: boolean(),
        show_in_funnel: boolean(),
        origin_id: text(),
        stage_win_probability: number(),
      }),
    ),
    date_added: timestamp(),
    date_updated: timestamp(),
  },
});
