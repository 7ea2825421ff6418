import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const toldSchema = z.union([
  z.object({ port: z.number() }),
  z.object({ decided: z.number(), refused: z.array(z.string()) }),
  z.object({ ended: z.literal(true), ok: z.boolean(), findings: z.number() }),
]);
const messageSchema = z.tuple([toldSchema]).rest(z.unknown());
type Told = z.infer<typeof toldSchema>;

/** A process that works for a store until it is told to end. */
export interface DiskWorker {
  process: ChildProcess;
  /** Whether it still runs. */
  lives(): boolean;
  /** What `/health` answers. */
  health(): Promise<number>;
  untilHealth(status: number, patienceMs: number): Promise<boolean>;
  decide(types: readonly string[], names: readonly string[]): Promise<{ refused: string[] }>;
  fail(code: string | null): void;
  end(): Promise<{ ok: boolean; findings: number }>;
}

export async function startWorker(words: readonly string[]): Promise<DiskWorker> {
  const child = fork(join(import.meta.dirname, '../children/disk-worker.ts'), words, {
    execArgv: ['--conditions=@adjutant/source', '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'adjutant-chaos-compiled') },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const heard = async (): Promise<Told> => {
    const [message] = messageSchema.parse(await once(child, 'message'));
    return message;
  };
  const ended = once(child, 'exit').then((exit): Told => {
    throw new Error(`the worker ended: ${JSON.stringify(exit)}`);
  });
  ended.catch(() => undefined);
  const next = (): Promise<Told> => Promise.race([heard(), ended]);
  const first = await next();
  const port = 'port' in first ? first.port : 0;
  const health = async (): Promise<number> => {
    const response = await fetch(`http://localhost:${port}/health`).catch(() => null);
    return response?.status ?? 0;
  };
  return {
    process: child,
    lives: () => child.exitCode === null && child.signalCode === null,
    health,
    async untilHealth(status, patienceMs) {
      const deadline = performance.now() + patienceMs;
      while (performance.now() < deadline) {
        if ((await health()) === status) return true;
        await pause(50);
      }
      return false;
    },
    async decide(types, names) {
      child.send({ do: 'decide', types, names });
      const told = await next();
      if (!('decided' in told)) throw new Error('the worker said something else');
      return told;
    },
    fail: (code) => void child.send({ do: 'fail', code }),
    async end() {
      child.send({ do: 'end' });
      const told = await next();
      if (!('ended' in told)) throw new Error('the worker said something else');
      return told;
    },
  };
}
