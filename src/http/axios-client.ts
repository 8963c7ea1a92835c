import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import axios, { AxiosError, type AxiosInstance, type AxiosResponse, isAxiosError } from 'axios';
import type { ConnectorError } from '../foundation/errors.ts';
import type { HttpClient, HttpRequest, HttpResponse } from './client.ts';
import { decodedBody } from './decoded-body.ts';
import { withDeadline } from './deadline.ts';
import { describeRequest } from './describe-request.ts';
import { httpError } from './http-errors.ts';
import { parseAnswer } from './parse-answer.ts';
import { takeBody } from './take-body.ts';
import { addressOf, encodeBody } from './wire-request.ts';

interface AxiosClientOptions {
  /** Of the API, with or without a trailing slash. */
  readonly baseUrl: string;
  /** For a whole exchange, the body included. */
  readonly timeoutMs: number;
  /** HighLevel's edge blocks the names that libraries give themselves (403, error code 1010). */
  readonly userAgent: string;
  /** Of one decoded answer. */
  readonly maxAnswerBytes: number;
  /** Connections to one host; unlimited by default. */
  readonly maxSockets?: number;
}

/** What Node.js calls the reasons not to trust a certificate. */
const UNTRUSTED = /CERT|UNABLE_TO_VERIFY/;
const UNUSABLE_ADDRESS = new Set(['ERR_INVALID_URL', 'ERR_BAD_OPTION', 'ERR_BAD_REQUEST']);

const tooLarge = (request: HttpRequest, maxAnswerBytes: number): ConnectorError => {
  const { whom, what } = describeRequest(request);
  const mebibytes = (maxAnswerBytes / 2 ** 20).toFixed(0);
  return httpError('answer_too_large', { whom, mebibytes }, { internalMessage: `${what}: answer too large` });
};

/** Never with the axios error as its cause: that holds the request with its token. */
const failureOf = (thrown: unknown, request: HttpRequest): ConnectorError => {
  const { whom, what } = describeRequest(request);
  const code = isAxiosError(thrown) ? (thrown.code ?? 'no code') : 'no code';
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const internalMessage = `${what}: ${code}, ${text}`;
  if (UNUSABLE_ADDRESS.has(code) && isAxiosError(thrown) && thrown.response === undefined)
    return httpError('address_unusable', { whom }, { internalMessage });
  const kind = UNTRUSTED.test(code) ? 'certificate_untrusted' : 'unreachable';
  return httpError(kind, { whom, code }, { internalMessage });
};

/** Node puts the values of a header that comes several times into a list. */
const headersOf = (response: AxiosResponse<Readable>): HttpResponse['headers'] =>
  Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );

/** @throws AxiosError when the connection ends before the answer does */
const read = async (
  response: AxiosResponse<Readable>,
  request: HttpRequest,
  maxBytes: number,
): Promise<HttpResponse> => {
  const { status, data } = response;
  const head = { status, headers: headersOf(response) };
  request.onHead?.(head.headers);
  // What a failure says has to be read.
  const admits = status >= 200 && status < 300 ? request.admits : undefined;
  const body = decodedBody(data, head.headers['content-encoding']);
  const taken = await takeBody(body, { maxBytes, admits }).catch((thrown: unknown) => {
    throw AxiosError.from(thrown);
  });
  switch (taken.kind) {
    case 'whole':
      return parseAnswer({ ...head, bytes: taken.bytes }, request);
    case 'not_admitted':
      return { ...head, body: null, sizeBytes: taken.sizeBytes, isBrokenOff: true };
    case 'too_large':
      throw tooLarge(request, maxBytes);
  }
};

const createInstance = (maxSockets: number): AxiosInstance =>
  axios.create({
    adapter: 'http',
    httpAgent: new HttpAgent({ keepAlive: true, maxSockets }),
    // Said, because NODE_TLS_REJECT_UNAUTHORIZED would be asked otherwise.
    httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets, rejectUnauthorized: true }),
    maxRedirects: 0,
    responseType: 'stream',
    decompress: false,
    validateStatus: () => true,
    transformRequest: (data: unknown) => data,
    transformResponse: (data: unknown) => data,
  });

/**
 * HTTP over kept-alive connections. Follows no redirect: that would carry the token elsewhere. Always verifies
 * certificates, also where the environment says otherwise. Honours the environment's proxies, through which it speaks TLS
 * with the other end.
 */
export const createAxiosClient = (options: AxiosClientOptions): HttpClient => {
  const { baseUrl, userAgent, maxAnswerBytes, maxSockets = Infinity } = options;
  const instance = createInstance(maxSockets);
  const standard = { accept: 'application/json', 'accept-encoding': 'gzip', 'user-agent': userAgent };

  const exchange = async (request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> => {
    const { text, contentHeaders } = encodeBody(request.body);
    const url = addressOf(baseUrl, request.path, request.query);
    const response = await instance.request<Readable>({
      method: request.method,
      url,
      // Without TLS only this machine is spoken to, and a proxy elsewhere would be told the token.
      ...(/^http:/i.test(url) && { proxy: false }),
      headers: { ...standard, ...contentHeaders, ...request.headers },
      data: text,
      signal,
    });
    return read(response, request, maxAnswerBytes);
  };
  return {
    send: async (request, signal) => {
      signal?.throwIfAborted();
      const timeoutMs = request.timeoutMs ?? options.timeoutMs;
      const deadline = withDeadline(timeoutMs, signal);
      try {
        return await exchange(request, deadline.signal);
      } catch (thrown) {
        signal?.throwIfAborted();
        if (!isAxiosError(thrown)) throw thrown;
        const { whom, what } = describeRequest(request);
        if (deadline.isOver())
          throw httpError(
            'timed_out',
            { whom, seconds: timeoutMs / 1000 },
            { internalMessage: `${what}: timeout` },
          );
        throw failureOf(thrown, request);
      } finally {
        deadline.clear();
      }
    },
  };
};
