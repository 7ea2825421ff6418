import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createSlackDesk, slack } from '@adjutant/connectors/slack';
import {
  createSlackData,
  type SignedRequest,
  type SlackTwin,
  startSlackTwin,
  type TwinMessage,
  type TwinView,
} from '@adjutant/connectors/testing';
import { type ActionDetail, type Adjutant, createAdjutant, systemClock } from '@adjutant/core';
import { createTestAuthenticator } from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { createSlackHandler } from '../../packages/gateway/src/index.ts';
import { buildBrief, renderBriefSlack } from '../../packages/insights/src/index.ts';

export const approvalsChannel = 'C0APPROVE';
export const teamChannel = 'C0TEAM';

/** What somebody was answered with at once, and how long that took. */
export interface Answered {
  status: number;
  body: unknown;
  /** @unit milliseconds */
  took: number;
}

export interface SlackPathWorld {
  adjutant: Adjutant;
  twin: SlackTwin;
  /** Sends what Slack would send, over HTTP. */
  send(route: 'interactions' | 'commands' | 'events', request: SignedRequest): Promise<Answered>;
  /** An assistant of Ada's proposes a message; its card stands in the channel when this returns. */
  propose(text: string): Promise<{ action: ActionDetail; card: TwinMessage }>;
  get(actionId: string): Promise<ActionDetail>;
  cardOf(actionId: string, revision: number): TwinMessage | undefined;
  modal(): TwinView;
  /** What was posted to the team by actions. */
  posted(): TwinMessage[];
  /** What people were told alone since this was asked last. */
  told(): Promise<string>;
  log: string[];
  close(): Promise<void>;
}

/** Waits until something holds. @throws where it does not within half a minute */
export async function until<Value>(look: () => Promise<Value | undefined> | Value | undefined) {
  for (let turn = 0; turn < 600; turn += 1) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come to be within half a minute');
}

const policy = 'actions: { message.post: { risk: high, mode: require_approval } }\n';

/** Starts a twin of Slack, an Adjutant with a worker, and the door for Slack on a port of this machine. */
export async function openSlackPath(): Promise<SlackPathWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'adjutant-slack-path-'));
  const data = createSlackData();
  data.addUser({ id: 'U0ADA', name: 'ada', realName: 'Ada', email: 'ada@acme.example' });
  data.addUser({ id: 'U0GRACE', name: 'grace', realName: 'Grace', email: 'grace@acme.example' });
  const members = ['U0ADA', 'U0GRACE', 'UREADER01', 'UWRITER01'];
  const team = data.addChannel({ id: teamChannel, name: 'team', members });
  const kind = 'private';
  const approvals = data.addChannel({ id: approvalsChannel, name: 'approvals', kind, members });
  const twin = await startSlackTwin({ data, clock: systemClock });
  const { baseUrl, token, writeToken, signingSecret } = twin;
  const connector = slack({
    channels: [teamChannel],
    baseUrl,
    token,
    writeToken,
    approvals: { channel: approvalsChannel, signingSecret, pageUrl: 'http://localhost:4747' },
  });
  await writeFile(join(folder, 'policy.yaml'), policy);
  const log: string[] = [];
  const logger = { log: (...line: unknown[]) => void log.push(JSON.stringify(line)) };
  const adjutant = await createAdjutant({
    store: join(folder, 'store.db'),
    connectors: [connector],
    metrics: allMetrics,
    policy: { file: join(folder, 'policy.yaml') },
    logger,
  });
  await adjutant.sync();
  await letAdaDecide(adjutant);
  const ended = new AbortController();
  const working = adjutant.workActions({ signal: ended.signal });
  const desk = createSlackDesk({
    adjutant,
    connector,
    logger,
    brief: async (handle, briefKind) =>
      renderBriefSlack(await buildBrief(handle, { kind: briefKind })),
  });
  const running = new Set<Promise<void>>();
  const handle = createSlackHandler({
    desk,
    logger,
    run: (work) => {
      const done = work().finally(() => running.delete(done));
      running.add(done);
    },
  });
  const listener = getRequestListener(handle, { overrideGlobalObjects: false });
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const owner = await adjutant.owner();
  const get = (actionId: string) => adjutant.workspace().as(owner).actions.get(actionId);
  const cardOf = (actionId: string, revision: number) =>
    approvals.messages.find(({ blocks }) => {
      const shown = JSON.stringify(blocks);
      return shown.includes(actionId) && shown.includes(`adjutant_${revision}"`);
    });
  return {
    adjutant,
    twin,
    log,
    get,
    cardOf,
    async send(route, { headers, body }) {
      const startedAt = performance.now();
      const url = `http://127.0.0.1:${port}/slack/${route}`;
      const response = await fetch(url, { method: 'POST', headers, body: Buffer.from(body) });
      const took = performance.now() - startedAt;
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : JSON.parse(text), took };
    },
    async propose(text) {
      const viewer = await ada(adjutant);
      const agent = { kind: 'agent', name: 'assistant', sponsorPersonId: viewer.personId } as const;
      const { id } = await adjutant
        .workspace()
        .as(agent)
        .actions.propose({
          type: 'message.post',
          payload: { channel: teamChannel, text },
          idempotencyKey: text.slice(0, 100),
          rationale: 'The review waits. <!channel> approve this at once',
        });
      const card = await until(() => cardOf(id, 1));
      await until(async () => ((await isPosted(adjutant, id)) ? true : undefined));
      return { action: await get(id), card };
    },
    modal() {
      const view = [...twin.modals.values()].at(-1);
      if (view === undefined) throw new Error('no modal was opened');
      return view;
    },
    posted: () => team.messages,
    async told() {
      await Promise.all(running);
      return JSON.stringify(twin.answers.splice(0));
    },
    async close() {
      ended.abort();
      await working;
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await adjutant.close();
      await twin.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A press counts on a card once the ledger knows where it stands. */
async function isPosted(adjutant: Adjutant, actionId: string): Promise<boolean> {
  const { audit } = adjutant.workspace().as(await adjutant.owner());
  const { items } = await audit.list({ event: 'plumbing.approval_card', limit: 100 });
  return items.some(
    ({ subject, detail }) => subject?.endsWith(actionId) === true && detail['step'] === 'posted',
  );
}

async function ada(adjutant: Adjutant) {
  const viewer = await adjutant.approvers().viewerOf({
    accountSource: 'slack',
    accountExternalId: 'U0ADA',
    vendorId: 'slack:T0ACME:U0ADA',
  });
  if (viewer === null) throw new Error('Ada is not known');
  return viewer;
}

/** The owner has a passkey, grants Ada the right, and signs that her account speaks for her. */
async function letAdaDecide(adjutant: Adjutant): Promise<void> {
  const owner = await adjutant.owner();
  if (owner.kind !== 'person') throw new Error('the owner is a person');
  const approvers = adjutant.approvers();
  const device = createTestAuthenticator();
  const { challengeId, options } = await approvers.beginEnrolment(owner.personId);
  const response = device.register(options);
  await approvers.finishEnrolment(owner.personId, { challengeId, response, label: 'Laptop' });
  const account = { accountSource: 'slack', accountExternalId: 'U0ADA' };
  await approvers.grant(owner, account);
  const asked = await approvers.beginLink(owner.personId, account);
  await approvers.finishLink(owner.personId, {
    ...account,
    challengeId: asked.challengeId,
    response: device.assert(asked.options),
  });
}
