import { z } from 'zod';
import { defaultPagePort } from './serve-gateway.ts';

const answerSchema = z.object({ page: z.literal('adjutant'), installation: z.string().nullable() });
const patienceMs = 2_000;

/** A page that another process serves on this machine. */
export interface FoundPage {
  origin: string;
}

/**
 * Returns the page of this installation that is being served at a port of this machine; null where
 * none is, or another program or installation answers there. A link is only good for its own.
 */
export async function findLocalPage(wanted: {
  installation: string;
  port?: number | undefined;
  /** Where it is seen, if that is not this machine. */
  origin?: string | undefined;
  fetch?: typeof fetch | undefined;
}): Promise<FoundPage | null> {
  const { installation, port = defaultPagePort, fetch: ask = fetch } = wanted;
  const origin = wanted.origin ?? `http://localhost:${port}`;
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await ask(`${origin}/api/page`, { signal, redirect: 'error' });
    const answer = answerSchema.safeParse(await response.json());
    return answer.success && answer.data.installation === installation ? { origin } : null;
  } catch {
    return null;
  }
}
