import type { Io } from './io.ts';

/** Scripts of this project's own clone, where no `adjutant` is on the path. */
const ownScripts: ReadonlySet<string> = new Set(['adjutant', 'demo']);

/** How the command and the demo are started again from where they were started. */
export interface ProgramNames {
  adjutant: string;
  demo: string;
}

/** Returns what a person types to start this program again. */
export function programNames({ self, env }: Pick<Io, 'self' | 'env'>): ProgramNames {
  const isOwnScript =
    self.nodeArguments.length > 0 && ownScripts.has(env['npm_lifecycle_event'] ?? '');
  return isOwnScript
    ? { adjutant: 'npx -y pnpm@12 adjutant', demo: 'npx -y pnpm@12 demo' }
    : { adjutant: 'adjutant', demo: 'adjutant demo' };
}
