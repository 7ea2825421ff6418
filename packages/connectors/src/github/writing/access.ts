import { type ActionContext, AdjutantError, type ExecuteResult } from '@adjutant/core';
import type { z } from 'zod';
import { type ApiAddress, readApiAddress } from '../client/api-address.ts';
import { bindCredential } from '../client/credential.ts';
import { createOctokit, type SendRequest } from '../client/create-octokit.ts';
import { type FailedRequest, readFailure } from '../client/foreign-errors.ts';
import { readGraphqlBody } from '../client/graphql-answer.ts';
import type { GithubConfig } from '../config.ts';
import { wasNeverSent } from '../../writing/was-never-sent.ts';
import { readingError, refusedGraphql, resultOfFailure } from './failures.ts';

const timeoutMs = 30_000;

/** GitHub breaks a request off after ten seconds; what waited in a queue before is not known. */
export const quietPeriodMs = 60_000;

/** How a write ended: with an answer, or with a result that the engine can be told. */
export type Sent =
  | { ok: true; data: unknown }
  | { ok: false; status: number | null; result: ExecuteResult };

type Query = Readonly<Record<string, string | number>>;

/** One action's way to GitHub. Each request is made once: trying again is the engine's. */
export interface GithubAccess {
  address: ApiAddress;
  canWrite: boolean;
  /** Returns what is wrong with the credential for writing, as far as it shows before it is used. */
  writeTrouble(): Promise<string | null>;
  /** @throws AdjutantError */
  get<Data>(path: string, schema: z.ZodType<Data>, what: string, query?: Query): Promise<Data>;
  /** Returns null where there is no such thing. @throws AdjutantError */
  find<Data>(
    path: string,
    schema: z.ZodType<Data>,
    what: string,
    query?: Query,
  ): Promise<Data | null>;
  /** Nothing but a whole answer counts. @throws AdjutantError */
  graphql<Data>(
    name: string,
    text: string,
    variables: object,
    schema: z.ZodType<Data>,
  ): Promise<Data>;
  /**
   * Sends with the credential for writing.
   * @throws AdjutantError `Upstream` where it is not known whether it was applied
   */
  send(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Sent>;
  /** Like `get`, as whoever writes. */
  getAsWriter<Data>(path: string, schema: z.ZodType<Data>, what: string): Promise<Data>;
}

type AccessContext = Pick<ActionContext, 'clock' | 'logger' | 'fetch' | 'signal'>;
type Send = (parameters: Parameters<SendRequest>[0]) => ReturnType<SendRequest>;

/** Returns the way to GitHub for one call of an action; nothing is sent yet. */
export function createAccess(config: GithubConfig, context: AccessContext): GithubAccess {
  const address = readApiAddress(config.baseUrl);
  const writing = writingConfig(config);
  const reading = config.token === undefined && config.app === undefined ? writing : config;
  const reader = sender(reading ?? config, context, true);
  const writer = sender(writing ?? config, context, false);

  const read = async <Data>(
    send: Send,
    request: { path: string; query?: Query; what: string; schema: z.ZodType<Data> },
  ): Promise<Data | null> => {
    const { path, query = {}, what, schema } = request;
    const url = new URL(`${address.baseUrl}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    try {
      const { data } = await send({ method: 'GET', url: url.href });
      return parsed(schema, data, what);
    } catch (error) {
      const failure = failureOf(error, context.signal);
      if (failure.status === 404) return null;
      throw readingError(failure, what);
    }
  };
  const found = <Data>(data: Data | null, what: string): Data => {
    if (data !== null) return data;
    throw readingError({ ...noAnswer, status: 404 }, what);
  };

  return {
    address,
    canWrite: writing !== null,
    writeTrouble: async () => await troubleWith(writing),
    get: async (path, schema, what, query = {}) =>
      found(await read(reader, { path, schema, what, query }), what),
    find: async (path, schema, what, query = {}) =>
      await read(reader, { path, schema, what, query }),
    getAsWriter: async (path, schema, what) =>
      found(await read(writer, { path, schema, what }), what),
    async graphql(name, query, variables, schema) {
      const what = 'this';
      try {
        const { data } = await reader({
          method: 'POST',
          url: address.graphqlUrl,
          query,
          variables,
          operationName: name,
        });
        const body = readGraphqlBody(data);
        if (body === null || body.problems.length > 0 || body.data === null) {
          throw refusedGraphql(body?.problems ?? []);
        }
        return parsed(schema, body.data, what);
      } catch (error) {
        throw readingError(failureOf(error, context.signal), what);
      }
    },
    async send(method, path, body) {
      if (writing === null) return { ok: false, status: null, result: noWriteToken };
      try {
        const answer = await writer({
          method,
          url: `${address.baseUrl}${path}`,
          ...(body === undefined ? {} : { data: body }),
        });
        if (answer.status < 300) return { ok: true, data: answer.data };
        return ended({ ...noAnswer, status: answer.status });
      } catch (error) {
        const inner = AdjutantError.isInstance(error) ? error : errorWithin(error);
        // Ours, from before anything was sent: another host, a token that cannot be one.
        if (inner !== null) return { ok: false, status: null, result: refusal(inner) };
        if (wasNeverSent(error)) return { ok: false, status: null, result: neverSent };
        return ended(failureOf(error, null));
      }
    },
  };
}

function ended(failure: FailedRequest): Sent {
  return { ok: false, status: failure.status, result: resultOfFailure(failure) };
}

function refusal({ message, hint }: AdjutantError): ExecuteResult {
  return { outcome: 'refused', reason: hint === null ? message : `${message} ${hint}` };
}

const neverSent: ExecuteResult = {
  outcome: 'not_applied',
  reason: 'GitHub could not be reached; nothing was sent.',
};

const noWriteToken: ExecuteResult = {
  outcome: 'refused',
  reason:
    'There is no credential for writing to GitHub, so nothing was sent. Set GITHUB_WRITE_TOKEN, write "writeToken: ${GITHUB_WRITE_TOKEN}" below connectors.github, start the worker again and propose it anew.',
};

async function troubleWith(writing: GithubConfig | null): Promise<string | null> {
  if (writing === null) {
    return 'none: set GITHUB_WRITE_TOKEN first, or it will be refused when it is carried out';
  }
  try {
    const { credential } = bindCredential(writing);
    if (credential.kind === 'token') await credential.token();
    return null;
  } catch (error) {
    return AdjutantError.isInstance(error) ? error.message : 'it cannot be read';
  }
}

/** Returns the configuration with the credential for writing as the only one; null without one. */
export function writingConfig(config: GithubConfig): GithubConfig | null {
  const { token: _, app: __, writeToken, ...rest } = config;
  return writeToken === undefined ? null : { ...rest, token: writeToken };
}

function sender(config: GithubConfig, context: AccessContext, followsRedirects: boolean): Send {
  let octokit: ReturnType<typeof createOctokit> | null = null;
  return async (parameters) => {
    const { clock, logger, fetch, signal } = context;
    octokit ??= createOctokit(
      { config, clock, logger, fetch, signal },
      { followsRedirects, timeoutMs },
    );
    return await (await octokit).send(parameters);
  };
}

function parsed<Data>(schema: z.ZodType<Data>, data: unknown, what: string): Data {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  throw new AdjutantError('Upstream', `GitHub described ${what} in a form that is not known.`, {
    source: 'github',
    hint: 'Update Adjutant, or check what stands between it and GitHub.',
  });
}

const noAnswer: FailedRequest = { status: null, headers: {}, message: '', body: null };

/** Returns what failed; an error of our own, and an abort, go on as they are. */
function failureOf(error: unknown, signal: AbortSignal | null): FailedRequest {
  signal?.throwIfAborted();
  if (AdjutantError.isInstance(error)) throw error;
  const inner = errorWithin(error);
  if (inner !== null) throw inner;
  return readFailure(error) ?? noAnswer;
}

function errorWithin(error: unknown): AdjutantError | null {
  const inner = error instanceof Error ? error.cause : null;
  return AdjutantError.isInstance(inner) ? inner : null;
}
