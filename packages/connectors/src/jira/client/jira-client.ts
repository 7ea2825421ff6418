import { AdjutantError, type ConnectorContext } from '@adjutant/core';
import type { Client, SendRequestOptions } from 'jira.js/core';
import { z } from 'zod';
import { createRestClient, type QuotaReading, type RestClient } from '../../http/rest-client.ts';
import type { JsonRequest, QueryValue } from '../../http/send-json.ts';
import { jiraVendor } from '../jira-vendor.ts';
import { readAuthorization, type ReadingConfig, siteAddress } from './authorization.ts';
import { messageOf } from './message-of.ts';

type Operations = typeof import('./operations.ts')['operations'];

export interface JiraClient {
  rest: RestClient;
  /**
   * Asks for one thing by an operation of jira.js and reads the answer with a schema of ours, which
   * has only what is used. @throws AdjutantError
   */
  ask<Answer>(
    operation: (operations: Operations, client: Client) => Promise<unknown>,
    schema: z.ZodType<Answer>,
    what: string,
  ): Promise<Answer>;
}

/** Returns the one client of a pass; nothing is loaded or sent yet. */
export function createJiraClient(context: ConnectorContext<ReadingConfig>): JiraClient {
  const { config } = context;
  const rest = createRestClient(context, {
    vendor: jiraVendor,
    address: siteAddress(config),
    authorize: readAuthorization(config) ?? noCredential,
    messageOf,
    scopeRefusal: /scope does not match/i,
    readQuota,
  });
  return {
    rest,
    async ask(operation, schema, what) {
      const { operations } = await import('./operations.ts');
      const answer = await operation(operations, clientOver(rest, what));
      const parsed = schema.safeParse(answer);
      if (parsed.success) return parsed.data;
      throw new AdjutantError('Upstream', `Jira described ${what} in a form that is not known.`, {
        source: 'jira',
        hint: 'Update Adjutant, or check what stands between it and Jira.',
      });
    },
  };
}

/** What jira.js sends its operations through: ours, with our pace, our fetch and our errors. */
function clientOver(rest: RestClient, what: string): Client {
  return {
    async sendRequest<Answer>(options: SendRequestOptions<Answer>): Promise<Answer> {
      const { url, method = 'GET', body, searchParams = {} } = options;
      const answer = await rest.read(
        {
          method: methodSchema.parse(method),
          path: url,
          query: querySchema.parse(searchParams),
          ...(body === undefined ? {} : { body }),
        },
        what,
      );
      // Read with a schema of ours in `ask`: what jira.js says of its type is not relied upon.
      return answer.data as Answer;
    },
  };
}

const methodSchema = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) satisfies z.ZodType<
  JsonRequest['method']
>;
const querySchema = z.record(
  z.string(),
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.array(z.union([z.string(), z.number()])),
    z.null(),
    z.undefined(),
  ]),
) satisfies z.ZodType<Record<string, QueryValue>>;

async function noCredential(): Promise<never> {
  throw new AdjutantError('Configuration', 'There is no credential for Jira.', {
    source: 'jira',
    hint: 'Set JIRA_TOKEN, and write "token: ${JIRA_TOKEN}" and your "email" in the configuration.',
  });
}

/** Only apps are counted by points, so an API token hears nothing of a quota. */
function readQuota(
  headers: Readonly<Record<string, string>>,
  serverNow: number,
): QuotaReading | null {
  const limit = Number(headers['x-ratelimit-limit'] ?? Number.NaN);
  const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN);
  const reset = Date.parse(headers['x-ratelimit-reset'] ?? '');
  if (Number.isNaN(limit) || Number.isNaN(remaining) || Number.isNaN(reset)) return null;
  return { limit, remaining, resetInMs: Math.max(0, reset - serverNow) };
}
