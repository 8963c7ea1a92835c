import { text } from '../stream/columns.ts';
import { submissions } from './submissions.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/forms/get-forms-submissions */
export const formSubmissions = submissions({
  name: 'form_submissions',
  description: 'What visitors filled into the forms of a location.',
  scope: 'forms.readonly',
  notes: [
    'A user reports that HighLevel leaves out some submissions of order forms with two steps ([issue 236](https://github.com/GoHighLevel/highlevel-api-docs/issues/236)).',
  ],
  path: '/forms/submissions',
  of: { form_id: text() },
});
