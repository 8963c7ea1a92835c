import { describe, expect, test } from '@jest/globals';
import { jwt } from '../auth/doubles/jwt.ts';
import type { Credentials } from '../config/credentials.ts';
import { createRecordingLog } from '../http/doubles/recording-log.ts';
import { defineStream, type StreamDefinition } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { listAt } from '../stream/selectors.ts';
import { discover, isAllowed } from './discover.ts';

const stream = (name: string, more: Partial<StreamDefinition> = {}): StreamDefinition =>
  defineStream({
    name,
    description: name,
    scope: `${name}.readonly`,
    columns: {},
    retrieval: {
      kind: 'list',
      endpoint: endpoint({ request: () => ({ path: `/${name}`, parameters: {} }), select: listAt(name) }),
    },
    ...more,
  });

const forms = stream('forms');
const pages = stream('pages', {
  retrieval: { kind: 'children', of: forms, rows: { from: 'parent', of: () => [] } },
});
const notes = stream('notes', { isCostly: true });
const touches = stream('touches', { isCostly: true });
const ALL = [forms, pages, notes, touches];

const PRIVATE: Credentials = { kind: 'private', tokens: new Map([['L1', 'pit-1']]) };
const signedIn = (...scopes: readonly string[]): Credentials => ({
  kind: 'oauth',
  clientId: 'c',
  clientSecret: 's',
  refreshToken: 'r',
  accessToken: jwt({ oauthMeta: { scopes } }),
  tokenExpiryMs: undefined,
  tokenUrl: undefined,
});
const run = (costlyStreams: readonly string[], credentials: Credentials = PRIVATE) => {
  const log = createRecordingLog();
  const names = discover(ALL, { credentials, costlyStreams }, log).map(({ name }) => name);
  return { names, lines: log.lines };
};

describe('the catalog', () => {
  test('has no costly stream unless it is asked for by name', () => {
    expect(run([]).names).toEqual(['forms', 'pages']);
    expect(run(['notes']).names).toEqual(['forms', 'pages', 'notes']);
    expect(run(['touches', 'notes']).names).toEqual(['forms', 'pages', 'notes', 'touches']);
  });

  test('does not speak of costly streams that nobody asked for', () => {
    expect(run([]).lines).toEqual([]);
  });
});

describe('a stream whose scope is missing', () => {
  test('is left out, and the log names the scope', () => {
    const { names, lines } = run(['notes'], signedIn('forms.readonly', 'pages.readonly'));
    expect(names).toEqual(['forms', 'pages']);
    expect(lines).toEqual([
      'info: The stream notes is left out: the app has no scope notes.readonly. Add it and sign in again.',
    ]);
  });

  test('takes those with it that are read by way of it', () => {
    const { names, lines } = run([], signedIn('pages.readonly'));
    expect(names).toEqual([]);
    expect(lines.join()).toContain('pages is left out: the app has no scope forms.readonly.');
  });

  test('is offered when the token does not say what it has', () => {
    const unsaid = { ...signedIn(), accessToken: 'no jwt' };
    expect(run([], unsaid).names).toEqual(['forms', 'pages']);
    expect(isAllowed(forms, undefined)).toBe(true);
  });

  test('is not missed by the locations, which come without a profile then', () => {
    const locations = stream('locations', { retrieval: { kind: 'directory' } });
    expect(isAllowed(locations, new Set())).toBe(true);
  });
});
