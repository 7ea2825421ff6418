import { type ActionContext, AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import { createRestAccess, type Sent } from '../../writing/rest-access.ts';
import type { Arguments } from '../client/client.ts';
import { addressOf, authorizeWith } from '../client/credential.ts';
import { sendSlack, slackMessageOf } from '../client/send-slack.ts';
import type { SlackConfig } from '../config.ts';
import { slackVendor } from '../slack-vendor.ts';

/** Slack answers within seconds; what waited in a queue before is not known. */
export const quietPeriodMs = 60_000;

/** One action's way to Slack. Each request is made once: trying again is the engine's. */
export interface SlackAccess {
  canWrite: boolean;
  /** Returns what is wrong with the credential for writing, as far as it shows before it is used. */
  writeTrouble(): Promise<string | null>;
  /** @throws AdjutantError */
  read: <Data>(
    method: string,
    parameters: Arguments,
    schema: z.ZodType<Data>,
    what: string,
  ) => Promise<Data>;
  /** Like `read`, as whoever writes: only that one sees its own conversations. */
  readAsWriter: SlackAccess['read'];
  /** @throws AdjutantError `Upstream` where it is not known whether it was applied */
  send(method: string, parameters: Readonly<Record<string, unknown>>): Promise<Sent>;
}

const noWriteCredential =
  'There is no token for writing to Slack, so nothing was sent. Set SLACK_WRITE_TOKEN, write "writeToken: ${SLACK_WRITE_TOKEN}" below connectors.slack, start the worker again and propose it anew.';

/** Returns the way of one call of an action; nothing is sent yet. */
export function createSlackAccess(config: SlackConfig, context: ActionContext): SlackAccess {
  const { token, writeToken } = config;
  const reading = token ?? writeToken;
  const access = createRestAccess(context, {
    vendor: slackVendor,
    address: addressOf(config),
    authorizeRead: reading === undefined ? noToken : authorizeWith(reading, config),
    authorizeWrite: writeToken === undefined ? null : authorizeWith(writeToken, config),
    noWriteCredential,
    messageOf: slackMessageOf,
    transport: sendSlack,
  });
  const requestOf = (method: string, body: unknown) =>
    ({ method: 'POST', path: `/${method}`, body }) as const;
  return {
    canWrite: writeToken !== undefined,
    writeTrouble: async () => await access.writeTrouble(),
    read: async (method, parameters, schema, what) =>
      await access.read(requestOf(method, parameters), schema, what),
    readAsWriter: async (method, parameters, schema, what) =>
      await access.readAsWriter(requestOf(method, parameters), schema, what),
    send: async (method, parameters) => await access.send(requestOf(method, parameters)),
  };
}

async function noToken(): Promise<never> {
  throw new AdjutantError('Configuration', 'There is no token for Slack.', {
    source: slackVendor.source,
    hint: 'Set SLACK_TOKEN and write "token: ${SLACK_TOKEN}" in the configuration.',
  });
}
