import { AdjutantError } from '@adjutant/core';
import type { Hono } from 'hono';
import { requirePerson } from '../../auth/require-person.ts';
import type { Principal, SignedInPerson } from '../../auth/principal.ts';
import type { GatewayContext } from '../../gateway-context.ts';
import type { GatewayVariables } from '../../gateway-variables.ts';
import { createLiveFeed, type LiveFeed } from './live-feed.ts';
import { readLiveState } from './live-state.ts';

/** Where a page hears of what changes while somebody looks. */
export const livePath = '/events';

/**
 * Adds the stream of what happens meanwhile, and returns what ends all of them.
 */
export function addLiveRoute(
  app: Hono<GatewayVariables>,
  gateway: GatewayContext,
  authenticate: (request: Request) => Promise<Principal | null>,
): () => void {
  const feeds = new Map<string, LiveFeed>();
  const feedOf = (person: SignedInPerson): LiveFeed => {
    const { workspaceId } = gateway.workspaceOf(person);
    const known = feeds.get(workspaceId);
    if (known !== undefined) return known;
    const { clock, logger, adjutant } = gateway;
    // How many wait and what is read is the same for everybody, so one look serves all.
    const read = () => readLiveState(adjutant.workspace(workspaceId).as({ kind: 'system' }));
    const feed = createLiveFeed({ read, clock, logger });
    feeds.set(workspaceId, feed);
    return feed;
  };
  app.get(livePath, (context) => {
    const person = requirePerson(context.get('principal'));
    const request = context.req.raw;
    const feed = feedOf(person);
    if (feed.isFull) {
      throw new AdjutantError('RateLimited', 'Too many pages listen already.', {
        hint: 'Close some, or reload to see how things stand.',
      });
    }
    const stillThere = async (): Promise<boolean> =>
      !request.signal.aborted && isSame(person, await authenticate(request).catch(() => null));
    return eventStream(feed, stillThere, request.signal);
  });
  return () => {
    for (const feed of feeds.values()) feed.close();
    feeds.clear();
  };
}

/** Whoever signed out, or as somebody else, is told nothing more. */
function isSame({ viewer }: SignedInPerson, now: Principal | null): boolean {
  return now?.kind === 'signed_in' && now.viewer.personId === viewer.personId;
}

function eventStream(
  feed: LiveFeed,
  mayListen: () => Promise<boolean>,
  signal: AbortSignal,
): Response {
  const encoder = new TextEncoder();
  let stop: (() => void) | null = null;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let isOpen = true;
      const write = (text: string): void => {
        if (isOpen) controller.enqueue(encoder.encode(text));
      };
      const close = (): void => {
        stop?.();
        if (!isOpen) return;
        isOpen = false;
        controller.close();
      };
      write('retry: 10000\n\n');
      stop = feed.listen({
        state: (state) => write(`event: state\ndata: ${JSON.stringify(state)}\n\n`),
        heartbeat: () => write(': still here\n\n'),
        mayListen,
        end: () => {
          write('event: end\ndata: {}\n\n');
          close();
        },
      });
      signal.addEventListener('abort', close, { once: true });
    },
    cancel: () => stop?.(),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
  });
}
