import { z } from 'zod';

const messageSchema = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  sessionId: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
});

type Answer = Record<string, unknown>;

/** A connection to a browser over its DevTools protocol. */
export interface DevTools {
  /** Sends one command and returns its result. @throws Error with what the browser says */
  send(method: string, parameters?: Answer, sessionId?: string): Promise<Answer>;
  /** Everything of this name that the browser told so far. */
  told(method: string): Answer[];
  close(): void;
}

/**
 * Connects to the address that a browser prints when it is started with a debugging port.
 *
 * @source https://chromedevtools.github.io/devtools-protocol/
 */
export async function connectDevTools(address: string): Promise<DevTools> {
  const socket = new WebSocket(address);
  const waiting = new Map<
    number,
    { resolve: (answer: Answer) => void; reject: (error: Error) => void }
  >();
  const events: { method: string; params: Answer }[] = [];
  let last = 0;
  socket.addEventListener('message', ({ data }) => {
    const message = messageSchema.parse(JSON.parse(String(data)));
    if (message.method !== undefined) {
      events.push({ method: message.method, params: message.params ?? {} });
    }
    const asked = message.id === undefined ? undefined : waiting.get(message.id);
    if (message.id === undefined || asked === undefined) return;
    waiting.delete(message.id);
    if (message.error === undefined) asked.resolve(message.result ?? {});
    else asked.reject(new Error(message.error.message));
  });
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The browser is gone.'));
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('No connection to the browser.')));
  });
  return {
    send(method, params = {}, sessionId) {
      last += 1;
      const id = last;
      const session = sessionId === undefined ? {} : { sessionId };
      socket.send(JSON.stringify({ id, method, params, ...session }));
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    told: (method) => events.flatMap((event) => (event.method === method ? [event.params] : [])),
    close: () => socket.close(),
  };
}
