import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { collect, shown } from '../whole-way/world.ts';

const program = join(import.meta.dirname, '../../packages/cli/src/bin.ts');
const stopTimeoutMs = 15_000;
const startTimeoutMs = 300_000;

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

/** The command, in a folder of its own. */
export interface OwnFolder {
  start: (...words: string[]) => ChildProcess;
  /** Runs it to its end and returns what it prints. */
  run: (...words: string[]) => Promise<string>;
  remove: () => void;
}

/** The demo's team as "adjutant demo --serve" serves it, in a process of its own. */
export interface ServedDemo extends z.infer<typeof servedSchema>, Pick<OwnFolder, 'run'> {
  /** Presses Ctrl-C. @returns the exit code, null where it had to be killed */
  stop(): Promise<number | null>;
}

/** Makes a folder in which the command finds nothing of this machine's. */
export function makeOwnFolder(): OwnFolder {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-e2e-'));
  const env = { ...process.env, NO_COLOR: '1', XDG_DATA_HOME: join(folder, 'data') };
  const start = (...words: string[]): ChildProcess =>
    spawn(process.execPath, ['--conditions=@adjutant/source', program, ...words], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    start,
    run: async (...words) => {
      const child = start(...words);
      const output = collect(child);
      await once(child, 'close');
      return output.text;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Starts the demo and waits until its page answers. */
export async function startServedDemo(): Promise<ServedDemo> {
  const { start, run, remove } = makeOwnFolder();
  const child = start('demo', '--yes', '--serve', '--port', '0', '--json');
  const stop = async (): Promise<number | null> => {
    const code = await stopCommand(child);
    remove();
    return code;
  };
  try {
    const output = collect(child);
    await shown(output, '\n', 0, once(child, 'exit'), startTimeoutMs);
    return { ...servedSchema.parse(JSON.parse(output.text.split('\n')[0] ?? '')), run, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Presses Ctrl-C, and ends what does not end by itself. @returns the exit code, null where it had to be killed */
export async function stopCommand(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await exited;
  clearTimeout(timer);
  return child.exitCode;
}
