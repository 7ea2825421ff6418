import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { MessageLines, type RefusedLine } from './message-lines.ts';
import { unchangingJson } from './unchanging-json.ts';

type Message = Parameters<StdioServerTransport['send']>[0];

/**
 * The SDK's transport, except that what comes in is bounded before it is parsed and always answered, and
 * that a list of tools is not made JSON anew for each client that asks: that is about a seventh of what
 * such a call costs.
 */
export class StdioTransport extends StdioServerTransport {
  readonly #input: Readable;
  readonly #lines: MessageLines;
  readonly #output: Writable;

  constructor(input: Readable, output: Writable) {
    // It hands messages on itself; the SDK hears of it only that it has ended.
    const lines = new MessageLines();
    super(lines, output);
    this.#input = input;
    this.#lines = lines;
    this.#output = output;
    lines.reader = {
      receive: (message) => this.onmessage?.(message),
      refuse: (refused) => this.#refuse(refused),
    };
  }

  override async start(): Promise<void> {
    await super.start();
    const input = this.#input;
    input.once('error', (error) => this.#lines.destroy(error));
    input.once('close', () => this.#lines.end());
    if (input.readableEnded || input.destroyed) this.#lines.end();
    else input.pipe(this.#lines);
  }

  override async close(): Promise<void> {
    this.#input.unpipe(this.#lines);
    if (this.#input.listenerCount('data') === 0) this.#input.pause();
    await super.close();
  }

  /** Whoever sends lines that are none faster than the answers are read waits. */
  async #refuse({ code, message, id }: RefusedLine): Promise<void> {
    const line = `${JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })}\n`;
    if (!this.#output.write(line)) await once(this.#output, 'drain');
  }

  override send(message: Message): Promise<void> {
    const line = lineOfToolList(message);
    if (line === undefined) return super.send(message);
    return new Promise((resolve, reject) => {
      this.#output.write(line, (error) => (error ? reject(error) : resolve()));
    });
  }
}

function lineOfToolList(message: Message): string | undefined {
  if (!('result' in message)) return undefined;
  // Taken apart only where there is a list: every answer passes here.
  if (!('tools' in message.result)) return undefined;
  const { result, ...envelope } = message;
  const { tools, ...others } = result;
  const json = unchangingJson(tools);
  if (json === undefined) return undefined;
  const before = JSON.stringify({ ...envelope, result: others }).slice(0, -2);
  return `${before}${before.endsWith('{') ? '' : ','}"tools":${json}}}\n`;
}
