import type { Redirect } from './read-redirect.ts';

/** What the browser is shown. */
export interface RedirectPage {
  readonly status: number;
  readonly html: string;
}

const page = (status: number, title: string, text: string): RedirectPage => ({
  status,
  html:
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">' +
    `<title>${title}</title><style>body{font:1.1em/1.5 system-ui,sans-serif;max-width:34em;margin:4em auto;padding:0 1em}</style></head>` +
    `<body><h1>${title}</h1><p>${text}</p></body></html>\n`,
});

/** Nothing that came with the request is shown. */
export const redirectPage = ({ kind }: Redirect): RedirectPage => {
  switch (kind) {
    case 'code':
      return page(200, 'Almost done', 'You can close this window. The terminal says how it goes on.');
    case 'refused':
      return page(200, 'No access was given', 'You can close this window. The terminal says why.');
    case 'foreign':
      return page(
        400,
        'This is not the sign-in that was begun',
        'It may be an older one: open the address that the terminal shows. If you have just done that, copy the address of this page and paste it into the terminal.',
      );
    case 'empty':
      return page(400, 'Nothing to do here', 'Open the address that the terminal shows, and choose there.');
  }
};
