import { setTimeout } from 'node:timers/promises';
import { type ActionDetail, type Adjutant, createAdjutant, defineAction } from '@adjutant/core';
import type { Viewer } from '@adjutant/core/domain';
import {
  createRowsConnector,
  createTestAuthenticator,
  type TestAuthenticator,
} from '@adjutant/core/testing';
import { z } from 'zod';
import { createGateway } from '../create-gateway.ts';
import type { Gateway } from '../gateway-options.ts';
import { partsOf } from '../origin-parts.ts';
import { createSteppedClock, type SteppedClock } from './stepped-clock.ts';

/** A browser that is signed in, or is not. */
export interface TestBrowser {
  cookie: string | null;
  csrf: string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** A page over a real Adjutant with two kinds of action and a worker. */
export interface PageWorld {
  adjutant: Adjutant;
  page: Gateway;
  clock: SteppedClock;
  owner: Viewer;
  /** What was really carried out. */
  sent: string[];
  device: TestAuthenticator;
  signIn(viewer?: Viewer, personId?: string): Promise<TestBrowser>;
  stranger(): TestBrowser;
  enrol(browser: TestBrowser, device?: TestAuthenticator): Promise<void>;
  /** Proposes as an assistant and waits until it is prepared. */
  propose(
    type: 'note.ask' | 'deploy.high',
    text: string,
    rationale?: string,
  ): Promise<ActionDetail>;
  read(id: string): Promise<ActionDetail>;
  settled(id: string): Promise<ActionDetail>;
  close(): Promise<void>;
}

export const testOrigin = 'http://localhost:4747';

/** Somebody with an account in a chat program; known after a sync. */
const chatAccounts = createRowsConnector({
  id: 'slack',
  records: () => ({
    ada: {
      accounts: [
        {
          source: 'slack',
          externalId: 'U0ADA',
          login: 'ada',
          name: 'Ada',
          email: null,
          emailVerified: false,
          vendorId: 'slack:T0ACME:U0ADA',
          kind: 'human',
          isBot: false,
        },
      ],
    },
  }),
});

const payloadSchema = z.strictObject({
  text: z.string(),
  urgent: z.boolean().optional(),
  labels: z.array(z.string()).optional(),
});

/** Opens it all in memory; beside a real provider at the time that it is there. */
export async function openPageWorld(startAt = Date.UTC(2026, 10, 2, 9)): Promise<PageWorld> {
  const clock = createSteppedClock(startAt);
  const sent: string[] = [];
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    connectors: [chatAccounts],
    actions: [writing('note.ask', 'medium', sent), writing('deploy.high', 'high', sent)],
  });
  const owner = await adjutant.owner();
  const page = createGateway(adjutant, { origin: testOrigin, clock });
  const stop = new AbortController();
  const worker = adjutant.workActions({ signal: stop.signal });
  const agent: Viewer = { kind: 'agent', name: 'assistant', sponsorPersonId: personIdOf(owner) };
  const proposing = adjutant.workspace().as(agent).actions;
  const device = createTestAuthenticator({ origin: testOrigin });
  let key = 0;
  const prepared = async (id: string): Promise<ActionDetail> => {
    for (let attempt = 0; attempt < 400; attempt += 1) {
      const action = await proposing.get(id);
      if (action.status !== 'preparing') return action;
      await setTimeout(5);
    }
    throw new Error('The worker did not prepare it.');
  };
  return {
    adjutant,
    page,
    clock,
    owner,
    sent,
    device,
    stranger: () => browserOf(page, null),
    async signIn(viewer = owner, personId) {
      const { token } = await adjutant.approvers().createLoginLink(viewer, personId);
      const browser = browserOf(page, null);
      const answer = await browser.post('/api/session', { token });
      const [pair = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
      browser.cookie = pair.slice(partsOf(testOrigin).cookieName.length + 1);
      const html = await (await browser.get('/')).text();
      browser.csrf = /name="adjutant-csrf" content="([^"]+)"/.exec(html)?.[1] ?? '';
      return browser;
    },
    async enrol(browser, made = device) {
      const question = questionSchema.parse(
        await (await browser.post('/api/passkeys/challenge', {})).json(),
      );
      const { challengeId } = question;
      const response = made.register(question.options);
      await browser.post('/api/passkeys', { challengeId, label: 'Laptop', response });
    },
    async propose(type, text, rationale) {
      key += 1;
      const { id } = await proposing.propose({
        type,
        payload: { text },
        idempotencyKey: `key-${key}`,
        rationale,
      });
      return prepared(id);
    },
    read: (id) => proposing.get(id),
    settled: (id) => proposing.await(id, { maxWaitMs: 10_000, until: 'settled' }),
    async close() {
      stop.abort();
      await worker.catch(() => undefined);
      await page.close();
      await adjutant.close();
    },
  };
}

/** What the page asks a passkey. */
export const questionSchema = z.object({
  challengeId: z.string(),
  options: z.looseObject({ challenge: z.string() }),
});

function personIdOf(viewer: Viewer): string {
  return viewer.kind === 'person' ? viewer.personId : '';
}

/** Returns a browser at a gateway, signed in by this cookie. */
export function browserOf(page: Gateway, cookie: string | null): TestBrowser {
  const browser: TestBrowser = {
    cookie,
    csrf: '',
    get: (path, headers = {}) => send('GET', path, undefined, headers),
    post: (path, body, headers = {}) => send('POST', path, JSON.stringify(body), headers),
  };
  const send = (
    method: string,
    path: string,
    body: string | undefined,
    extra: Record<string, string>,
  ): Promise<Response> => {
    const headers = new Headers({ host: 'localhost:4747' });
    if (method === 'POST') {
      headers.set('origin', testOrigin);
      headers.set('content-type', 'application/json');
      headers.set('x-adjutant-csrf', browser.csrf);
    }
    if (browser.cookie !== null)
      headers.set('cookie', `${partsOf(testOrigin).cookieName}=${browser.cookie}`);
    for (const [name, value] of Object.entries(extra)) headers.set(name, value);
    return page.fetch(
      new Request(`${testOrigin}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
      }),
    );
  };
  return browser;
}

function writing(id: string, risk: 'medium' | 'high', sent: string[]) {
  return defineAction<z.infer<typeof payloadSchema>>({
    id,
    title: 'Write a sentence',
    risk,
    reversible: false,
    effectClass: 'keyed',
    inputSchema: payloadSchema,
    prepare: (_, { text }) =>
      Promise.resolve({
        target: {
          source: 'example',
          externalId: '7',
          ref: 'acme/widgets#7',
          url: 'https://example.com/7',
        },
        preconditions: { head: 'a1' },
        facts: [
          { label: 'Branch', value: 'main <protected>', tone: 'plain' },
          { label: 'Checks', value: '1 of 3 red', tone: 'warning' },
        ],
        recipients: ['#general & everybody'],
        content: text,
        conditions: {},
        excludedAccounts: [],
      }),
    observe: () => Promise.resolve({ head: 'a1' }),
    execute: (_, { payload }) => {
      sent.push(payload.text);
      return Promise.resolve({ outcome: 'applied', result: { written: true } });
    },
    probe: () => Promise.resolve({ outcome: 'absent' }),
  });
}
