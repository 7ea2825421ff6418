import type { GatewayContext } from './gateway-context.ts';

/**
 * Answers whether the store answers, and how old what was read is. It names sources and nothing in
 * them, because whoever watches over the process may ask.
 */
export async function answerHealth(
  { adjutant, as, clock }: GatewayContext,
  version: string,
): Promise<Response> {
  try {
    const { schemaVersion, roundTripMs } = await adjutant.health();
    const { streams, worker } = await as({ kind: 'system' }).syncStatus();
    const now = clock.now();
    const finished = new Map<string, number | null>();
    for (const { source, lastFinishedAt } of streams) {
      const before = finished.get(source);
      // A source is as fresh as its oldest stream.
      const oldest =
        before === null || lastFinishedAt === null
          ? null
          : Math.min(before ?? Infinity, lastFinishedAt);
      finished.set(source, oldest);
    }
    const sources = [...finished].map(([source, at]) => ({
      source,
      staleSeconds: at === null ? null : Math.max(0, Math.round((now - at) / 1_000)),
    }));
    return Response.json(
      { ok: true, version, schemaVersion, roundTripMs, worker: worker.running, sources },
      kept,
    );
  } catch {
    return Response.json(
      { ok: false, version, reason: 'The store does not answer.' },
      { ...kept, status: 503 },
    );
  }
}

const kept = { headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } };
