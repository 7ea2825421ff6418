import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const startTimeoutMs = 240_000;
const stopTimeoutMs = 15_000;

const servedSchema = z.object({
  origin: z.string(),
  signIns: z.array(z.object({ name: z.string(), role: z.string(), link: z.string() })),
  waiting: z.object({
    id: z.string(),
    repository: z.string(),
    number: z.number(),
    address: z.string(),
  }),
});

/** The demo's team as "adjutant demo --serve" serves it, in a process of its own. */
export interface ServedDemo extends z.infer<typeof servedSchema> {
  /** Runs a command beside it and returns what it prints. */
  run(...words: string[]): Promise<string>;
  /** Presses Ctrl-C. @returns the exit code, null where it had to be killed */
  stop(): Promise<number | null>;
}

/** Starts the demo and waits until its page answers. */
export async function startServedDemo(): Promise<ServedDemo> {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-e2e-'));
  const start = (...words: string[]): ChildProcess =>
    spawn(
      process.execPath,
      ['--conditions=@adjutant/source', join(root, 'packages/cli/src/bin.ts'), ...words],
      {
        cwd: folder,
        env: { ...process.env, NO_COLOR: '1', XDG_DATA_HOME: join(folder, 'data') },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
  const child = start('demo', '--yes', '--serve', '--port', '0', '--json');
  const exited = once(child, 'exit');
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null) {
      child.kill('SIGINT');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
      await exited;
      clearTimeout(timer);
    }
    rmSync(folder, { recursive: true, force: true });
    return child.exitCode;
  };
  try {
    const line = await firstLine(child);
    const served = servedSchema.parse(JSON.parse(line));
    return { ...served, run: async (...words) => textOf(start(...words)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('The demo has no output.');
  const lines = createInterface(stdout);
  const signal = AbortSignal.timeout(startTimeoutMs);
  const ended = once(lines, 'close', { signal }).then(() => {
    throw new Error('The demo ended before it was served.');
  });
  const told = await Promise.race([once(lines, 'line', { signal }), ended]);
  return z.tuple([z.string()]).parse(told)[0];
}

async function textOf(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  await once(child, 'close');
  return text;
}
