import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const responseSchema = z.tuple([z.instanceof(IncomingMessage)]).rest(z.unknown());
const patienceMs = 20_000;

/** An answer; 0 where the connection ended without one. */
export interface Answer {
  status: number;
  body: string;
  headers: IncomingHttpHeaders;
}

/** Somebody at an address of loopback who asks the page at that origin. */
export interface Visitor {
  address: string;
  post(
    path: string,
    body: string | Buffer,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  leave(): void;
}

/** Connects to loopback alone, whatever the origin is called. */
export function visitorAt(address: string, origin: string, maxSockets = 128): Visitor {
  const { port, host } = new URL(origin);
  const agent = new Agent({ keepAlive: true, maxSockets });
  const ask = async (
    method: string,
    path: string,
    body: string | Buffer | null,
    more: Readonly<Record<string, string>>,
  ): Promise<Answer> => {
    const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const headers = { host, origin, 'content-type': 'application/json', ...length, ...more };
    const asked = request({
      ...{ host: '127.0.0.1', port, localAddress: address, agent, method, path, headers },
      signal: AbortSignal.timeout(patienceMs),
    });
    asked.end(body ?? undefined);
    try {
      const [response] = responseSchema.parse(await once(asked, 'response'));
      const { statusCode = 0, headers: told } = response;
      return { status: statusCode, body: await text(response), headers: told };
    } catch {
      return { status: 0, body: '', headers: {} };
    }
  };
  return {
    address,
    post: (path, body, headers = {}) => ask('POST', path, body, headers),
    get: (path, headers = {}) => ask('GET', path, null, headers),
    leave: () => agent.destroy(),
  };
}
