import type { GatewayContext } from './gateway-context.ts';

const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/**
 * Answers whether the store answers, and how old what was read is. It names sources and nothing in
 * them, because whoever watches over the process may ask.
 */
export async function answerHealth(
  { adjutant, workspaceId, clock }: GatewayContext,
  version: string,
): Promise<Response> {
  try {
    const { sources, ...health } = await adjutant.health(workspaceId);
    const now = clock.now();
    const told = sources.map(({ source, oldestFinishedAt }) => ({
      source,
      staleSeconds:
        oldestFinishedAt === null
          ? null
          : Math.max(0, Math.round((now - oldestFinishedAt) / 1_000)),
    }));
    return Response.json({ ...health, version, sources: told }, { headers });
  } catch {
    const told = { ok: false, version, reason: 'The store does not answer.' };
    return Response.json(told, { status: 503, headers });
  }
}
