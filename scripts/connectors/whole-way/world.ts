import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Adjutant, createAdjutant } from '../../../packages/core/src/index.ts';
import { createTestAuthenticator } from '../../../packages/core/src/testing.ts';
import { github } from '../../../packages/connectors/src/github/connector.ts';
import { slack } from '../../../packages/connectors/src/slack/connector.ts';
import type { Emulator } from '../start-emulator.ts';
import type { Doors } from './doors.ts';

/** What each side signs what it sends with. */
export const secrets = { hooks: 'the secret of the hook', presses: 'what signs presses' };

export interface World {
  adjutant: Adjutant;
  connector: ReturnType<typeof slack>;
  github: Emulator;
  slack: Emulator;
  teamId: string;
  channels: { widgets: string; approvals: string };
  adaAccount: string;
}

const namedSchema = z.object({ id: z.string(), name: z.string() });

/** Returns an Adjutant over both systems; Slack is asked by way of the doors. */
export async function open(
  folder: string,
  githubSide: Emulator,
  slackSide: Emulator,
  doors: Doors,
): Promise<World> {
  const listed = await ask(slackSide, 'ada', 'conversations.list', {
    types: 'public_channel,private_channel',
  });
  const { channels } = z.object({ channels: z.array(namedSchema) }).parse(listed);
  const users = await ask(slackSide, 'ada', 'users.list');
  const { members } = z.object({ members: z.array(namedSchema) }).parse(users);
  const team = await ask(slackSide, 'ada', 'auth.test');
  const { team_id: teamId } = z.object({ team_id: z.string() }).parse(team);
  const idOf = (list: z.infer<typeof namedSchema>[], wanted: string): string => {
    const found = list.find(({ name }) => name === wanted);
    if (found === undefined) throw new Error(`There is no ${wanted}.`);
    return found.id;
  };
  const [widgets, approvals] = [idOf(channels, 'widgets'), idOf(channels, 'approvals')];
  const connector = slack({
    channels: [widgets],
    baseUrl: `${doors.url}/api/`,
    token: 'sreads',
    writeToken: 'swrites',
    approvals: { channel: approvals, signingSecret: secrets.presses },
  });
  const policyFile = join(folder, 'policy.yaml');
  await writeFile(policyFile, 'actions:\n  message.post: { mode: require_approval }\n');
  const adjutant = await createAdjutant({
    store: join(folder, 'store.db'),
    connectors: [
      connector,
      github({
        repositories: ['writer/widgets'],
        baseUrl: githubSide.url,
        token: 'reads',
        writeToken: 'writes',
        webhookSecret: secrets.hooks,
      }),
    ],
    policy: { file: policyFile },
  });
  return {
    adjutant,
    connector,
    github: githubSide,
    slack: slackSide,
    teamId,
    channels: { widgets, approvals },
    adaAccount: idOf(members, 'ada'),
  };
}

export type Handle = ReturnType<ReturnType<Adjutant['workspace']>['as']>;

/** Ada may decide by her Slack account, because a passkey of the owner's says that it is hers. */
export async function assistantOf({ adjutant, adaAccount }: World): Promise<Handle> {
  const owner = await adjutant.owner();
  if (owner.kind !== 'person') throw new Error('The owner is a person.');
  const approvers = adjutant.approvers();
  const device = createTestAuthenticator();
  const enrolled = await approvers.beginEnrolment(owner.personId);
  await approvers.finishEnrolment(owner.personId, {
    challengeId: enrolled.challengeId,
    response: device.register(enrolled.options),
    label: 'Laptop',
  });
  const account = { accountSource: 'slack', accountExternalId: adaAccount };
  const { personId } = await approvers.grant(owner, account);
  const { challengeId, options } = await approvers.beginLink(owner.personId, account);
  await approvers.finishLink(owner.personId, {
    ...account,
    challengeId,
    response: device.assert(options),
  });
  return adjutant.workspace().as({ kind: 'agent', name: 'assistant', sponsorPersonId: personId });
}
async function ask(
  { url }: Emulator,
  token: string,
  method: string,
  parameters: Record<string, string> = {},
): Promise<unknown> {
  const response = await fetch(`${url}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams(parameters),
  });
  return response.json();
}
const blockSchema = z.looseObject({ type: z.string() });
const messageSchema = z.looseObject({
  ts: z.string(),
  text: z.string(),
  blocks: z.array(blockSchema).nullish(),
});
export type Message = z.infer<typeof messageSchema>;

/** Returns what stands in a channel, the newest first. */
export async function messagesIn(world: World, channel: string): Promise<Message[]> {
  const answer = await ask(world.slack, 'ada', 'conversations.history', { channel });
  return z.object({ messages: z.array(messageSchema) }).parse(answer).messages;
}
