import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  type ActionDetail,
  type Adjutant,
  type Approvers,
  createAdjutant,
  type IdentityOperation,
  type IdentityProof,
  type InteractionDesk,
  type InteractionRoute,
  type LogLevel,
} from '@adjutant/core';
import type { Viewer } from '@adjutant/core/domain';
import {
  createFakeClock,
  createTestAction,
  createTestAuthenticator,
  createTestTarget,
  type FakeClock,
  type TestActionOptions,
  type TestTarget,
} from '@adjutant/core/testing';
import { expect, vi } from 'vitest';
import { z } from 'zod';
import { slack } from '../connector.ts';
import { createSlackDesk } from '../interactions/create-slack-desk.ts';
import type { SlackBrief } from '../interactions/desk.ts';
import type { TwinChannel, TwinMessage } from '../testing/slack-data.ts';
import type { SignedRequest, SubmitOptions } from '../testing/signed-requests.ts';
import { type SlackTwin, startSlackTwin } from '../testing/start-slack-twin.ts';
import type { TwinView } from '../testing/view-methods.ts';
import { makeSlackWorld, now, type SlackWorld } from './slack-world.ts';

type Preparation = NonNullable<TestActionOptions['preparation']>;

export interface ApprovalWorld extends SlackWorld {
  twin: SlackTwin;
  clock: FakeClock;
  adjutant: Adjutant;
  approvers: Approvers;
  desk: InteractionDesk;
  target: TestTarget;
  approvals: TwinChannel;
  ada: Viewer & { kind: 'person' };
  grace: Viewer & { kind: 'person' };
  owner: Viewer & { kind: 'person' };
  /** Whose passkey signs links, one for each person. */
  link(personId: string, account: string): Promise<string>;
  grant(account: string): Promise<string>;
  /** The owner's passkey under a change of who is who. */
  agree(operation: IdentityOperation): Promise<IdentityProof>;
  /** An assistant of Ada's proposes; prepared and pending when this returns. */
  propose(text?: string): Promise<ActionDetail>;
  get(actionId: string): Promise<ActionDetail>;
  /** Works as `adjutant serve` does until the condition holds; each look moves time on by so much. */
  until(check: () => Promise<void> | void, stepMs?: number): Promise<void>;
  cards(): TwinMessage[];
  /** Takes a request in, does its work, and returns what the person was told. */
  take(route: InteractionRoute, request: SignedRequest): Promise<string>;
  /** The modal that was opened last. */
  modal(): TwinView;
  /** Sends a form as it stands with some fields written anew, and returns what it shows in the end. */
  submit(options: SubmitOptions): Promise<string>;
  log: string[];
  bytesOfStore(): string;
  /** Ends the process and begins another over the same store. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface ApprovalWorldOptions {
  preparation?: Partial<Preparation>;
  approvals?: Readonly<Record<string, unknown>>;
  channel?: Partial<TwinChannel>;
  risk?: TestActionOptions['risk'];
  /** The text of a policy file. */
  policy?: string;
  brief?: SlackBrief;
}

/** Starts a twin, an Adjutant that shows cards there, and people with passkeys. */
export async function startApprovalWorld(
  options: ApprovalWorldOptions = {},
): Promise<ApprovalWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'slack-approvals-'));
  const still = createFakeClock(now);
  // Waiting takes a turn of the loop and no time, so that nothing expires before a test wants it to.
  const clock = {
    ...still,
    sleep: (_: number, signal?: AbortSignal) => setTimeout(1, undefined, { signal }),
  };
  const slackWorld = makeSlackWorld();
  const { data } = slackWorld;
  const approvals = data.addChannel({
    id: 'C0APPROVE',
    name: 'approvals',
    kind: 'private',
    members: ['U0ADA', 'U0GRACE', 'UREADER01', 'UWRITER01'],
    ...options.channel,
  });
  const twin = await startSlackTwin({ data, clock });
  const target = createTestTarget();
  const connector = slack({
    channels: ['C0WIDGETS'],
    baseUrl: twin.baseUrl,
    token: twin.token,
    writeToken: twin.writeToken,
    approvals: {
      channel: '#approvals',
      signingSecret: twin.signingSecret,
      pageUrl: 'http://localhost:4747',
      ...options.approvals,
    },
  });
  const log: string[] = [];
  const logger = {
    log: (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => {
      log.push(JSON.stringify([level, message, fields]));
    },
  };
  const action = createTestAction({
    target,
    risk: options.risk ?? 'high',
    preparation: { conditions: {}, ...options.preparation },
  });
  const policyFile = join(folder, 'policy.yaml');
  writeFileSync(policyFile, options.policy ?? '');
  const open = async (): Promise<{ adjutant: Adjutant; desk: InteractionDesk }> => {
    const store = join(folder, 'store.db');
    const adjutant = await createAdjutant({
      store,
      connectors: [connector],
      actions: [action],
      clock,
      logger,
      random: () => 0.5,
      ...(options.policy === undefined ? {} : { policy: { file: policyFile } }),
    });
    const brief = options.brief === undefined ? {} : { brief: options.brief };
    const desk = createSlackDesk({ adjutant, connector, clock, logger, ...brief });
    return { adjutant, desk };
  };
  let { adjutant, desk } = await open();
  await adjutant.sync();
  const owner = await adjutant.owner();
  if (owner.kind !== 'person') throw new Error('The owner is a person.');
  const personOf = async (account: string): Promise<Viewer & { kind: 'person' }> => {
    const vendorId = `slack:T0ACME:${account}`;
    const found = { accountSource: 'slack', accountExternalId: account, vendorId };
    const viewer = await adjutant.approvers().viewerOf(found);
    if (viewer === null) throw new Error('Nobody has this account.');
    return viewer;
  };
  const devices = new Map([[owner.personId, createTestAuthenticator()]]);
  const device = (personId: string) => devices.get(personId) ?? createTestAuthenticator();
  const enrolled = await adjutant.approvers().beginEnrolment(owner.personId);
  await adjutant.approvers().finishEnrolment(owner.personId, {
    challengeId: enrolled.challengeId,
    response: device(owner.personId).register(enrolled.options),
    label: 'Laptop',
  });
  const until: ApprovalWorld['until'] = async (check, stepMs = 0) => {
    const ended = new AbortController();
    const working = adjutant.workActions({ signal: ended.signal });
    try {
      await vi.waitFor(
        async () => {
          clock.advance(stepMs);
          await check();
        },
        { timeout: 60_000, interval: 5 },
      );
    } finally {
      ended.abort();
      await working;
    }
  };
  return {
    ...slackWorld,
    twin,
    clock,
    get adjutant() {
      return adjutant;
    },
    get approvers() {
      return adjutant.approvers();
    },
    get desk() {
      return desk;
    },
    target,
    approvals,
    ada: await personOf('U0ADA'),
    grace: await personOf('U0GRACE'),
    owner,
    async link(signer, account) {
      const wanted = { accountSource: 'slack', accountExternalId: account };
      const { challengeId, options: asked } = await adjutant.approvers().beginLink(signer, wanted);
      const response = device(signer).assert(asked);
      const given = { ...wanted, challengeId, response };
      return (await adjutant.approvers().finishLink(signer, given)).linkId;
    },
    async agree(operation) {
      const approvers = adjutant.approvers();
      const asked = await approvers.beginIdentityChange(owner.personId, operation);
      const signed = device(owner.personId).assert(asked.options);
      const response = z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(signed)));
      return { kind: 'passkey', challengeId: asked.challengeId, response };
    },
    grant: async (account) =>
      (await adjutant.approvers().grant(owner, { accountSource: 'slack', accountExternalId: account }))
        .id,
    async propose(text = 'Two reviews wait.') {
      const { personId: sponsorPersonId } = await personOf('U0ADA');
      const agent = { kind: 'agent', name: 'assistant', sponsorPersonId } as const;
      const { actions } = adjutant.workspace().as(agent);
      const idempotencyKey = `${text}:${clock.now()}`;
      const { id } = await actions.propose({ type: action.id, payload: { text }, idempotencyKey });
      await until(async () => expect((await actions.get(id)).status).toBe('pending'));
      return actions.get(id);
    },
    get: async (actionId) => adjutant.workspace().as(owner).actions.get(actionId),
    until,
    cards: () => approvals.messages,
    async take(route, request) {
      const before = twin.answers.length;
      const received = await desk.receive(route, request);
      await received.work?.();
      return JSON.stringify([received.status, received.reason, ...twin.answers.slice(before)]);
    },
    modal() {
      const view = [...twin.modals.values()].at(-1);
      if (view === undefined) throw new Error('No modal was opened.');
      return view;
    },
    async submit(sent) {
      const received = await desk.receive('interactions', twin.hands.submit(sent));
      const wrong = twin.answerForm(sent.view.id, received.body);
      if (wrong !== null) return JSON.stringify(wrong);
      await received.work?.();
      return JSON.stringify(twin.modals.get(sent.view.id)?.body);
    },
    log,
    bytesOfStore: () =>
      readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), 'latin1'))
        .join('\n'),
    async restart() {
      await adjutant.close();
      ({ adjutant, desk } = await open());
    },
    async close() {
      await adjutant.close();
      await twin.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
