import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { installTool } from '../install-tool.ts';

/** One program stands in for several systems; it is installed once. */
export const emulatorName = 'emulate 0.11.2';

export interface Emulator {
  url: string;
  close(): Promise<void>;
}

const moduleSchema = z.object({
  createEmulator: z.custom<(options: object) => Promise<Emulator>>(
    (value) => typeof value === 'function',
  ),
});

/** Starts what others wrote in place of a system, on a free port of loopback. */
export async function startEmulator(service: string, seed: object): Promise<Emulator> {
  const folder = await installTool('github-counterpart');
  const file = join(folder, 'node_modules/emulate/dist/api.js');
  const { createEmulator } = moduleSchema.parse(await import(pathToFileURL(file).href));
  const port = await freePort();
  const emulator = await createEmulator({ service, port, seed });
  return { url: `http://127.0.0.1:${port}`, close: () => emulator.close() };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}
