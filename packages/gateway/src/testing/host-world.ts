import { type Adjutant, createAdjutant, type AdjutantOptions } from '@adjutant/core';
import type { Person } from '@adjutant/core/domain';
import { createFakeClock } from '@adjutant/core/testing';
import type { SignedInPerson } from '../auth/principal.ts';
import { createGateway } from '../create-gateway.ts';
import type { Gateway, GatewayOptions } from '../gateway-options.ts';
import { testOrigin } from './page-world.ts';

/** Somebody who asks: a role of a person, a program with a token, or nobody. */
export type Asker = Person['role'] | 'token' | 'nobody';

/** A gateway whose people a host signs in, so that a test asks as whoever it likes. */
export interface HostWorld {
  adjutant: Adjutant;
  gateway: Gateway;
  clock: ReturnType<typeof createFakeClock>;
  get(path: string, as?: Asker, personId?: string): Promise<Response>;
  /** The text of a page, whatever its status. */
  page(path: string, as?: Asker, personId?: string): Promise<string>;
  post(path: string, body: unknown, as?: Asker, personId?: string): Promise<Response>;
  close(): Promise<void>;
}

export const hostNow = Date.UTC(2026, 10, 2, 9);
const tokenText = 'a-token-of-this-test';

/** Opens an Adjutant over a store in memory, and a gateway in front of it. */
export async function openHostWorld(
  options: Partial<AdjutantOptions> = {},
  more: Partial<GatewayOptions> = {},
): Promise<HostWorld> {
  const clock = createFakeClock(hostNow);
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    ...options,
  });
  // Whoever asks is somebody of the workspace, in the role that a test gives them.
  const owner = await adjutant.owner();
  if (owner.kind !== 'person') throw new TypeError('The owner is a person.');
  const gateway = createGateway(adjutant, {
    origin: testOrigin,
    clock,
    authenticate: (request) => signedIn(request.headers.get('x-test-person')),
    tokens: [
      {
        verify: async (token) =>
          token === tokenText
            ? {
                kind: 'token',
                viewer: owner,
                scopes: ['read', 'write', 'propose', 'mcp', 'metrics'],
                tokenId: 'one',
              }
            : null,
      },
    ],
    ...more,
  });
  const send = (
    method: string,
    path: string,
    {
      as = 'admin',
      personId = owner.personId,
      body,
    }: { as?: Asker; personId?: string; body?: unknown },
  ): Promise<Response> => {
    const headers = new Headers({ host: 'localhost:4747' });
    if (as === 'token') headers.set('authorization', `Bearer ${tokenText}`);
    else if (as !== 'nobody') headers.set('x-test-person', `${as} ${personId}`);
    if (method === 'POST') {
      headers.set('origin', testOrigin);
      headers.set('content-type', 'application/json');
    }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    return gateway.fetch(new Request(`${testOrigin}${path}`, { method, headers, ...sent }));
  };
  return {
    adjutant,
    gateway,
    clock,
    get: (path, as, personId) =>
      send('GET', path, { ...(as && { as }), ...(personId && { personId }) }),
    page: async (path, as, personId) =>
      (await send('GET', path, { ...(as && { as }), ...(personId && { personId }) })).text(),
    post: (path, body, as, personId) =>
      send('POST', path, { body, ...(as && { as }), ...(personId && { personId }) }),
    async close() {
      await gateway.close();
      await adjutant.close();
    },
  };
}

function signedIn(header: string | null): SignedInPerson | null {
  const [role, personId = ''] = (header ?? '').split(' ');
  if (role !== 'member' && role !== 'lead' && role !== 'admin') return null;
  return {
    kind: 'signed_in',
    viewer: { kind: 'person', personId, role },
    name: 'Ada',
    proof: { kind: 'host_session', method: 'test' },
  };
}

/** The words of a page, without what stands in its frame: what a reader reads. */
export function wordsOf(page: string): string {
  const [, main = ''] = /<main[^>]*>([\s\S]*)<\/main>/.exec(page) ?? [];
  return main
    .replaceAll(/<(?:style|script)[\s\S]*?<\/(?:style|script)>/g, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&#39;|’/g, "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
