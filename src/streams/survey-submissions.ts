import { text } from '../stream/columns.ts';
import { submissions } from './submissions.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/surveys/get-surveys-submissions */
export const surveySubmissions = submissions({
  name: 'survey_submissions',
  description: 'What visitors filled into the surveys of a location.',
  scope: 'surveys.readonly',
  path: '/surveys/submissions',
  of: { survey_id: text() },
});
