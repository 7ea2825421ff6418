import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { unchangingJson } from './unchanging-json.ts';

type Message = Parameters<StdioServerTransport['send']>[0];

/**
 * The SDK's transport, except that a list of tools is not made JSON anew for each client that asks:
 * that is about a seventh of what such a call costs.
 */
export class StdioTransport extends StdioServerTransport {
  readonly #output: Writable;

  constructor(input: Readable, output: Writable) {
    super(input, output);
    this.#output = output;
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
