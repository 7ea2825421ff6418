import { AdjutantError, type ConnectorContext } from '@adjutant/core';
import type { z } from 'zod';
import type { Address } from '../../http/address.ts';
import type { Governor } from '../../http/governor.ts';
import { createRestClient } from '../../http/rest-client.ts';
import { slackVendor } from '../slack-vendor.ts';
import { addressOf, authorizeWith, type ReadingConfig } from './credential.ts';
import { sendSlack, slackMessageOf } from './send-slack.ts';

export type Arguments = Readonly<Record<string, string | number | boolean>>;

export interface SlackAnswer<Data> {
  data: Data;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
}

/** The one client of a pass: requests follow one another, and what Slack asks to wait for is waited for. */
export interface SlackClient {
  address: Address;
  governor: Governor;
  /** Calls a method that reads. @throws AdjutantError for every answer that is none of success */
  call<Data>(
    method: string,
    parameters: Arguments,
    schema: z.ZodType<Data>,
    what: string,
  ): Promise<SlackAnswer<Data>>;
  /** The server's time as far as its answers tell. @unit epoch milliseconds */
  serverNow(): number;
}

/** Returns the client of a pass; nothing is sent yet. @throws AdjutantError `Configuration` */
export function createSlackClient(context: ConnectorContext<ReadingConfig>): SlackClient {
  const { config } = context;
  if (config.token === undefined) {
    throw new AdjutantError('Configuration', 'There is no token for Slack.', {
      source: slackVendor.source,
      hint: 'Set SLACK_TOKEN and write "token: ${SLACK_TOKEN}" in the configuration.',
    });
  }
  const address = addressOf(config);
  const rest = createRestClient(context, {
    vendor: slackVendor,
    address,
    authorize: authorizeWith(config.token, config),
    messageOf: slackMessageOf,
    send: sendSlack,
  });
  return {
    address,
    governor: rest.governor,
    serverNow: () => rest.serverNow(),
    async call(method, parameters, schema, what) {
      const request = { method: 'POST', path: `/${method}`, body: parameters } as const;
      const { data, headers } = await rest.read(request, what);
      const parsed = schema.safeParse(data);
      if (parsed.success) return { data: parsed.data, headers };
      throw new AdjutantError('Upstream', `Slack described ${what} in a form that is not known.`, {
        source: slackVendor.source,
        hint: 'Update Adjutant, or check what stands between it and Slack.',
      });
    },
  };
}
