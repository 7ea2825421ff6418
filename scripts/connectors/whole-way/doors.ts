import type { Emulator } from '../start-emulator.ts';
import { type Handle, type LoopbackServer, serveOnLoopback } from '../loopback-server.ts';
import { z } from 'zod';

export interface Doors extends LoopbackServer {
  handlers: Record<string, Handle>;
  /** Hooks that came in: their event, and whether they were taken as signed. */
  hooks: { event: string; isTaken: boolean }[];
  /** What people were told after they pressed. */
  told: string[];
}

/** What is asked of Slack goes through here, to add what its stand-in lacks. */
export async function openDoors({ url }: Emulator): Promise<Doors> {
  const told: string[] = [];
  const handlers: Doors['handlers'] = {
    '/api/': (request) => askThrough(url, request),
    '/actions/': async (request) => {
      told.push(await request.text());
      return Response.json({ ok: true });
    },
  };
  return { ...(await serveOnLoopback(handlers)), handlers, hooks: [], told };
}

const channelAnswerSchema = z.looseObject({ channel: z.looseObject({ is_channel: z.boolean() }) });

async function askThrough(url: string, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  for (const name of ['host', 'connection', 'content-length', 'accept-encoding'])
    headers.delete(name);
  const body = await request.text();
  const response = await fetch(`${url}${pathname}${search}`, {
    method: request.method,
    headers,
    ...(body === '' ? {} : { body }),
  });
  const answer: unknown = await response.json();
  const read = channelAnswerSchema.safeParse(answer);
  if (!read.success) return Response.json(answer, { status: response.status });
  const channel = { is_ext_shared: false, ...read.data.channel };
  return Response.json({ ...read.data, channel }, { status: response.status });
}
