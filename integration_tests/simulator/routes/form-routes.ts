import type { Answer } from '../answers.ts';
import { newestFirst, pageOf } from '../list-page.ts';
import { refuseUnknown, requireTexts } from '../parameters.ts';
import type { Route, RouteContext } from '../server.ts';
import { listSubmissions } from './submission-list.ts';

const PAGING = { limit: 'limit', skip: 'skip', fallback: 10, most: 50 };

/** Folders come with what is in them, and are counted. */
const listForms =
  (kind: 'forms' | 'surveys') =>
  (context: RouteContext): Answer => {
    const { call, server, location } = context;
    refuseUnknown(call.query, ['locationId', 'skip', 'limit', 'type']);
    requireTexts(call.query, ['locationId']);
    const { type } = call.query;
    const rows = newestFirst(location().collection(kind).listed()).filter(
      (row) => type === undefined || row['type'] === type,
    );
    const total = server.knobs.reportedTotal(rows.length);
    return { status: 200, body: { [kind]: pageOf(context, rows, PAGING), total } };
  };

export const formRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/forms\/?$/,
    audience: 'location',
    scope: 'forms.readonly',
    location: 'validated',
    handle: listForms('forms'),
  },
  {
    method: 'GET',
    path: /^\/forms\/submissions$/,
    audience: 'location',
    scope: 'forms.readonly',
    location: 'validated',
    handle: listSubmissions('form_submissions', 'formId'),
  },
  {
    method: 'GET',
    path: /^\/surveys\/?$/,
    audience: 'location',
    scope: 'surveys.readonly',
    location: 'validated',
    handle: listForms('surveys'),
  },
  {
    method: 'GET',
    path: /^\/surveys\/submissions$/,
    audience: 'location',
    scope: 'surveys.readonly',
    location: 'validated',
    handle: listSubmissions('survey_submissions', 'surveyId'),
  },
];
