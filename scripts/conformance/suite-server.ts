import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { repositoryRoot } from '../package-build/repository-root.ts';

/** What can be served: the handler by itself, with a fixture beside it; or the gateway that mounts it. */
export const suitePrograms = {
  handler: 'packages/mcp-server/src/testing/conformance/serve-suite.ts',
  gateway: 'packages/gateway/src/testing/conformance/serve-suite.ts',
} as const;
const startTimeoutMs = 15_000;
const linesSchema = z.tuple([z.string()]);
const portSchema = z.object({ port: z.int() });

/** Runs some work while what is under test is served on loopback. */
export async function withSuiteServer<Result>(
  program: string,
  work: (origin: string) => Promise<Result>,
): Promise<Result> {
  const child = spawn(process.execPath, ['--conditions=@adjutant/source', program], {
    cwd: repositoryRoot,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  try {
    const lines = createInterface(child.stdout);
    const signal = AbortSignal.timeout(startTimeoutMs);
    const started: unknown = await Promise.race([
      once(lines, 'line', { signal }),
      exited.then(() => {
        throw new Error(`${program} ended before it listened`);
      }),
    ]);
    const { port } = portSchema.parse(JSON.parse(linesSchema.parse(started)[0]));
    return await work(`http://localhost:${port}`);
  } finally {
    child.stdin.end();
    const killer = setTimeout(() => child.kill('SIGKILL'), 2_000);
    await exited.catch(() => undefined);
    clearTimeout(killer);
  }
}
