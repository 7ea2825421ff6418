import { createServer, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { createAdjutant, type ReceivedWebhook } from '../../packages/core/src/index.ts';
import { github } from '../../packages/connectors/src/github/connector.ts';
import { githubWebhooks } from '../../packages/connectors/src/github/webhooks/github-webhooks.ts';
import type { Figure } from './figure.ts';

const secret = 'the secret of the hook';
const quietMs = 300;
const longestWaitMs = 5_000;

interface Received {
  event: string;
  answer: ReceivedWebhook;
  /** The streams that it says have changed. */
  streams: string[];
}

export interface HookListener {
  /** Where it listens. */
  url: string;
  /** Waits until nothing more comes in, and says what came. */
  figures(item: string): Promise<Figure[]>;
  close(): Promise<void>;
}

/** Returns an inbox on loopback for the webhooks of a counterpart. */
export async function listenForHooks(): Promise<HookListener> {
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [github({ repositories: ['writer/widgets'], webhookSecret: secret })],
  });
  const inbox = adjutant.webhooks();
  const received: Received[] = [];
  let lastAtMs = performance.now();
  const take = async (headers: IncomingHttpHeaders, body: Buffer): Promise<number> => {
    const answer = await inbox.receive('github', { headers, body });
    lastAtMs = performance.now();
    const event = String(headers['x-github-event']);
    const payload: unknown = answer.outcome === 'refused' ? null : JSON.parse(String(body));
    const streams = githubWebhooks.hints(event, payload).map(({ stream }) => stream);
    received.push({ event, answer, streams });
    return answer.status;
  };
  const server = createServer((request, response) => {
    void buffer(request)
      .then((body) => take(request.headers, body))
      .then((status) => response.writeHead(status).end());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    async figures(item) {
      const startedAtMs = performance.now();
      while (
        performance.now() - lastAtMs < quietMs &&
        performance.now() - startedAtMs < longestWaitMs
      ) {
        await setTimeout(quietMs / 3);
      }
      return judge(item, received);
    },
    async close() {
      await new Promise((closed) => server.close(closed));
      await adjutant.close();
    },
  };
}

/** The hook that a counterpart is to be given, as GitHub documents it. */
export function hookOf({ url }: HookListener): object {
  return {
    name: 'web',
    active: true,
    events: ['*'],
    config: { url, content_type: 'json', secret },
  };
}

function judge(item: string, received: readonly Received[]): Figure[] {
  const genuine = received.filter(({ answer }) => answer.outcome === 'stored').length;
  const streams = new Set(received.flatMap((one) => one.streams));
  const events = [...new Set(received.map(({ event }) => event))].toSorted().join(', ');
  const isRead = streams.has('pull_requests') && streams.has('issues');
  return [
    {
      item,
      name: 'webhooks that it signed and we took',
      value: `${genuine} of ${received.length}`,
      bound: 'all, and at least 5',
      ok: genuine === received.length && genuine >= 5,
    },
    {
      item,
      name: 'streams that they hint at',
      value: `${[...streams].toSorted().join(', ')} (by ${events})`,
      bound: 'pull_requests and issues among them',
      ok: isRead,
    },
  ];
}
