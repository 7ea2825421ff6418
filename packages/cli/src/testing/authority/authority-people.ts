import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  type Adjutant,
  type Clock,
  createAdjutant,
  defineAction,
  type WorkspaceHandle,
} from '@adjutant/core';
import type { Viewer } from '@adjutant/core/domain';
import {
  createRowsConnector,
  createTestAuthenticator,
  type TestAuthenticator,
  vouchedProof,
  vouchingHost,
} from '@adjutant/core/testing';
import { z } from 'zod';
import { createGateway, type Gateway } from '@adjutant/gateway';
import { runCli, type RunResult } from '../run-cli.ts';

export const origin = 'http://localhost:4747';
/**
 * Vera has what Mallory and Lena, a lead, would like. Otto is Vera too, where that matters. Pat and Quinn
 * have nothing.
 */
export const names = ['vera', 'mallory', 'otto', 'lena', 'pat', 'quinn'] as const;
export type Name = (typeof names)[number];

/** One store, with its people, that a program, a terminal, tokens and browsers all work on. */
export interface AuthorityPeople {
  cwd: string;
  adjutant: Adjutant;
  gateway: Gateway;
  device: TestAuthenticator;
  ids: Readonly<Record<Name | 'owner', string>>;
  /** The administrator's, and the lead's. */
  viewers: Readonly<Record<'owner' | 'lena', PersonViewer>>;
  as: (viewer: Viewer) => WorkspaceHandle;
  /** Proposes what a person approves, what somebody else than Vera does, or what two people do. */
  propose: (what: Deployment) => Promise<string>;
  /** Whether the approvals of these people, one after the other, let it run. */
  approveAs: (actionId: string, personIds: readonly string[]) => Promise<boolean>;
  command: (words: readonly string[]) => Promise<RunResult>;
  /** Syncs in a program that names these accounts as one person. */
  declare: (accounts: readonly string[]) => Promise<void>;
  close: () => Promise<void>;
}

export type PersonViewer = Extract<Viewer, { kind: 'person' }>;

const startAt = Date.UTC(2026, 10, 2, 9);

/** Two accounts each, which a verified address holds together. */
const accountsIn = (source: string) =>
  createRowsConnector({
    id: source,
    records: () => ({
      people: {
        accounts: names.map((name) => ({
          ...{ source, externalId: name, login: name, name, vendorId: `${source}:${name}` },
          ...{ email: `${name}@acme.example`, emailVerified: true, kind: 'human', isBot: false },
        })),
      },
    }),
  });

const payloadSchema = z.strictObject({ text: z.string() });

export type Deployment = 'deploy.one' | 'deploy.of_vera' | 'deploy.two';
const policy = 'actions: { deploy.two: { risk: high, mode: require_approval, quorum: 2 } }\n';

const deploy = (id: Deployment) =>
  defineAction<z.infer<typeof payloadSchema>>({
    ...{ id, title: 'Deploy', risk: 'high', reversible: false },
    ...{ effectClass: 'keyed', inputSchema: payloadSchema },
    prepare: async (_, { text }) => ({
      target: { source: 'forge', externalId: '7', ref: 'acme/widgets#7', url: null },
      preconditions: {},
      ...{ facts: [], recipients: [], content: text, conditions: {} },
      excludedAccounts: id === 'deploy.of_vera' ? [{ source: 'forge', externalId: 'vera' }] : [],
    }),
    observe: async () => ({}),
    execute: async () => ({ outcome: 'applied', result: {} }),
  });

/** Opens it in a folder, whose store the command makes first: it is this installation's own. */
export async function openAuthorityPeople(cwd: string): Promise<AuthorityPeople> {
  const clock: Clock = {
    now: () => startAt,
    // Whoever waits waits a moment: a worker that looked again at once would keep the processor busy.
    sleep: async (_, signal) => {
      await setTimeout(20, undefined, signal === undefined ? {} : { signal });
    },
  };
  let hasTrusted = true;
  const command: AuthorityPeople['command'] = (words) => runCli(words, { cwd, clock, hasTrusted });
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
  writeFileSync(join(cwd, 'adjutant.policy.yaml'), policy);
  const made = await command(['people']);
  if (made.exitCode !== 0) throw new Error(made.stderr);
  // It stays as it was trusted.
  hasTrusted = false;
  const program = (people: readonly string[] = []): Promise<Adjutant> =>
    createAdjutant({
      ...{ store: join(cwd, 'store.db'), clock },
      connectors: [accountsIn('forge'), accountsIn('chat')],
      actions: [deploy('deploy.one'), deploy('deploy.of_vera'), deploy('deploy.two')],
      policy: { file: join(cwd, 'adjutant.policy.yaml') },
      approvals: { hostSession: vouchingHost },
      ...(people.length === 0 ? {} : { people: [{ name: 'One', accounts: people.map(keyOf) }] }),
    });
  const adjutant = await program();
  await adjutant.sync();
  const owner = await adjutant.owner();
  if (owner.kind !== 'person') throw new TypeError('An owner is a person.');
  const as = (viewer: Viewer): WorkspaceHandle => adjutant.workspace().as(viewer);
  const { items } = await as(owner).findPeople({ limit: 50 });
  const idOf = (name: Name): string =>
    items.find(({ accounts }) => accounts.some(({ login }) => login === name))?.id ?? '';
  const ids = {
    ...{ vera: idOf('vera'), mallory: idOf('mallory'), otto: idOf('otto') },
    ...{ lena: idOf('lena'), pat: idOf('pat'), quinn: idOf('quinn'), owner: owner.personId },
  };
  await as(owner).identityReview.setRole(ids.lena, 'lead', vouchedProof(owner));
  const lena: PersonViewer = { kind: 'person', personId: ids.lena, role: 'lead' };
  const device = createTestAuthenticator({ origin });
  const { challengeId, options } = await adjutant.approvers().beginEnrolment(owner.personId);
  const response = device.register(options);
  await adjutant
    .approvers()
    .finishEnrolment(owner.personId, { challengeId, response, label: 'Laptop' });
  const stop = new AbortController();
  const working = adjutant.workActions({ signal: stop.signal });
  const gateway = createGateway(adjutant, { origin, clock, limits: manyAsk });
  return {
    ...{ cwd, adjutant, gateway, device, ids, as, command, viewers: { owner, lena } },
    async propose(type) {
      const agent: Viewer = {
        ...{ kind: 'agent', name: 'assistant', sponsorPersonId: owner.personId },
      };
      const wanted = { type, payload: { text: 'Go' }, idempotencyKey: type, rationale: 'because' };
      const { id } = await as(agent).actions.propose(wanted);
      await as(owner).actions.await(id, { maxWaitMs: 60_000, until: 'prepared' });
      return id;
    },
    approveAs: (actionId, personIds) => approveAs(adjutant, actionId, personIds),
    async declare(accounts) {
      const other = await program(accounts);
      try {
        await other.sync();
      } finally {
        await other.close();
      }
    },
    async close() {
      stop.abort();
      await working.catch(() => undefined);
      await gateway.close();
      await adjutant.close();
    },
  };
}

/** A test asks more in a moment than anybody does in a minute. */
const manyAsk = { readsPerMinute: 1e9, writesPerMinute: 1e9, signInsPerMinute: 1e9 };

async function approveAs(
  adjutant: Adjutant,
  actionId: string,
  personIds: readonly string[],
): Promise<boolean> {
  let isAllowed = false;
  for (const personId of personIds) {
    const viewer: Viewer = { kind: 'person', personId, role: 'member' };
    try {
      const { actions } = adjutant.workspace().as(viewer);
      const { revision, payloadHash } = await actions.get(actionId);
      if (payloadHash === null) throw new Error('It was not prepared.');
      const decided = await actions.decide({
        ...{ actionId, revision, payloadHash, verdict: 'approve' },
        proof: { kind: 'host_session', subject: personId, method: 'test' },
      });
      isAllowed = decided.status !== 'pending';
    } catch (error) {
      onlyRefused(error);
    }
  }
  return isAllowed;
}

/** Lets through what refuses somebody, and nothing that is a mistake of the test. */
export function onlyRefused(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'Permission' && code !== 'Conflict' && code !== 'NotFound') throw error;
}

export function keyOf(account: string): { source: string; externalId: string } {
  const at = account.indexOf(':');
  return { source: account.slice(0, at), externalId: account.slice(at + 1) };
}
