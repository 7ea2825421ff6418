import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { PageRequest } from './floors/github-pages.ts';

export interface TwinProcess {
  url: string;
  token: string;
  truth: { pullRequests: number; reviews: number; commits: number };
  /** What it was asked since the last call. */
  take(): Promise<(PageRequest & { name: string })[]>;
  close(): Promise<void>;
}

/** Starts a GitHub of so many pull requests in a process of its own. */
export async function startTwinProcess(pullRequests: number): Promise<TwinProcess> {
  const path = join(import.meta.dirname, 'children/github-twin.ts');
  const child = fork(path, [String(pullRequests)], {
    execArgv: ['--conditions=@adjutant/source'],
  });
  const exit = once(child, 'exit');
  const [started] = (await Promise.race([
    once(child, 'message'),
    exit.then(() => {
      throw new Error('the twin did not start');
    }),
  ])) as [Pick<TwinProcess, 'url' | 'token' | 'truth'>];
  return {
    ...started,
    async take() {
      child.send('take');
      const [requests] = (await once(child, 'message')) as [(PageRequest & { name: string })[]];
      return requests;
    },
    async close() {
      child.kill();
      await exit;
    },
  };
}
