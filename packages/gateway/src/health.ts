import type { Principal } from './auth/principal.ts';
import type { GatewayContext } from './gateway-context.ts';

const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/**
 * Answers whether the store answers and can be written: to anybody, because whoever watches over the
 * process may ask. Why not, how old what was read is, from which sources, and which versions run is for
 * administrators and for whoever reads the metrics.
 */
export async function answerHealth(
  { adjutant, workspaceId, clock }: GatewayContext,
  version: string,
  principal: Principal | null,
): Promise<Response> {
  const isTold = principal !== null && mayKnow(principal);
  try {
    const { sources, trouble, ...health } = await adjutant.health(workspaceId);
    const found = trouble === null ? {} : { reason: trouble.reason };
    const init = { status: health.ok ? 200 : 503, headers };
    if (!isTold) return Response.json({ ok: health.ok }, init);
    const now = clock.now();
    const told = sources.map(({ source, oldestFinishedAt }) => ({
      source,
      staleSeconds:
        oldestFinishedAt === null
          ? null
          : Math.max(0, Math.round((now - oldestFinishedAt) / 1_000)),
    }));
    return Response.json({ ...health, ...found, version, sources: told }, init);
  } catch {
    const reason = 'The store does not answer.';
    return Response.json(isTold ? { ok: false, version, reason } : { ok: false }, {
      status: 503,
      headers,
    });
  }
}

function mayKnow(principal: Principal): boolean {
  const { viewer } = principal;
  if (viewer.kind !== 'person') return false;
  return principal.kind === 'token'
    ? principal.scopes.includes('metrics')
    : viewer.role === 'admin';
}
