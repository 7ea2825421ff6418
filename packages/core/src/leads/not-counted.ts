import { isProductionEnvironment } from '../domain.ts';

/** What a source shows under one name: an environment that is deployed to, or a pipeline. */
export interface ShownDelivery {
  name: string;
  /** When the first and the last of them finished. */
  firstAt: number;
  lastAt: number;
}

/** Of one name of a source that shows no code: when what finished is not counted. */
export interface NotCounted {
  name: string;
  fromAt: number;
  untilAt: number;
}

export type DeliveryKind = 'deployment' | 'pipeline_run';

const dayMs = 86_400_000;
const quietMs = 30 * dayMs;
/** The last instant that there is. */
const forEver = 8_640_000_000_000_000;

/**
 * Returns what of a source that shows no code is not counted, because the one that leads shows it too.
 * Each name is looked at by itself. From a day before its first to its last, what the leading source
 * shows counts; the last one is taken for such only once thirty days of sent ones have followed it, and
 * from a day after it those count that were sent. Pure.
 */
export function notCounted(
  kind: DeliveryKind,
  sent: readonly ShownDelivery[],
  shown: readonly ShownDelivery[],
): NotCounted[] {
  const shownByKey = spans(kind, shown);
  const sentByKey = spans(kind, sent);
  return sent.flatMap(({ name }) => {
    const key = keyOfName(kind, name);
    const own = shownByKey.get(key);
    const told = sentByKey.get(key);
    if (own === undefined || told === undefined) return [];
    const hasEnded = told.lastAt - own.lastAt > quietMs;
    const untilAt = hasEnded ? own.lastAt + dayMs : forEver;
    return [{ name, fromAt: own.firstAt - dayMs, untilAt }];
  });
}

/** Returns what a name means: sources write it in their own way, and production in several. */
export function keyOfName(kind: DeliveryKind, name: string): string {
  const plain = name.trim().toLowerCase();
  if (kind === 'pipeline_run' || !isProductionEnvironment(plain)) return plain;
  return plain.replace(/^(?:production|prod|live)/, 'production');
}

/** Names that mean the same are one. */
function spans(
  kind: DeliveryKind,
  found: readonly ShownDelivery[],
): Map<string, { firstAt: number; lastAt: number }> {
  const byKey = new Map<string, { firstAt: number; lastAt: number }>();
  for (const { name, firstAt, lastAt } of found) {
    const key = keyOfName(kind, name);
    const known = byKey.get(key);
    byKey.set(key, {
      firstAt: Math.min(firstAt, known?.firstAt ?? firstAt),
      lastAt: Math.max(lastAt, known?.lastAt ?? lastAt),
    });
  }
  return byKey;
}
