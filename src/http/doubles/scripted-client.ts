import type { JsonValue } from '../../foundation/json.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../client.ts';

/** For tests: an answer, or what the client throws. */
export type Scripted = HttpResponse | Error;

export const answer = (
  status: number,
  body: JsonValue = {},
  headers: HttpResponse['headers'] = {},
): HttpResponse => ({
  status,
  body,
  headers,
  sizeBytes: 0,
});

export interface ScriptedClient extends HttpClient {
  readonly sent: readonly HttpRequest[];
}

export type Script =
  readonly Scripted[] | ((request: HttpRequest, count: number) => Scripted | Promise<Scripted>);

/** For tests: answers in order; the last one again and again. */
export const createScriptedClient = (script: Script): ScriptedClient => {
  const sent: HttpRequest[] = [];
  return {
    sent,
    send: async (request) => {
      sent.push(request);
      const reply =
        typeof script === 'function'
          ? await script(request, sent.length)
          : script[Math.min(sent.length, script.length) - 1];
      if (reply === undefined) throw new Error('The script is empty.');
      if (reply instanceof Error) throw reply;
      return reply;
    },
  };
};
